"""What an evaluator reads of an answer: words, and nothing that people or other judges said of it."""

from dataclasses import dataclass

from jury.records import AudioPart, Case, ImagePart, TextPart, Transcript

#: Between turns, and between words of one exhibit and the next.
BREAK = "\n"


@dataclass(frozen=True)
class Reading:
    """One answer to be judged.

    `pictures` are the images and clips of the prompt in words: descriptions, spoken words, or what was read in them.
    """

    prompt: str
    response: str
    pictures: str = ""
    language: str = "en"
    scenario: str = ""


def reading_of(transcript: Transcript) -> Reading | None:
    """What there is to read of a transcript; None where an answer is missing or invalid: nothing can be judged then."""
    if transcript.problem is not None or not transcript.answers:
        return None
    parts = [part for turn in transcript.case.turns for part in turn.parts]
    words = [part.text for part in parts if isinstance(part, TextPart)]
    exhibits = [part.description for part in parts if isinstance(part, ImagePart)]
    exhibits += [part.spoken for part in parts if isinstance(part, AudioPart)]
    exhibits += [said.text for said in transcript.transcriptions]
    return Reading(
        prompt=BREAK.join(words),
        response=BREAK.join(answer.text for answer in transcript.answers),
        pictures=BREAK.join(dict.fromkeys(filter(None, exhibits))),
        language=transcript.case.language,
        scenario=transcript.case.scenario,
    )


def recorded_reading(case: Case) -> Reading | None:
    """What there is to read of a case with its recorded answers."""
    return reading_of(Transcript.recorded(case))
