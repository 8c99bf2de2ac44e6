"""A disk so small that it can be filled, and emptied again."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from tempfile import TemporaryDirectory

MEGABYTES = 32
A_LITTLE = b"x" * 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """A file system of its own, or a plain directory where none may be mounted."""

    path: Path
    is_small: bool

    def fills(self) -> None:
        """Leave not one page free."""
        with (self.path / "ballast").open("ab", buffering=0) as ballast:
            while _has_room(ballast):
                pass

    def empties(self) -> None:
        """Give the room back."""
        (self.path / "ballast").unlink(missing_ok=True)


@contextmanager
def a_disk() -> Iterator[Disk]:
    """Mount a small one in memory, as only root may; without that, what stands on it is never full."""
    with TemporaryDirectory(prefix="caseflag-disk-") as directory:
        is_small = not _does(
            "mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", directory
        )
        try:
            yield Disk(path=Path(directory), is_small=is_small)
        finally:
            if is_small:
                _does("umount", "--lazy", directory)


def _does(*words: str) -> int:
    return subprocess.run(words, check=False, stderr=subprocess.DEVNULL).returncode  # noqa: S603 - our own words


def _has_room(ballast: FileIO) -> bool:
    try:
        ballast.write(A_LITTLE)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False
    return True
