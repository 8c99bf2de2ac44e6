"""The ledger: which event makes, keeps and releases which promises, as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from policy.cases import Case, is_support
from policy.escalations import Escalation, Event, Watch, latest_update_at, step
from policy.escalations.machine import said
from policy.hours import DutyHours
from policy.ids import PromiseId, UserId
from policy.promises.promise import Kind, Promise, kept, released
from policy.refusals import NotYours, OutOfTime, Stale
from policy.roles import Standing
from policy.settings import WorkspaceSettings

K = Kind
TARGETED = frozenset({Kind.ACKNOWLEDGE, Kind.CONTACT})
"""Promises that nobody made in words: the targets are their dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one event does to the promises of its escalation."""

    keeps: frozenset[Kind] = frozenset()
    releases: frozenset[Kind] = frozenset()
    makes: tuple[Kind, ...] = ()


def _entry(
    keeps: set[Kind] | None = None,
    releases: set[Kind] | None = None,
    makes: tuple[Kind, ...] = (),
) -> Entry:
    return Entry(keeps=frozenset(keeps or ()), releases=frozenset(releases or ()), makes=makes)


ENTRIES: Mapping[Event, Entry] = {
    # what is kept, what nobody needs any more, what is promised anew
    Event.SUBMIT: _entry(makes=(K.ACKNOWLEDGE,)),
    Event.WITHDRAW: _entry(releases=set(K)),
    Event.ACKNOWLEDGE: _entry({K.ACKNOWLEDGE}, makes=(K.CONTACT,)),
    Event.PULL: _entry(makes=(K.CONTACT,)),
    Event.REDIRECT: _entry({K.ACKNOWLEDGE, K.CONTACT}, set(K)),
    Event.DECLINE: _entry({K.ACKNOWLEDGE, K.CONTACT}, set(K)),
    Event.CONTACT: _entry({K.CONTACT}),
    Event.START: _entry({K.CONTACT}, makes=(K.UPDATE, K.ACTION)),
    Event.UPDATE: _entry({K.CONTACT, K.UPDATE}, makes=(K.UPDATE,)),
    Event.RESUME: _entry(releases={K.UPDATE}, makes=(K.UPDATE,)),
    Event.RETURN: _entry(releases=set(K), makes=(K.ACKNOWLEDGE,)),
    Event.STABILISE: _entry({K.UPDATE}, makes=(K.WATCH,)),
    Event.RELAPSE: _entry({K.WATCH}, makes=(K.UPDATE,)),
    Event.PROPOSE: _entry({K.WATCH}),
    Event.OBJECT: _entry(releases={K.WATCH}, makes=(K.WATCH,)),  # where it is watched
    Event.AGREE: _entry({K.CONTACT, K.UPDATE, K.WATCH}, set(K)),
    Event.DE_ESCALATE: _entry({K.CONTACT, K.UPDATE, K.WATCH}, set(K)),
}


def after(
    event: Event,
    escalation: Escalation,
    case: Case,
    promises: Iterable[Promise],
    *,
    hours: DutyHours | None = None,
    now: datetime,
) -> tuple[Promise, ...]:
    """Return the promises that change by an event: those kept, released, passed on, and made.

    `escalation` is as the event left it, `promises` are its own.
    """
    known = [each for each in promises if each.is_open]
    if event is Event.PAUSE:
        return _put_off(escalation, known, now=now)
    if event is Event.ACCEPT:
        return tuple(
            replace(each, owner=escalation.owner) for each in known if each.kind is not K.ACTION
        )
    entry = ENTRIES.get(event, Entry())
    changed = [
        kept(each, now=now) if each.kind in entry.keeps else released(each, now=now)
        for each in known
        if each.kind in entry.keeps | entry.releases
    ]
    made = (_made(kind, escalation, case, hours=hours, now=now) for kind in entry.makes)
    return (*changed, *(each for each in made if each is not None))


def promised(
    escalation: Escalation,
    case: Case,
    *,
    id: PromiseId,  # noqa: A002 - the value's own word
    action: str,
    actor: UserId,
    due_at: datetime,
    by: Standing,
    now: datetime,
) -> Promise:
    """Return an action item: what somebody will do by a date, as the owner notes it.

    Raises:
        OutOfTime: the date is past.
        Refusal: as `step`, or Unreadable where the text is amiss.
    """
    step(Event.PROMISE, escalation, case, by)
    what = said("action", action)
    if due_at <= now:
        raise OutOfTime(field="due_at", earliest=now, latest=None)
    made = _promise(K.ACTION, escalation, due_at=due_at, owner=actor, what=what, now=now)
    return replace(made, id=id)


def hastened(promise: Promise, escalation: Escalation) -> Promise:
    """Return the promise, due when its escalation says by now; never later than it was due."""
    dates: Mapping[Kind, datetime | None] = {
        K.ACKNOWLEDGE: escalation.acknowledge_due_at,
        K.CONTACT: escalation.contact_due_at,
        K.UPDATE: escalation.next_update_due_at,
    }
    at = dates.get(promise.kind)
    return replace(promise, due_at=min(promise.due_at, at)) if at and promise.is_open else promise


def done(promise: Promise, escalation: Escalation, *, by: Standing, now: datetime) -> Promise:
    """Return the action item that was done.

    Raises:
        NotYours: neither the person who does it nor the escalation's owner says so.
        Stale: it is no action item, or no longer open.
    """
    if by.user not in {promise.owner, escalation.owner}:
        raise NotYours(case=promise.case, need="whoever promised it, or the escalation's owner")
    if promise.kind is not K.ACTION or not promise.is_open:
        raise Stale
    return kept(promise, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Promises as they stand at one moment, each part by date."""

    open: tuple[Promise, ...]
    """Those whose time has not come."""
    missed: tuple[Promise, ...]
    """Those whose time passed without them, kept later or not."""
    kept: tuple[Promise, ...]
    """Those that were kept in time."""


