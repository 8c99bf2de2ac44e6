"""What was typed is never lost: kept when it could not be saved, dropped once it was."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from handlers.forms.reading import typed
from handlers.ports import Desk
from policy.ids import CaseId
from policy.roles import Actor


@asynccontextmanager
async def drafted(
    form: str, case: CaseId | None, view: Mapping[str, Any], *, desk: Desk, by: Actor
) -> AsyncIterator[None]:
    """Keep what was typed into this form for 24 hours if it fails; forget it once it is used."""
    is_used = False
    try:
        yield
        is_used = True
    finally:
        if is_used:
            await desk.drafts.drop(form, case, by=by)
        else:
            await desk.drafts.keep(form, case, typed(view), by=by)
