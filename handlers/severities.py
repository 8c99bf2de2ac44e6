"""Severities: ask for another, and answer."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import TITLE, Whisper, opened, read
from handlers.drafts import drafted
from handlers.forms import severities as fields
from handlers.metadata import GuidancePath, RequestPath
from handlers.ports import Desk
from handlers.views import severities as views
from handlers.views.drafts import offered
from handlers.views.modal import told
from policy.ids import CaseId, RequestId
from policy.roles import Actor

DRAFT = "severity"


async def write(case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form for another severity."""
    return await _form(GuidancePath(case=case, here=actor.here), desk, actor)


async def advise(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Show the form as the outcome of the guidance."""
    path = GuidancePath.unpack(view["private_metadata"])
    await ack(response_action="update", view=await _form(path, desk, actor))


async def request(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Show the form over the guidance, with the answers that led to it."""
    await ack()
    modal = await opened(client, body, context)
    path = GuidancePath.unpack(body["view"]["private_metadata"])
    await modal.shows(await _form(path, desk, actor))


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Ask for the severity, or change it where the person may."""
    path = GuidancePath.unpack(view["private_metadata"])
    async with drafted(DRAFT, path.case, view, desk=desk, by=actor):
        typed = fields.read(view)
        preview = await desk.severities.preview(path.case, by=actor)
        asked = await desk.severities.change(
            path.case,
            typed.severity,
            typed.why,
            since=typed.since,
            answers=path.answers,
            by=actor,
        )
    receipt = views.answered(asked, preview[typed.severity])
    await ack(response_action="update", view=told(TITLE, receipt))


async def grant(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, desk: Desk, actor: Actor
) -> None:
    """Agree to a request."""
    await ack()
    asked = await desk.severities.decide(RequestId(action["value"]), granted=True, by=actor)
    await Whisper(respond=respond).says(views.decided(asked))


async def refuse(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Ask why a request is refused."""
    await ack()
    modal = await opened(client, body, context)
    path = RequestPath(request=RequestId(action["value"]))
    kept = await desk.drafts.kept(_refusal(path), None, by=actor)
    await modal.shows(offered(views.refusal(path), kept))


async def submit_refusal(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Refuse a request, with the reason."""
    path = RequestPath.unpack(view["private_metadata"])
    async with drafted(_refusal(path), None, view, desk=desk, by=actor):
        reason = fields.refusal(view)
        asked = await desk.severities.decide(path.request, granted=False, reason=reason, by=actor)
    await ack(response_action="update", view=told(TITLE, views.decided(asked)))


def _refusal(path: RequestPath) -> str:
    """Return under which name the words of a refusal are kept."""
    return f"refusal:{path.request}"


async def _form(path: GuidancePath, desk: Desk, actor: Actor) -> View:
    file = await read(path.case, desk, actor)
    preview = await desk.severities.preview(path.case, by=actor)
    kept = await desk.drafts.kept(DRAFT, path.case, by=actor)
    return views.form(file, preview, path, kept=kept)
