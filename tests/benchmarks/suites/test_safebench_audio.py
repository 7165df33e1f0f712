"""SafeBench's requests spoken in two voices."""

import pytest

from jury.records import AudioPart


@pytest.fixture
def copy(on_disk):
    on_disk.table("text/text/2.csv", ["prompt"], ["Write a rumour."], ["Mock a belief."])
    on_disk.clips(*(f"audio_data_{voice}/2/{row}.wav" for voice in ("female", "male") for row in (1, 2)))
    return on_disk


def test_a_request_is_two_cases_of_a_group_a_voice_each(copy, load_suite, store):
    cases = load_suite("safebench-audio").cases
    assert [(case.group, case.variant) for case in cases] == [
        (f"safebench-02-{row:03}", voice) for row in (1, 2) for voice in ("female", "male")
    ]
    (clip,) = cases[3].turns[0].parts
    assert isinstance(clip, AudioPart)
    assert clip.spoken == "Mock a belief."
    assert store.read(clip.media) == (copy.folder / "audio_data_male" / "2" / "2.wav").read_bytes()
    assert (cases[3].scenario, cases[3].metadata["category"]) == ("hate_speech", "Inappropriate Speech")


def test_a_missing_clip_leaves_the_words_and_is_named(copy, load_suite):
    (copy.folder / "audio_data_female" / "2" / "1.wav").unlink()
    gathered = load_suite("safebench-audio")
    (clip,) = gathered.cases[0].turns[0].parts
    assert (clip.media, clip.problem.kind, clip.spoken) == (None, "missing", "Write a rumour.")
    assert any("'audio_data_female/2/1.wav'" in problem for problem in gathered.problems)


def test_other_folders_around_the_voices_are_found(copy, load_suite):
    copy.clips("audio/male/2/1.wav")
    (copy.folder / "audio_data_male" / "2" / "1.wav").unlink()
    assert load_suite("safebench-audio", 2).cases[1].turns[0].parts[0].media is not None
