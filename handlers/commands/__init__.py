"""`/case`: what was typed behind it is understood, done, and answered."""

from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import Whisper, opened
from handlers.commands.verbs import HELP, LIST, NOTICES, SEARCH, USAGE, VERBS, helped
from handlers.forms import guidance as fields
from handlers.forms.lists import by_id
from handlers.forms.words import straight
from handlers.metadata import PickPath
from handlers.ports import Desk
from handlers.views.cases.shown import picker
from handlers.views.drafts import holds
from handlers.views.help import usage
from handlers.views.message import Message, saying
from handlers.views.refusals import QUICK, UNUSED, returned, sentence
from policy.ids import CaseId, spoken_case
from policy.refusals import NoSuchCase
from policy.roles import Actor

NO_CASE = CaseId("")
UNSPOKEN = frozenset({LIST, SEARCH, NOTICES})
"""Words behind which a number names no case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody typed behind the command."""

    word: str
    case: CaseId | None
    text: str


def understood(typed: str) -> Asked:
    """Return what was asked: `/case CASE-142` shows it, and `/case` alone tells what can be typed.

    Text that begins with a bare number is text: only `CASE-3` or `#3` names a case before words.
    """
    word, _, behind = straight(typed).partition(" ")
    if word.lower() == LIST:
        behind = straight(by_id(typed)).partition(" ")[2]
    if case := spoken_case(word):
        return Asked(word="show", case=case, text="")
    first, _, rest = behind.strip().partition(" ")
    named = spoken_case(first)
    is_number = first.isdigit() and bool(rest)
    if named is None or is_number or word.lower() in UNSPOKEN:
        return Asked(word=word.lower() or HELP, case=None, text=behind.strip())
    return Asked(word=word.lower(), case=named, text=rest.strip())


async def command(
    ack: AsyncAck,
    payload: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    desk: Desk,
    actor: Actor,
) -> None:
    """Do what was typed; or what was typed when it came too late, with a trigger that is fresh."""
    typed = str(body["text"] if "command" in body else payload.get("value", ""))
    asked = understood(typed)
    is_help = asked.word == HELP and "command" in body
    await ack(helped() if is_help else "")  # nobody has to be asked: the ack is the answer
    if is_help:
        return
    if said := await _said(asked, typed, desk, actor):
        await Whisper(respond=respond).says(said)
        return
    modal = await opened(client, body, context)
    view = await _shown(asked, desk, actor)
    await modal.shows(view)
    if len(asked.text) > QUICK and not holds(view, asked.text):
        await Whisper(respond=respond).says(returned(saying(UNUSED), asked.text))


async def picked(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Go on with the case that was picked."""
    path = PickPath.unpack(view["private_metadata"])
    asked = Asked(word=path.verb, case=fields.case(view), text=path.text or fields.words(view))
    await ack(response_action="update", view=await _shown(asked, desk, actor))


async def _said(asked: Asked, typed: str, desk: Desk, actor: Actor) -> Message | None:
    """Do what was asked for, and return what to say; None where a modal is needed first."""
    if asked.word not in VERBS:
        return returned(usage(USAGE, asked.word), typed)
    verb = VERBS[asked.word]
    says = verb.speaking(asked.text)
    case = await _case(asked, desk, actor) if says else None
    if says is None or case is None:
        return None
    said = await says(case, asked.text, desk, actor)
    return said if verb.takes_words else returned(said, asked.text)


async def _shown(asked: Asked, desk: Desk, actor: Actor) -> View:
    """Return what was asked for as a modal; where the case is not found, one to pick another."""
    case = await _case(asked, desk, actor)
    if case is None:
        return picker(_path(asked, actor))
    try:
        return await VERBS[asked.word].shows(case, asked.text, desk, actor)
    except NoSuchCase as refusal:
        return picker(_path(asked, actor), sentence(refusal))


async def _case(asked: Asked, desk: Desk, actor: Actor) -> CaseId | None:
    """Return the case that was named, else the one of the latest talk here, if there is one."""
    if asked.case or not VERBS[asked.word].of_case:
        return asked.case or NO_CASE
    file = await desk.cases.read(None, by=actor)
    return file.case.id if file else None


def _path(asked: Asked, actor: Actor) -> PickPath:
    return PickPath(verb=asked.word, text=asked.text, here=actor.here)
