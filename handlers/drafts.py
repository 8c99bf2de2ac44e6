"""What was typed is never lost: kept when it could not be saved, dropped once it was.

The boundary does so for every form. A listener whose draft has a name of its own, because several
forms share it, keeps it by `drafted`; one that has only looked at what was typed says `unsaved`.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.views import View

from handlers.forms.reading import written
from handlers.ports import Desk
from handlers.views.drafts import filled_again, has_fields
from policy.ids import CaseId
from policy.roles import Actor

PASSING = frozenset({"here", "case", "shown", "undone", "version", "tiers", "rows", "why"})
"""What a modal remembers beside its subject; the case has its own place in a draft's name."""
_is_unsaved: ContextVar[bool] = ContextVar("is_unsaved")


@dataclass(slots=True)
class Draft:
    """What was typed into a form whose draft has a name of its own."""

    form: str
    case: CaseId | None
    is_kept: bool = False

    async def keep(self, view: Mapping[str, Any], *, desk: Desk, by: Actor) -> None:
        """Keep it for 24 hours: it failed, or is asked for once more."""
        self.is_kept = True
        await desk.drafts.keep(self.form, self.case, written(view), by=by)


_own: ContextVar[Draft | None] = ContextVar("own_draft")


@asynccontextmanager
async def drafted(
    form: str, case: CaseId | None, view: Mapping[str, Any], *, desk: Desk, by: Actor
) -> AsyncIterator[Draft]:
    """Keep what was typed into this form if it fails; else it is forgotten once it was answered."""
    own = Draft(form, case)
    _own.set(own)
    is_used = False
    try:
        yield own
        is_used = True
    finally:
        if not is_used:
            await own.keep(view, desk=desk, by=by)


def begin() -> None:
    """Begin a delivery, of which no listener has said anything yet."""
    _own.set(None)
    _is_unsaved.set(False)


def unsaved() -> None:
    """Have what was typed kept although nothing failed: it was looked at only."""
    _is_unsaved.set(True)


async def settle(view: Mapping[str, Any], *, is_used: bool, desk: Desk, by: Actor) -> None:
    """Keep or forget what was typed into a submitted form, as far as nobody did so yet."""
    if own := _own.get():
        if not own.is_kept:
            await desk.drafts.drop(own.form, own.case, by=by)
        return
    form, case = _named(view["callback_id"], view["private_metadata"])
    if is_used and not _is_unsaved.get():
        await desk.drafts.drop(form, case, by=by)
    elif found := written(view):
        await desk.drafts.keep(form, case, found, by=by)


async def remembered(view: View, *, desk: Desk, by: Actor) -> View:
    """Return a form with what this person typed when it could not be saved the last time."""
    if not (view.callback_id and has_fields(view)):
        return view
    form, case = _named(view.callback_id, view.private_metadata or "{}")
    return filled_again(view, await desk.drafts.kept(form, case, by=by))


def _named(form: str, packed: str) -> tuple[str, CaseId | None]:
    """Return under which name a form about this subject is kept, and of which case.

    The subject is all that the modal remembers; hashed, because an id's column takes no more.
    """
    path = json.loads(packed or "{}")
    subject = sorted((key, value) for key, value in path.items() if key not in PASSING)
    mark = hashlib.sha256(json.dumps(subject).encode()).hexdigest()[:16]
    return f"{form}:{mark}" if subject else form, path.get("case")
