"""Standings: what every use case asks first, of whoever acts, in one question."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Text, bindparam, cast, literal_column, select, union_all

from bot.storage import codec
from bot.storage.accounts import LINKED, account_contacts
from bot.storage.rota import overrides, shifts
from bot.storage.settings import settings
from bot.storage.transaction import Transaction
from policy.ids import AccountId, ChannelId, UserId, WorkspaceId
from policy.settings import WorkspaceSettings

SETTINGS, ACCOUNT, PERSON = "settings", "account", "person"
OF: BindParameter[str] = bindparam("of")
ASKING = union_all(
    *(
        found.add_columns(literal_column(f"'{what}'").label("what"))
        for what, found in (
            (
                SETTINGS,
                select(cast(settings.c.document, Text).label("said")).where(
                    settings.c.workspace == OF
                ),
            ),
            (
                ACCOUNT,
                select(account_contacts.c.account).where(
                    account_contacts.c.workspace == OF,
                    account_contacts.c.user == bindparam("user"),
                ),
            ),
            (ACCOUNT, LINKED),
            (PERSON, select(shifts.c.person).where(shifts.c.workspace == OF)),
            (
                PERSON,
                select(shifts.c.backup).where(
                    shifts.c.workspace == OF, shifts.c.backup.is_not(None)
                ),
            ),
            (
                PERSON,
                select(overrides.c.person).where(
                    overrides.c.workspace == OF, overrides.c.end_at > bindparam("since")
                ),
            ),
        )
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a person's standing is made of, as far as it is kept here."""

    settings: WorkspaceSettings | None
    """None before there are any."""
    accounts: frozenset[AccountId]
    """Those that the person is named in, and the one that `here` is linked to."""
    rota: frozenset[UserId]
    """Everybody whom the week or an override names."""


class Standings:
    """What decides who may do what."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def ground(
        self, workspace: WorkspaceId, user: UserId, here: ChannelId | None, *, since: datetime
    ) -> Ground:
        """Return what a person stands on; of overrides those that have not ended by then."""
        asked = {"of": workspace, "user": user, "channel": here, "since": since}
        found: dict[str, set[str]] = {SETTINGS: set(), ACCOUNT: set(), PERSON: set()}
        for row in await self._on.all(ASKING, asked):
            found[row.what].add(row.said)
        decided = [codec.decode(WorkspaceSettings, json.loads(each)) for each in found[SETTINGS]]
        return Ground(
            settings=decided[0] if decided else None,
            accounts=frozenset(AccountId(each) for each in found[ACCOUNT]),
            rota=frozenset(UserId(each) for each in found[PERSON]),
        )
