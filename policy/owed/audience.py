"""Who hears of what becomes of an escalation: by their part in it, and each at most once.

Of a confidential one no channel hears: what would stand in the case's thread is said to those who
asked, and what would stand in the duty channel to its owner, or to the leads before it has one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.cases import Case
from policy.escalations import Escalation, Reach
from policy.ids import UserId
from policy.notices import EscalationThread, Fact, Notice, Person, Thread
from policy.owed.notice import notice, whom

Place = Thread | EscalationThread | Person


class Hears(StrEnum):
    """A part that people have in an escalation."""

    REQUESTER = "requester"
    """Whoever submitted it, and the contact it names: privately."""
    THREAD = "thread"
    """Everybody in the case's thread; the requester privately too, who wants to be reached so."""
    DESK = "desk"
    """The duty side, in the thread of the escalation's card."""
    OWNER = "owner"
    LEADS = "leads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An escalation after something happened to it, and who made it happen."""

    case: Case
    escalation: Escalation
    by: UserId | None
    """Who hears nothing, having done it; None for nobody."""
    leads: frozenset[UserId] = frozenset()
    """Who leads, without the case's engineer."""
    at: datetime


def told(
    scene: Scene,
    what: str,
    fact: Fact,
    *parts: Hears,
    besides: Iterable[UserId | None] = (),
    once: str = "",
) -> tuple[Notice, ...]:
    """Return a fact for everybody whose part it concerns, and for these people besides.

    `once` names what is told a single time, however often the escalation changes.
    """
    places = dict.fromkeys((*_places(scene, parts), *_persons(besides)))
    silent = {Person(user=user) for user in (scene.by, _kept_from(scene)) if user}
    key = f"escalations.{what}:{scene.escalation.id}.{once or scene.escalation.version}"
    return tuple(
        notice(scene.case, f"{key}:{_named(to)}", to, fact, at=scene.at)
        for to in places
        if to not in silent
    )


def _kept_from(scene: Scene) -> UserId | None:
    """Return who must not hear of it: of a confidential one, the case's engineer."""
    return scene.case.engineer if scene.escalation.request.confidential else None


def requesters(case: Case, escalation: Escalation) -> tuple[UserId, ...]:
    """Return who asked for it, and the contact that is named in it."""
    asked = case.requester if escalation.pulled else escalation.submitted_by
    return tuple(dict.fromkeys((asked, escalation.request.contact)))


def _places(scene: Scene, parts: Iterable[Hears]) -> Iterator[Place]:
    where: Mapping[Hears, Iterable[Place]] = {
        Hears.REQUESTER: _persons(requesters(scene.case, scene.escalation)),
        Hears.THREAD: _in_thread(scene),
        Hears.DESK: _at_desk(scene),
        Hears.OWNER: _persons((scene.escalation.owner,)),
        Hears.LEADS: _persons(scene.leads),
    }
    return (place for part in parts for place in where[part])


def _in_thread(scene: Scene) -> Iterator[Place]:
    request = scene.escalation.request
    if not request.confidential:
        yield Thread(case=scene.case.id)
    if request.confidential or request.reach is Reach.DM:
        yield from _persons(requesters(scene.case, scene.escalation))


def _at_desk(scene: Scene) -> Iterator[Place]:
    escalation = scene.escalation
    if not escalation.request.confidential:
        yield EscalationThread(escalation=escalation.id)
    else:
        yield from _persons((escalation.owner,) if escalation.owner else scene.leads)


def _persons(users: Iterable[UserId | None]) -> Iterator[Person]:
    return (Person(user=user) for user in sorted(set(filter(None, users))))


def _named(to: Place) -> str:
    return "desk" if isinstance(to, EscalationThread) else whom(to)
