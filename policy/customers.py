"""Customers as a file lists them: read line by line, with everything that is amiss."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.accounts import Account
from policy.ids import ChannelId, Tier, UserId

COLUMNS = ("name", "tier", "channels", "contacts")
NAME, TIER = (2, 80), (1, 40)
MOST_LINES = 5000
MOST_PROBLEMS = 50
CHANNEL, USER = re.compile(r"[CG][A-Z0-9]{2,}"), re.compile(r"[UW][A-Z0-9]{2,}")
PAGE = 10


class Listed(StrEnum):
    """What a file lists."""

    ACCOUNTS = "accounts"
    CASES = "cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is amiss in one line of a file; the first line is 1."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One line of a file."""

    line: int
    name: str
    tier: Tier
    channels: frozenset[ChannelId]
    contacts: frozenset[UserId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or would do; with problems it did nothing."""

    problems: tuple[Problem, ...] = ()
    new: int = 0
    changed: int = 0
    same: int = 0
    is_dry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TierChange:
    """An account's tier was another before; None where the account began with it."""

    at: datetime
    by: UserId
    before: Tier | None
    after: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """One page of the accounts, by name."""

    accounts: tuple[Account, ...]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFile:
    """One account, with the changes of its tier, the newest first."""

    account: Account
    tiers: tuple[TierChange, ...]


def read(text: str) -> tuple[tuple[Customer, ...], tuple[Problem, ...]]:
    """Return the customers of a file with a heading, and every problem by its line."""
    rows = list(csv.reader(text.strip().splitlines(keepends=True), skipinitialspace=True))
    heading = [each.strip().lower() for each in rows[0]] if rows else []
    if not set(COLUMNS[:2]) <= set(heading) or not set(heading) <= set(COLUMNS):
        message = f"the first line has to name the columns: {', '.join(COLUMNS)}"
        return (), (Problem(line=1, message=message),)
    if len(rows) > MOST_LINES:
        return (), (Problem(line=MOST_LINES + 1, message=f"at most {MOST_LINES} lines at once"),)
    customers: list[Customer] = []
    problems: list[Problem] = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(each.strip() for each in row):
            continue
        said = dict(zip(heading, (each.strip() for each in row), strict=False))
        amiss = [*_amiss(said, row, heading), *_again(said, customers)]
        problems += (Problem(line=line, message=each) for each in amiss)
        if not amiss:
            customers.append(_customer(said, line))
    return tuple(customers), tuple(problems)


def outcome(customers: tuple[Customer, ...], known: Mapping[str, Account]) -> Imported:
    """Return what importing these would do; `known` are the accounts by folded name."""
    new = sum(folded(each.name) not in known for each in customers)
    same = sum(
        merged(each, known[folded(each.name)]) == known[folded(each.name)]
        for each in customers
        if folded(each.name) in known
    )
    return Imported(new=new, changed=len(customers) - new - same, same=same)


def merged(customer: Customer, account: Account) -> Account:
    """Return the account as the file has it; what is linked or named already stays."""
    return Account(
        workspace=account.workspace,
        id=account.id,
        name=customer.name,
        tier=customer.tier,
        channels=account.channels | customer.channels,
        contacts=account.contacts | customer.contacts,
    )


def folded(name: str) -> str:
    """Return a name as accounts are told apart."""
    return " ".join(name.casefold().split())


def _customer(said: Mapping[str, str], line: int) -> Customer:
    return Customer(
        line=line,
        name=" ".join(said["name"].split()),
        tier=Tier(" ".join(said["tier"].split())),
        channels=frozenset(map(ChannelId, _ids(said, "channels"))),
        contacts=frozenset(map(UserId, _ids(said, "contacts"))),
    )


def _ids(said: Mapping[str, str], column: str) -> list[str]:
    return [each for each in re.split(r"[\s;]+", said.get(column, "")) if each]


def _amiss(said: Mapping[str, str], row: list[str], heading: list[str]) -> Iterator[str]:
    if len(row) != len(heading):
        yield f"has {len(row)} columns instead of {len(heading)}"
    for column, (least, most) in (("name", NAME), ("tier", TIER)):
        if not least <= len(said.get(column, "")) <= most:
            yield f"{column}: write {least} to {most} characters"
    ids = [("channels", CHANNEL, each) for each in _ids(said, "channels")]
    ids += [("contacts", USER, each) for each in _ids(said, "contacts")]
    for column, pattern, each in ids:
        if not pattern.fullmatch(each):
            yield f"{column}: “{each[:20]}” is no id"


def _again(said: Mapping[str, str], before: list[Customer]) -> Iterator[str]:
    channels = set(_ids(said, "channels"))
    for each in before:
        if folded(each.name) == folded(said.get("name", "")):
            yield f"name: the same as in line {each.line}"
        for channel in sorted(each.channels & channels):
            yield f"channels: {channel} is in line {each.line} already"
