"""How a run lies in its folder: one ledger and one media store, and beside them what every further jury found."""

from pathlib import Path

from jury.ledger.address import holds_ledger

#: Where the juries that judge a run's answers later keep what they found, each in a folder of its own.
JURIES = "juries"


def store_of(folder: Path) -> Path:
    """The folder with the ledger and media of a run, or of a jury that judged one."""
    return run_of(folder) or folder


def run_of(folder: Path) -> Path | None:
    """The folder of the run whose answers a jury in this folder has judged, None where the folder holds a run itself."""
    above = folder.parent if folder.parent.name == JURIES else folder.resolve().parent
    return above.parent if above.name == JURIES and not holds_ledger(folder) else None
