"""Notices: an administrator asks what became of them."""

from handlers.ports import Desk
from handlers.views import accounting as views
from handlers.views.message import Message
from policy.ids import CaseId
from policy.roles import Actor

RETRY = "retry"


async def tell(_case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """Tell how it stands with all, or the story of one; or send one again."""
    word, _, key = text.partition(" ")
    if word.lower() == RETRY:
        return views.retried(key.strip(), is_again=await desk.notices.retry(key.strip(), by=actor))
    if text:
        return views.story(text, await desk.notices.story(text, by=actor))
    return views.account(await desk.notices.account(by=actor))
