"""How a finding names a row, so that a reader finds it."""

from collections.abc import Iterable

from benchmarks.verify.reading import Row


class Names:
    """Names rows; a call by the first trial it was made in."""

    def __init__(self, trials: Iterable[Row]) -> None:
        self._asked: dict[str, str] = {}
        for trial in trials:
            self._asked.setdefault(str(trial["call"]), occasion(trial))

    def of(self, table: str, row: Row) -> str:
        """A row's table and what tells it from the others."""
        if table == "calls":
            asked = self._asked.get(str(row["key"]), "used by no trial")
            return f"calls row {str(row['key'])[:12]}… ({row['model']}, {asked})"
        if table == "runs":
            return f"runs row {row['run']}"
        return f"trials row {occasion(row)}" if table == "trials" else f"{table} row case {row['case_id']}"


def occasion(trial: Row) -> str:
    """When a seat was asked: case, phase, round, seat, and that it was the repair question."""
    repair = f", attempt {trial['attempt']}" if trial["attempt"] else ""
    return f"case {trial['case_id']}, {trial['phase']} round {trial['round']}, seat {trial['seat']}{repair}"
