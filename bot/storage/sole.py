"""The lock file beside an SQLite database: one process has it, a second one is refused."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from bot.storage.engines import is_sqlite


class DatabaseIsInUse(RuntimeError):
    """Another process has the SQLite file."""


@contextmanager
def held_alone(address: URL) -> Iterator[None]:
    """Keep other processes from this database, where it cannot serve two; the kernel lets go.

    Raises:
        DatabaseIsInUse: somebody else has it.
    """
    if not is_sqlite(address):
        yield
        return
    file = Path(f"{address.database}.lock")
    with file.open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise DatabaseIsInUse(_refusal(str(address.database), lock.read().strip())) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _refusal(database: str, pid: str) -> str:
    who = f"process {pid}" if pid else "another process"
    return (
        f"{database} is in use by {who}. SQLite serves one Caseflag process; "
        "stop the other one, or give DATABASE_URL a PostgreSQL for several."
    )
