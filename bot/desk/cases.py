"""Cases: open, read, pick, take, close and reopen."""

from collections.abc import Sequence

from bot.desk.act import Act, Means
from bot.desk.casework import escalation_open, finished, related
from policy import cases as rules
from policy import opening
from policy.accounts import Account
from policy.casefile import CaseFile, Doubted, Opened, Opening, Similar
from policy.cases import Case, CaseRequest
from policy.ids import CaseId, ChannelId, UserId, WorkspaceId
from policy.owed import accounts as owed_to_administrators
from policy.owed import cases as owed
from policy.roles import Actor, Side

Talk = tuple[WorkspaceId, ChannelId, UserId]
MOST_OFFERED = 100
MOST_COMPARED = 200


class Cases:
    """The use cases about a case itself."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._read: dict[Talk, CaseId] = {}
        """What was read here and is not noted yet: it counts at once for whoever goes on here."""

    async def opening(self, *, by: Actor) -> Opening:
        """Return what the form *open case* offers this person, here."""
        async with self._means.looking(by) as act:
            known = await _known_accounts(act)
            linked = await _linked(act, known)
            chosen = await act.work.account_trail.chosen(act.workspace, by.user)
        return Opening(
            accounts=tuple(known),
            default=opening.default_account(known, linked, act.who, chosen=chosen),
            reader=act.who,
        )

    async def open(self, request: CaseRequest, *, by: Actor) -> Opened:
        """Open a case in `by.here`, or in the account's channel; or say what makes one hesitate.

        The number is drawn before others are compared, and makes all who open cases here wait for
        one another: a form that is sent twice at once still opens one case.
        """
        if not request.despite_warning and rules.doubts_s1(request):
            return Doubted()
        async with self._means.acting(by) as act:
            known = await _known_accounts(act)
            linked = await _linked(act, known)
            account = await _account(act, request, known, linked)
            drawn = opening.opened(request, account, act.who, linked=linked, now=act.now)
            case = await act.work.cases.add(drawn)
            since = act.now - rules.SIMILAR_WITHIN
            others = await act.work.cases.similar(case, since, MOST_COMPARED)
            if twin := opening.twin_of(case, others):
                return twin
            alike = opening.similar_to(case, others, act.who)
            if alike and not request.despite_warning:
                return Similar(cases=alike)
            if request.account is not None and linked is None:
                await act.work.account_trail.choose(act.workspace, by.user, account.id)
            await begun(act, case, account)
            if request.continues:
                case = await related(act, case, await act.case(request.continues))
            await act.commit()
        return case

    async def read(self, case: CaseId | None, *, by: Actor) -> CaseFile | None:
        """Return the case, or with None the one of this channel's latest talk with the person."""
        async with self._means.looking(by) as act:
            if case is None:
                found = await self._latest(act)
                return await act.file(found) if found else None
            file = await act.file(await act.case(case))
        if by.here is not None:
            self._read[by.workspace, by.here, by.user] = file.case.id
        return file

    async def spoke_of(self, case: CaseId, *, by: Actor) -> None:
        """Note that the person read the case here: it is the latest of their talk in `by.here`."""
        if by.here is None:
            return
        database, now = self._means.database, self._means.clock()
        talk = by.workspace, by.here, by.user
        try:
            await database.courtesy.after_you()
            async with database.begin() as work:
                await work.cases.talked(*talk, case, now)
                await work.commit()
        finally:  # what could not be noted must not hide what is said here later
            if self._read.get(talk) == case:
                del self._read[talk]

    async def _latest(self, act: Act) -> Case | None:
        here, user = act.who.actor.here, act.who.user
        if here is None:
            return None
        latest = self._read.get((act.workspace, here, user))
        latest = latest or await act.work.cases.latest_here(act.workspace, here, user)
        found = await act.work.cases.find(act.workspace, latest) if latest else None
        return found if found and rules.may_see(found, act.who) else None

    async def pickable(self, typed: str, *, by: Actor) -> Sequence[Case]:
        """Return open cases the person may see whose number or title fits, at most 100."""
        async with self._means.looking(by) as act:
            return await act.work.cases.pickable(act.workspace, act.who, typed, MOST_OFFERED)

    async def take(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Make the person the case's engineer."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            after = await act.changed(before, rules.taken(before, act.who), "cases.taken")
            act.owe(owed.taken(after, by.user, at=act.now))
            return await finished(act, after)

    async def close(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Close the case; refused while an escalation is open that the person may know of."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            is_open = await escalation_open(act, before)
            after = rules.closed(before, act.who, escalation_open=is_open, now=act.now)
            await act.changed(before, after, "cases.closed")
            act.owe(owed.closed(after, by.user, act.settings, at=act.now))
            return await finished(act, after)

    async def reopen(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Put a closed case back in progress, while that is allowed."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            within = act.settings.reopenable_for
            after = rules.reopened(before, act.who, within=within, now=act.now)
            await act.changed(before, after, "cases.reopened")
            act.owe(owed.reopened(after, by.user, at=act.now))
            return await finished(act, after)


async def linked_account(act: Act) -> Account | None:
    """Return the account of the channel that the person acts in."""
    here = act.who.actor.here
    return await act.work.accounts.of_channel(act.workspace, here) if here else None


async def _known_accounts(act: Act) -> list[Account]:
    return await act.work.accounts.all_for(act.workspace, act.who, "", MOST_OFFERED)


async def _linked(act: Act, known: Sequence[Account]) -> Account | None:
    """Return the account of the channel; a customer's are all known, unless they are too many."""
    here = act.who.actor.here
    found = next((each for each in known if here in each.channels), None)
    if found is None and (act.who.side is Side.SUPPORT or len(known) == MOST_OFFERED):
        return await linked_account(act)
    return found


async def _account(
    act: Act, request: CaseRequest, known: Sequence[Account], linked: Account | None
) -> Account:
    """Return the account to open for, made if nobody belongs to any yet."""
    if request.account is not None and act.who.side is Side.SUPPORT:
        known = [await act.work.accounts.get(act.workspace, request.account)]
    found = opening.chosen_account(request.account, known, linked, act.who)
    if found is None:
        found = opening.unassigned(act.who, act.settings.default_tier)
        await act.work.accounts.save(found)
    return found


async def begun(act: Act, case: Case, account: Account) -> None:
    """Enter the case in its history, want its card, and tell what is not set up for it."""
    await act.begin(
        case.id,
        "cases.opened",
        {
            "title": case.title,
            "account": case.account,
            "tier": case.tier,
            "severity": case.severity.value,
            "requester": case.requester,
            "contact": case.contact,
            "reporter": case.reporter,
        },
    )
    await act.spoke_of(case.id)
    await act.work.cards.want(act.workspace, "case", case.id, case.channel)
    table = await act.work.thresholds.current(act.workspace)
    if not table.knows(account.tier):
        act.owe(owed_to_administrators.tier_unknown(account, at=act.now))
    if account.id == opening.UNASSIGNED:
        act.owe(owed_to_administrators.account_missing(case, act.who.user, at=act.now))
