"""What of an Inspect sample a jury is shown."""

import base64
import io

import pytest
import soundfile
from inspect_ai.model import (
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageTool,
    ChatMessageUser,
    ContentAudio,
    ContentImage,
    ContentReasoning,
    ContentText,
    ContentVideo,
    ModelName,
    ModelOutput,
)
from inspect_ai.solver import TaskState
from report_runs import png

from benchmarks.inspecting.conversation import transcript_of
from jury.media import MediaStore
from jury.records import TextPart


@pytest.fixture
def media(tmp_path):
    return MediaStore(tmp_path / "media")


def state(messages, said="Last words.", asked="Input."):
    output = ModelOutput.from_content("mockllm/model", said)
    return TaskState(ModelName("mockllm/model"), "s1", 1, asked, messages, output=output)


def user(*pieces):
    return ChatMessageUser(content=list(pieces))


def shown(transcript):
    """The words of each turn, and the answer to it."""
    turns = [[part.text for part in turn.parts if isinstance(part, TextPart)] for turn in transcript.case.turns]
    return list(zip(turns, [answer.text for answer in transcript.answers], strict=True))


def only_part(piece, media):
    (turn,) = transcript_of(state([user(piece)]), media).case.turns
    (part,) = turn.parts
    return part


def test_a_conversation_is_turns_with_the_output_as_the_last_answer(media):
    messages = [
        ChatMessageSystem(content="Be brief."),
        ChatMessageUser(content="One?"),
        ChatMessageAssistant(content="First."),
        ChatMessageUser(content="Two?"),
        ChatMessageUser(content="Please."),
        ChatMessageAssistant(content="Let me look."),
        ChatMessageTool(content="found"),
        ChatMessageAssistant(content="Second."),
    ]
    transcript = transcript_of(state(messages), media)
    assert shown(transcript) == [(["One?"], "First."), (["Two?", "Please."], "Last words.")]
    assert transcript.target == "mockllm/model"


def test_what_the_model_left_without_words_is_no_answer_between_two_messages(media):
    messages = [ChatMessageUser(content="One?"), ChatMessageAssistant(content=" "), ChatMessageUser(content="Two?")]
    assert shown(transcript_of(state(messages), media)) == [(["One?", "Two?"], "Last words.")]


def test_where_a_solver_keeps_no_messages_the_samples_input_is_shown(media):
    assert shown(transcript_of(state([], asked="Input."), media)) == [(["Input."], "Last words.")]


def test_a_sample_whose_model_was_never_asked_is_nothing_to_judge(media):
    unasked = TaskState(ModelName("mockllm/model"), "s1", 1, "Input.", [ChatMessageUser(content="One?")])
    transcript = transcript_of(unasked, media)
    assert (transcript.problem.kind, len(transcript.case.turns)) == ("missing", 1)


def test_reasoning_is_not_shown(media):
    asked = user(ContentReasoning(reasoning="hm"), ContentText(text="One?"))
    assert shown(transcript_of(state([asked]), media)) == [(["One?"], "Last words.")]


def test_a_sample_without_a_prompt_is_nothing_to_judge(media):
    transcript = transcript_of(state([user(ContentText(text=" "))]), media)
    assert transcript.case.turns == ()
    assert transcript.problem.kind == "missing"


@pytest.mark.parametrize("how", ["data", "file", "link"])
def test_an_image_is_kept_whether_it_is_data_a_file_or_a_link_in_a_cache(media, tmp_path, how):
    blob, link = tmp_path / "blobs" / "abc", tmp_path / "snapshot" / "image.png"
    for path in (blob, link):
        path.parent.mkdir()
    blob.write_bytes(png(40, 30))
    link.symlink_to(blob)
    data = "data:image/png;base64," + base64.b64encode(png(40, 30)).decode()
    part = only_part(ContentImage(image={"data": data, "file": str(blob), "link": str(link)}[how]), media)
    assert (part.kind, part.media.width, part.media.height) == ("image", 40, 30)
    assert media.read(part.media) == png(40, 30)


def test_a_clip_is_kept(media):
    clip = io.BytesIO()
    soundfile.write(clip, [0.0] * 1600, 16_000, format="WAV")
    data = "data:audio/wav;base64," + base64.b64encode(clip.getvalue()).decode()
    part = only_part(ContentAudio(audio=data, format="wav"), media)
    assert (part.kind, part.media.seconds) == ("audio", 0.1)


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        (ContentImage(image="data:image/png;base64,!!!"), "broken"),
        (ContentImage(image="data:image/svg+xml,<svg onload=alert(1)>"), "broken"),
        (ContentImage(image="data:image/png;base64,aGVsbG8="), "mislabelled"),
        (ContentImage(image="https://user:secret@example.org/x.png?sig=abc"), "missing"),
        (ContentImage(image="/nowhere/x.png"), "missing"),
        (ContentVideo(video="clip.mp4", format="mp4"), "unreadable"),
    ],
)
def test_what_cannot_be_shown_is_said_to_be_there_and_not_readable(media, piece, kind):
    part = only_part(piece, media)
    assert (part.media, part.problem.kind) == (None, kind)
    assert "secret" not in str(part.problem)
    assert "sig=" not in str(part.problem)
