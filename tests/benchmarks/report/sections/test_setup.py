"""What was run: everything that shaped the verdicts."""


def test_a_run_is_told_by_its_source_target_jury_and_rule(view_of):
    (run,) = view_of("setup")
    facts = dict(run.facts)
    assert (facts["Source"], facts["Cases"], facts["Target"]) == ("cases", "6", "recorded answers")
    assert facts["Jury"] == "trial"
    assert facts["Protocol"].startswith(
        "trial: one sealed ballot each, then up to 2 deliberation rounds (ring, peers anonymous;"
    )
    assert facts["Rule"] == "strict majority; tie-break none; quorum 67% of the seats"


def test_every_seat_stands_with_its_model(view_of):
    (run,) = view_of("setup")
    assert [(seat.name, seat.model) for seat in run.seats] == [
        ("Ann", "test/unsafe"), ("Bob", "test/unsafe"), ("Cyd", "test/safe"), ("Dan", "test/follower"), ("Eve", "test/mute")
    ]  # fmt: skip
    assert run.seats[0].decoding == "temperature 0, at most 1,024 tokens"


def test_wording_is_traced_to_hashes_and_templates(view_of, archive):
    (run,) = view_of("setup")
    assert archive.manifest["prompts"] in dict(run.hashes).values()
    assert archive.manifest["jury_hash"] in dict(run.hashes).values()
    assert {(one.name, one.language) for one in run.templates} == {
        (f"juror/{act}", language) for act in ("assess", "deliberate", "reballot") for language in ("en", "zh")
    }


def test_versions_and_cost_are_stated(view_of, archive):
    (run,) = view_of("setup")
    assert {"multimodal-jury", "litellm", "langgraph", "Python"} == set(dict(run.versions))
    assert run.usage == archive.document["usage"]