def ledger(promises: Iterable[Promise], *, now: datetime) -> Ledger:
    """Return the promises, parted by what became of them; released ones that were in time go."""
    ordered = sorted(promises, key=lambda each: (each.due_at, each.id))
    in_time = [each for each in ordered if not each.is_missed(now=now)]
    return Ledger(
        open=tuple(each for each in in_time if each.is_open),
        missed=tuple(each for each in ordered if each.is_missed(now=now)),
        kept=tuple(each for each in in_time if each.kept_at is not None),
    )


def shown_to(
    promises: Iterable[Promise], who: Standing | None, settings: WorkspaceSettings
) -> tuple[Promise, ...]:
    """Return the promises that somebody may know of; None stands for the duty side's readers.

    The customer side knows when the next update comes, as its owner said so; the targets where
    the workspace shows them; and never what was agreed among ourselves.
    """
    if who is None or is_support(who):
        return tuple(promises)
    known = {K.UPDATE} | (TARGETED if settings.shows_targets else frozenset())
    return tuple(each for each in promises if each.kind in known)


def _put_off(
    escalation: Escalation, known: list[Promise], *, now: datetime
) -> tuple[Promise, ...]:
    """Put off to the end of a pause what would be due within it: let go, and promised anew."""
    pause = escalation.pause
    if pause is None:
        return ()
    changed: list[Promise] = []
    for each in (promise for promise in known if promise.due_at < pause.until):
        number = f"{each.id}~{escalation.version}"
        anew = replace(
            each,
            id=PromiseId(number),
            made_at=now,
            due_at=pause.until,
            missed=False,
            climbed=0,
        )
        changed += (released(each, now=now), anew)
    return tuple(changed)


def _made(
    kind: Kind, escalation: Escalation, case: Case, *, hours: DutyHours | None, now: datetime
) -> Promise | None:
    """Return what the escalation has come to promise, None where it has no date for that."""
    due_at, owner, what = escalation.next_update_due_at, escalation.owner, ""
    plan, watch = escalation.plan, escalation.watch
    if kind is K.ACKNOWLEDGE:
        due_at = escalation.acknowledge_due_at
    elif kind is K.CONTACT:
        due_at = escalation.contact_due_at
    elif kind is K.ACTION and plan is not None:
        owner, what = plan.by, plan.first_action
    elif kind is K.WATCH:
        latest = latest_update_at(case, hours=hours, now=now)
        due_at, what = _watched(watch, latest, now=now)
    if due_at is None:
        return None
    return _promise(kind, escalation, due_at=due_at, owner=owner, what=what, now=now)


def _watched(
    watch: Watch | None, latest: datetime, *, now: datetime
) -> tuple[datetime | None, str]:
    """Return until when and what is watched; what was watched long enough, within the target."""
    if watch is None:
        return None, ""
    return watch.until if watch.until > now else latest, watch.what


def _promise(
    kind: Kind,
    escalation: Escalation,
    *,
    due_at: datetime,
    owner: UserId | None,
    what: str,
    now: datetime,
) -> Promise:
    return Promise(
        workspace=escalation.workspace,
        id=PromiseId(f"{escalation.id}.{kind.value}.{escalation.version}"),
        case=escalation.case,
        escalation=escalation.id,
        kind=kind,
        owner=owner,
        what=what,
        made_at=now,
        due_at=due_at,
    )
