"""Accounts and cases from a file, at the machine itself."""

from collections.abc import Iterator

import click

from bot.cli.seed import NoDirectory
from bot.clock import SystemClock
from bot.desk import Desk
from bot.settings import DatabaseSettings
from bot.storage.database import connected
from policy.customers import Imported
from policy.ids import WorkspaceId

ACCOUNTS, CASES = "accounts", "cases"


class WhichWorkspace(Exception):
    """There is none, or several, and none was named."""


async def brought_in(
    settings: DatabaseSettings, text: str, workspace: str | None, what: str, *, dry: bool
) -> Imported:
    """Import a file of `accounts` or `cases`, showing how far it is; or say what that would do."""
    async with connected(settings.database_url) as database:
        await database.require_head()
        async with database.reading() as work:
            known = list(await work.workspaces.all())
        desk = Desk.over(database, SystemClock(), NoDirectory())
        brings = desk.imports.cases if what == CASES else desk.accounts.bring_in_unasked
        with click.progressbar(length=1, label=what.capitalize()) as bar:

            def heard(done: int, of: int) -> None:
                bar.length = of
                bar.update(done - bar.pos)

            return await brings(named(workspace, known), text, dry=dry, told=heard)


def told(found: Imported, what: str) -> Iterator[str]:
    """Yield what became of an import, line by line."""
    for problem in found.problems:
        yield f"line {problem.line}: {problem.message}"
    if found.problems:
        yield "Nothing was imported."
        return
    does = "Would make" if found.is_dry else "Made"
    yield f"{does} {found.new} new {what}, change {found.changed}, leave {found.same} as is."


def named(workspace: str | None, known: list[WorkspaceId]) -> WorkspaceId:
    """Return the workspace that was named, or the only one.

    Raises:
        WhichWorkspace: there is none, or several, and none was named.
    """
    if workspace is not None:
        return WorkspaceId(workspace)
    if len(known) == 1:
        return known[0]
    several = ", ".join(known) or "none is known yet; start Caseflag once"
    message = f"Name the workspace with --workspace: {several}."
    raise WhichWorkspace(message)
