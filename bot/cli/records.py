"""Cases taken elsewhere, and their histories looked through, at the machine itself."""

import csv
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TextIO

import click

from bot.cli.customers import named
from bot.cli.seed import NoDirectory
from bot.clock import SystemClock
from bot.desk import Desk
from bot.desk.exports import as_json
from bot.settings import DatabaseSettings
from bot.storage.database import connected
from policy.exports import COLUMNS, CaseRecord, line, public
from policy.ids import WorkspaceId, spoken_case
from policy.refusals import NoSuchCase

HEADING = (*COLUMNS, "comments", "history")


class NoCase(Exception):
    """There is no case of that number."""


async def exported(
    settings: DatabaseSettings,
    out: TextIO,
    case: str | None,
    workspace: str | None,
    *,
    as_csv: bool,
    only_public: bool,
) -> int:
    """Write one case or all of them; return how many that were."""
    async with _records(settings, case, workspace) as records:
        found = (public(each) if only_public else each async for each in records)
        return await (_table(found, out) if as_csv else _list(found, out))


async def verified(
    settings: DatabaseSettings, case: str | None, workspace: str | None
) -> tuple[int, list[str]]:
    """Look through the histories; return how many those were, and a line for each broken one."""
    count, broken = 0, []
    async with _records(settings, case, workspace) as records:
        async for each in records:
            count += 1
            if each.broken_at is not None:
                broken.append(f"{each.case.id}: entry {each.broken_at} does not verify.")
    return count, broken


@asynccontextmanager
async def _records(
    settings: DatabaseSettings, case: str | None, workspace: str | None
) -> AsyncIterator[AsyncIterator[CaseRecord]]:
    """Give one case or all of them, and show how far it is."""
    async with connected(settings.database_url, alone=False) as database:
        await database.require_head()
        async with database.reading() as work:
            where = named(workspace, list(await work.workspaces.all()))
        desk = Desk.over(database, SystemClock(), NoDirectory())
        count = 1 if case else await desk.exports.count(where)
        with click.progressbar(length=count, label="Cases", file=sys.stderr) as bar:

            async def told() -> AsyncIterator[CaseRecord]:
                async for each in _found(desk, where, case):
                    bar.update(1)
                    yield each

            yield told()


async def _found(desk: Desk, where: WorkspaceId, case: str | None) -> AsyncIterator[CaseRecord]:
    if case is None:
        async for each in desk.exports.all(where):
            yield each
        return
    spoken = spoken_case(case)
    message = f"There is no {case}."
    if spoken is None:
        raise NoCase(message)
    try:
        yield await desk.exports.one(where, spoken)
    except NoSuchCase as error:
        raise NoCase(message) from error


async def _table(records: AsyncIterator[CaseRecord], out: TextIO) -> int:
    count, writer = 0, csv.DictWriter(out, HEADING)
    writer.writeheader()
    async for each in records:
        writer.writerow(line(each))
        count += 1
    return count


async def _list(records: AsyncIterator[CaseRecord], out: TextIO) -> int:
    count = 0
    async for each in records:
        out.write(",\n" if count else "[\n")
        json.dump(as_json(each), out, ensure_ascii=False)
        count += 1
    out.write("\n]\n" if count else "[]\n")
    return count
