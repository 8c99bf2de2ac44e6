"""Escalations brought to where a test needs them, each step by somebody who may."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.desk.escalations import Escalations
from bot.desk.promises import Promises
from policy.cases import Case, Severity
from policy.escalations import (
    Cause,
    ClosedAs,
    DeclineReason,
    Escalation,
    Judgement,
    Reason,
    RedirectTarget,
    Trend,
)
from policy.ids import CaseId, EscalationId, UserId
from policy.promises import Promise
from tests.support.builders import (
    ANA,
    CLEO,
    DUTY,
    ELI,
    LEA,
    MONA,
    WORKSPACE,
    an_actor,
)
from tests.support.houses import House

CONDUCT: dict[str, Any] = {
    "saying": ("this", "fell_short", "conduct"),
    "reason": Reason.SERVICE_QUALITY,
    "changed": "He shouted at our trainee, and hung up on me afterwards.",
}
"""What makes an escalation confidential."""
HOUR = timedelta(hours=1)
WORDS = "As the record shows, and as we agreed by phone."


class Night:
    """One case, its escalation, and the people who do something about it."""

    def __init__(self, house: House, case: Case) -> None:
        self.house = house
        self.case = case.id
        self.now = house.clock
        self.escalation: Escalation | None = None

    @property
    def desk(self) -> Escalations:
        return self.house.desk.escalations

    @property
    def promises(self) -> Promises:
        return self.house.desk.promises

    @property
    def id(self) -> EscalationId:
        assert self.escalation is not None
        return self.escalation.id

    async def kept(self) -> Escalation:
        """Return the escalation as it is kept."""
        async with self.house.database.reading() as work:
            return await work.escalations.get(WORKSPACE, self.id)

    async def ledger(self) -> list[Promise]:
        """Return all promises, as they are kept."""
        async with self.house.database.reading() as work:
            return await work.promises.of(WORKSPACE, self.id)

    async def ledger_open(self) -> list[Promise]:
        """Return the promises that somebody waits for."""
        return [each for each in await self.ledger() if each.is_open]

    async def waiting(self) -> set[str]:
        """Return the kinds of promise that somebody waits for."""
        return {each.kind.value for each in await self.ledger() if each.is_open}

    async def requested(self, by: UserId = ANA, **facts: Any) -> Escalation:
        facts = {"alternate": CLEO, **facts}
        self.escalation = await self.house.escalates(self.case, by, **facts)
        return self.escalation

    async def acknowledged(self, by: UserId = MONA, **facts: Any) -> Escalation:
        await self.requested(**facts)
        return await self.desk.acknowledge(self.id, by=an_actor(by, DUTY))

    async def active(self, by: UserId = MONA, **facts: Any) -> Escalation:
        await self.acknowledged(by, **facts)
        return await self.starts(by)

    async def monitoring(self, by: UserId = MONA, **facts: Any) -> Escalation:
        await self.active(by, **facts)
        return await self.stabilises(by)

    async def offered(self, to: UserId, by: UserId = MONA, **facts: Any) -> Escalation:
        await self.active(by, **facts)
        return await self.hands_over(to, by)

    async def proposed(self, by: UserId = MONA, **facts: Any) -> Escalation:
        await self.active(by, **facts)
        return await self.proposes(by)

    async def closed(self, by: UserId = MONA, **facts: Any) -> Escalation:
        await self.proposed(by, **facts)
        return await self.desk.agree(self.id, by=an_actor(ANA))

    async def redirected(self, **facts: Any) -> Escalation:
        await self.requested(**facts)
        return await self.redirects()

    async def declined(self, **facts: Any) -> Escalation:
        await self.requested(**facts)
        return await self.declines()

    async def disputed(self, **facts: Any) -> Escalation:
        await self.redirected(**facts)
        return await self.desk.dispute(self.id, WORDS, by=an_actor(ANA))

    async def appealed(self, **facts: Any) -> Escalation:
        await self.declined(**facts)
        return await self.desk.appeal(self.id, WORDS, by=an_actor(ANA))

    async def withdraws(self, by: UserId = ANA) -> Escalation:
        return await self.desk.withdraw(self.id, by=an_actor(by))

    async def redirects(
        self,
        by: UserId = MONA,
        target: RedirectTarget = RedirectTarget.COMMENT,
        **more: Any,
    ) -> Escalation:
        return await self.desk.redirect(self.id, target, WORDS, **more, by=an_actor(by, DUTY))

    async def declines(self, by: UserId = MONA) -> Escalation:
        return await self.desk.decline(
            self.id,
            DeclineReason.ENGINEER_ACTS,
            explanation=WORDS,
            alternative="Eli calls you at noon.",
            contact=ELI,
            by=an_actor(by, DUTY),
        )

    async def starts(self, by: UserId = MONA, actor: UserId | None = None) -> Escalation:
        return await self.desk.start(
            self.id,
            criteria="Everybody can sign in again.",
            first_action="Roll the release back.",
            actor=actor or by,
            next_update_at=self.now() + HOUR,
            by=an_actor(by, DUTY),
        )

    async def updates(
        self, by: UserId = MONA, text: str = "Half of them can sign in."
    ) -> Escalation:
        return await self.desk.update(
            self.id, text, Trend.BETTER, self.now() + HOUR, by=an_actor(by, DUTY)
        )

    async def pauses(self, by: UserId = MONA, **length: float) -> Escalation:
        until = self.now() + timedelta(**(length or {"hours": 6}))
        return await self.desk.pause(self.id, WORDS, until, by=an_actor(by, DUTY))

    async def hands_over(self, to: UserId, by: UserId = MONA) -> Escalation:
        return await self.desk.hand_over(
            self.id, to, "My shift ends; the vendor calls at six.", by=an_actor(by, DUTY)
        )

    async def stabilises(self, by: UserId = MONA) -> Escalation:
        until = self.now() + 6 * HOUR
        return await self.desk.stabilise(self.id, "The error rate", until, by=an_actor(by, DUTY))

    async def relapses(self, by: UserId = ANA) -> Escalation:
        return await self.desk.relapse(self.id, "It fails again since noon.", by=an_actor(by))

    async def proposes(self, by: UserId = MONA) -> Escalation:
        return await self.desk.propose(self.id, ClosedAs.SOLVED, WORDS, by=an_actor(by, DUTY))

    async def objects(self, by: UserId = ANA) -> Escalation:
        return await self.desk.object(
            self.id, "It is not solved for our Paris office.", by=an_actor(by)
        )

    async def de_escalates(self, by: UserId = MONA, **more: Any) -> Escalation:
        return await self.desk.de_escalate(
            self.id, ClosedAs.SOLVED, WORDS, **more, by=an_actor(by, DUTY)
        )

    async def rates(self, by: UserId = ANA) -> Escalation:
        return await self.desk.rate(self.id, 4, "Quick, once somebody had it.", by=an_actor(by))

    async def reviews(self, by: UserId = MONA) -> Escalation:
        return await self.desk.review(
            self.id, preventable=True, cause=Cause.LATE_RESPONSE, by=an_actor(by, DUTY)
        )

    async def judges(self, by: UserId = MONA) -> Escalation:
        return await self.desk.judge(self.id, Judgement.ACCEPTED, by=an_actor(by, DUTY))

    async def settles(self, *, granted: bool, by: UserId = LEA) -> Escalation:
        return await self.desk.settle(
            self.id, granted=granted, answer=WORDS, by=an_actor(by, DUTY)
        )

    async def gives_back(self, by: UserId = LEA) -> Escalation:
        return await self.desk.give_back(self.id, WORDS, by=an_actor(by, DUTY))

    async def promises_something(self, actor: UserId = ELI, by: UserId = MONA) -> Promise:
        return await self.promises.make(
            self.id, "Send the logs.", actor, self.now() + HOUR, by=an_actor(by, DUTY)
        )


async def a_night(house: House, severity: Severity = Severity.S1, **facts: Any) -> Night:
    """Open a case of Eli's whose escalation has become available."""
    facts = {"severity": severity, "business_impact": "Nobody can work.", **facts}
    opened = await house.opens(**facts)
    await house.desk.cases.take(opened.id, by=an_actor(ELI))
    house.clock.moves(days=6)
    return Night(house, await house.case(opened.id))


async def the_case(house: House, case: CaseId) -> Case:
    """Return the case without what every change counts up."""
    return replace(await house.case(case), version=0)
