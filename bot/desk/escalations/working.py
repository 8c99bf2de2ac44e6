"""What an owner does until it is over: contact, start, update, pause, hand over, watch."""

from datetime import datetime

from bot.desk import comments
from bot.desk.escalating import Matter, UseCases, acting_on, become, finished
from bot.desk.escalations import cards
from policy import escalations as rules
from policy.cases import Case
from policy.comments import CommentKind, Visibility, readable
from policy.escalations import Escalation, Event, Trend
from policy.ids import EscalationId, UserId
from policy.owed import working as owed
from policy.refusals import Unreadable
from policy.roles import Actor


class Working(UseCases):
    """What its owner does; moments are checked against the targets."""

    async def contact(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Note that the owner has spoken to the requester; a public comment of theirs does too."""
        async with acting_on(self._means, escalation, by) as matter:
            act, found = matter.act, matter.escalation
            after = rules.contacted(found, matter.case, by=act.who, now=act.now)
            return found if after == found else await finished(matter, Event.CONTACT, after)

    async def start(
        self,
        escalation: EscalationId,
        *,
        criteria: str,
        first_action: str,
        actor: UserId,
        next_update_at: datetime,
        by: Actor,
    ) -> Escalation:
        """Begin to work on it: by what it is done, what happens first, who does that."""
        async with acting_on(self._means, escalation, by) as matter:
            after = rules.started(
                matter.escalation,
                matter.case,
                criteria=criteria,
                first_action=first_action,
                actor=actor,
                next_update_at=next_update_at,
                by=matter.act.who,
                hours=matter.hours,
                now=matter.act.now,
            )
            let_in(matter, actor)
            told = owed.started(matter.scene(after), by.user)
            return await finished(matter, Event.START, after, told)

    async def update(
        self,
        escalation: EscalationId,
        text: str,
        trend: Trend,
        next_update_at: datetime,
        *,
        by: Actor,
    ) -> Escalation:
        """Tell how it goes, and by when more follows; said on the case as well."""
        async with acting_on(self._means, escalation, by) as matter:
            act, found = matter.act, matter.escalation
            after = rules.updated(
                found,
                matter.case,
                text=text,
                trend=trend,
                next_update_at=next_update_at,
                by=act.who,
                hours=matter.hours,
                now=act.now,
            )
            if _is_told_twice(found, after):
                return found
            shown = await become(act, Event.UPDATE, matter.case, found, after)
            await _said(matter, shown, text)
            act.owe(*owed.updated(matter.scene(after), by.user))
            await act.commit()
        return after

    async def pause(
        self, escalation: EscalationId, reason: str, until: datetime, *, by: Actor
    ) -> Escalation:
        """Let nothing be due until then, as the requester wants it; 14 days at most."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.paused(
                matter.escalation,
                matter.case,
                reason=reason,
                until=until,
                by=act.who,
                now=act.now,
            )
            told = owed.paused(matter.scene(after), by.user)
            return await finished(matter, Event.PAUSE, after, told)

    async def resume(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Let things be due again."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.resumed(
                matter.escalation, matter.case, by=act.who, hours=matter.hours, now=act.now
            )
            told = owed.resumed(matter.scene(after), by.user)
            return await finished(matter, Event.RESUME, after, told)

    async def hand_over(
        self, escalation: EscalationId, to: UserId, note: str, *, by: Actor
    ) -> Escalation:
        """Offer it to another duty manager or lead; the owner answers for it until then."""
        other, _ = await self._means.people.known(Actor(workspace=by.workspace, user=to))
        async with acting_on(self._means, escalation, by) as matter:
            act, found = matter.act, matter.escalation
            after = rules.handed_over(
                found, matter.case, to=other, note=note, by=act.who, now=act.now
            )
            offer = found.hand_over
            if offer and after.hand_over and offer.to == to and offer.note == after.hand_over.note:
                return found
            return await finished(
                matter, Event.HAND_OVER, after, owed.offered(matter.scene(after))
            )

    async def accept(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Answer for it from now on, as the one it was offered to; pressing twice is once."""
        async with acting_on(self._means, escalation, by) as matter:
            act, found = matter.act, matter.escalation
            if found.owner == by.user and found.is_open:
                return found
            after = rules.accepted(found, matter.case, by=act.who, now=act.now)
            told = owed.accepted(
                matter.scene(after), by=by.user, owner=found.owner or found.submitted_by
            )
            await cards.owned(act, after)
            return await finished(matter, Event.ACCEPT, after, told)

    async def keep(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Refuse the offer, or take it back: the owner goes on."""
        async with acting_on(self._means, escalation, by) as matter:
            found = matter.escalation
            after = rules.kept(found, matter.case, by=matter.act.who)
            offer = found.hand_over
            told = owed.kept(matter.scene(after), by.user, offer) if offer else ()
            return await finished(matter, Event.KEEP, after, told)

    async def stabilise(
        self, escalation: EscalationId, watch: str, until: datetime, *, by: Actor
    ) -> Escalation:
        """Only watch it any more: what, and until when."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.stabilised(
                matter.escalation,
                matter.case,
                watch=watch,
                until=until,
                by=act.who,
                now=act.now,
            )
            told = owed.stabilised(matter.scene(after), by.user)
            return await finished(matter, Event.STABILISE, after, told)

    async def relapse(self, escalation: EscalationId, note: str, *, by: Actor) -> Escalation:
        """Work on it again."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.relapsed(
                matter.escalation,
                matter.case,
                note=note,
                by=act.who,
                hours=matter.hours,
                now=act.now,
            )
            told = owed.relapsed(matter.scene(after), by.user, note.strip())
            return await finished(matter, Event.RELAPSE, after, told, note=note.strip())


def let_in(matter: Matter, actor: UserId) -> None:
    """Let somebody be asked to do something who may know why.

    Raises:
        Unreadable: of a confidential escalation only leads know, and never the case's engineer.
    """
    if not matter.escalation.request.confidential:
        return
    if actor == matter.case.engineer or actor not in matter.scene(matter.escalation).leads:
        raise Unreadable(field="actor", message="Name a lead: it is confidential.")


def _is_told_twice(before: Escalation, after: Escalation) -> bool:
    """Tell whether it is the very update told last: a form that was sent twice."""
    last, now = before.update, after.update
    return (
        last is not None
        and now is not None
        and (last.text, last.trend, before.next_update_due_at)
        == (now.text, now.trend, after.next_update_due_at)
    )


async def _said(matter: Matter, case: Case, text: str) -> None:
    """Say an update on the case: openly, unless the escalation is confidential."""
    confidential = matter.escalation.request.confidential
    visibility = Visibility.ESCALATION if confidential else Visibility.PUBLIC
    comment = comments.drawn(
        matter.act, case, readable(text), kind=CommentKind.UPDATE, visibility=visibility
    )
    await comments.spoken(matter.act, case, comment)
