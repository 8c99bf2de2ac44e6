"""Customers: keep one with all that follows from its tier, and bring in a file of them."""

from collections.abc import Callable
from dataclasses import replace

from bot.desk import ladder
from bot.desk.act import Act
from bot.desk.crossings import move_reminders
from policy import cases as casework
from policy import customers as rules
from policy.accounts import Account
from policy.customers import Imported, TierChange
from policy.ids import AccountId
from policy.owed import accounts as owed

Told = Callable[[int, int], None]
"""Hears how many of how many customers are done."""


def unheard(_done: int, _of: int) -> None:
    """Tell nobody how far an import has come."""


async def kept(act: Act, account: Account, before: Account | None) -> None:
    """Save an account, note what became of its tier, and let its open cases follow."""
    await _follow(act, account)
    await act.work.accounts.save(account)
    if before is None or before.tier != account.tier:
        was = before.tier if before else None
        change = TierChange(at=act.now, by=act.who.user, before=was, after=account.tier)
        await act.work.account_trail.turned(act.workspace, account.id, change)
    table = await act.work.thresholds.current(act.workspace)
    if not table.knows(account.tier):
        act.owe(owed.tier_unknown(account, at=act.now))


async def brought_in(act: Act, text: str, *, dry: bool, told: Told = unheard) -> Imported:
    """Import a file of customers, or say what that would do; with any problem nothing is done."""
    customers, problems = rules.read(text)
    known: dict[str, Account] = {}
    for each in customers:
        if found := await act.work.accounts.named(act.workspace, each.name):
            known[rules.folded(each.name)] = found
    would = replace(rules.outcome(customers, known), problems=problems, is_dry=dry)
    if problems or dry:
        return would
    for done, each in enumerate(customers, start=1):
        before = known.get(rules.folded(each.name))
        new = Account(
            workspace=act.workspace,
            id=AccountId(act.means.new_id()),
            name=each.name,
            tier=each.tier,
        )
        await kept(act, rules.merged(each, before or new), before)
        told(done, len(customers))
    return would


async def _follow(act: Act, account: Account) -> None:
    """Put the account's open cases under its tier, and their crossings where that puts them."""
    for case in await act.work.cases.open_of_account(act.workspace, account.id):
        if case.tier != account.tier:
            after = casework.with_tier(case, account.tier)
            await act.changed(case, after, "cases.tier_changed")
            await ladder.hasten(act, case, after)
            await move_reminders(act, after)
