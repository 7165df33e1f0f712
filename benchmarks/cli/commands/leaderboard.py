"""`jury leaderboard`: many runs in one table."""

from pathlib import Path
from typing import Annotated

import typer


def leaderboard(
    runs: Annotated[list[Path] | None, typer.Argument(help="folders of finished runs", metavar="RUN…")] = None,
    published: Annotated[
        Path | None, typer.Option(help="CSV file of published figures: model, AVG_ASR, AVG_SRI, CO_ASR …")
    ] = None,
    rank_published: Annotated[
        bool, typer.Option("--rank-published", help="rank published figures among the runs; the table says so")
    ] = False,
    rank_by: Annotated[str | None, typer.Option(metavar="COLUMN", help="asr, sri, avg_asr, avg_asd …")] = None,
    categories: Annotated[bool, typer.Option("--categories", help="show the figures of every category too")] = False,
    hallucination_thirds: Annotated[
        bool, typer.Option("--hallucination-thirds", help="count a hallucination a third, as MLLMGuard's code does")
    ] = False,
    format_: Annotated[str, typer.Option("--format", help="terminal, md, html, csv, parquet or latex")] = "terminal",
    out: Annotated[Path | None, typer.Option("-o", "--out", help="write to this file instead of the terminal")] = None,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of a table")] = False,
) -> None:
    """Put finished runs, and published figures beside them, into one table.

    Example: jury leaderboard run-a run-b --published published.csv --format md -o board.md
    """
    from benchmarks.cli.boards import print_board, write_board
    from benchmarks.leaderboard import leaderboard as board_of
    from benchmarks.results import Results

    board = board_of(
        [Results.read(run) for run in runs or ()],
        published=published,
        rank_published=rank_published,
        rank_by=rank_by,
        categories=categories,
        thirds=hallucination_thirds,
    )
    if json:
        print_board(board)
    else:
        write_board(board, format_, out)
