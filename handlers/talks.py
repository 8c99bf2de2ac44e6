"""Talks: which case a person has just read here, noted once they have their answer.

`/case show` alone means that case the next time; nobody waits for the note.
"""

from contextvars import ContextVar

from policy.ids import CaseId

_of: ContextVar[CaseId | None] = ContextVar("spoken_of")


def begin() -> None:
    """Begin a delivery, in which no case was spoken of yet."""
    _of.set(None)


def speak_of(case: CaseId) -> None:
    """Say which case the person reads; the last one of a delivery counts."""
    _of.set(case)


def spoken_of() -> CaseId | None:
    """Return the case that this delivery spoke of, if it did of any."""
    return _of.get()
