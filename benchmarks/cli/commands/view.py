"""`jury view`: runs, cases and debates in a browser."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def view(
    places: Annotated[
        list[Path] | None,
        typer.Argument(metavar="RUN|STORE", help="folders of runs, or folders that hold some; default: this one"),
    ] = None,
    host: Annotated[
        str, typer.Option(help="address to listen on; 0.0.0.0: reachable from other machines")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="port to listen on; default: 8321, or a free one where it is taken"),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(help="folder for the viewer's indices; default: your cache folder")
    ] = None,
    token: Annotated[
        bool,
        typer.Option("--token/--no-token", help="ask for the token that the printed address holds; off: loopback only"),
    ] = True,
    public_url: Annotated[
        str | None,
        typer.Option(help="address that readers use, where a proxy stands in front: https://jury.example.org"),
    ] = None,
    browser: Annotated[bool, typer.Option("--open", help="open it in your browser")] = False,
    json: Annotated[bool, typer.Option("--json", help="print the address as one JSON object")] = False,
) -> None:
    """Read runs in a browser: what they come to, every case and its debate; label answers, and take a seat on a jury.

    It goes on until Ctrl-C, follows runs that are under way, and asks nothing of any other machine.

    Example: jury view my-run
    """
    from benchmarks.cli.viewing import ViewProgress, print_address
    from benchmarks.viewer import opened

    with ViewProgress() as progress:
        served = opened(
            places or [Path()],
            host=host,
            port=port,
            cache=cache,
            heard=progress.heard,
            token=token,
            public_url=public_url,
        )
    print_address(served.address, as_json=json)
    if browser:
        import webbrowser

        webbrowser.open(served.address)
    sys.stdout.flush()
    served.run()
