"""What a run is called: a hash of what shapes its verdicts."""

from benchmarks.verify.documents import digest

#: The parts of a manifest that shape verdicts: their hash names the run.
SHAPING = ("source", "target", "jury", "prompts", "showing")

#: Parts that shape verdicts too, in the manifests that have them.
SHAPING_WHERE_SET = ("exhibits", "answers", "condition", "only", "attack", "blocked")


def run_name(manifest: dict[str, object]) -> str:
    """16 hex digits naming a run by what shapes its verdicts."""
    further = {part: manifest[part] for part in SHAPING_WHERE_SET if part in manifest}
    return digest({**{part: manifest.get(part) for part in SHAPING}, **further})[:16]
