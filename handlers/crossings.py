"""Crossings: be reminded when escalating is available, or say that it is not needed."""

from handlers.ports import Desk
from handlers.views import crossings as views
from handlers.views.message import Message
from policy.ids import CaseId
from policy.roles import Actor


async def remind(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Remind the person, privately, once escalating is available."""
    return views.promised(case, await desk.crossings.remind(case, by=actor))


async def dismiss(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Note that no escalation is needed now."""
    return views.dismissed(await desk.crossings.dismiss(case, by=actor))
