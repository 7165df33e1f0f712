"""Where an experiment keeps what."""

import hashlib
import re
from pathlib import Path

#: The files of an experiment, and the folders of its arms and of its committee.
DOCUMENT, TABLE, PLOT, ARMS, GRADES = "experiment.json", "table.md", "plot.svg", "arms", "grades"


def arm_folder(out: Path, name: str) -> Path:
    """The folder of an arm; a name that a file can't have is told from others by its hash."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[:60]
    if plain != name:
        plain = f"{plain or 'arm'}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
    return out / ARMS / plain
