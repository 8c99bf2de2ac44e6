"""The command line: `caseflag`, also `python -m bot`."""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import aiohttp
import click

from bot import logs
from bot.cli import customers, doctor, manifest, outbox, records, seed
from bot.cli.serving import served
from bot.delivery.calendar import ExtraMissing
from bot.settings import DatabaseSettings, Settings, Unsettled, read
from bot.storage import migrations_run
from bot.storage.database import DatabaseIsUnreachable, SchemaIsNotCurrent
from bot.storage.outbox.rows import NoticeState
from bot.storage.sole import DatabaseIsInUse
from bot.web.installed import Uninvited

UNSETTLED = 2
EXPECTED = (
    DatabaseIsInUse,
    DatabaseIsUnreachable,
    SchemaIsNotCurrent,
    ExtraMissing,
    Uninvited,
    customers.WhichWorkspace,
    records.NoCase,
    aiohttp.ClientError,
    OSError,
)
"""What stops us for a reason that one sentence tells; anything else is a bug, and has a trace."""


class Problem(click.ClickException):
    """One sentence on standard error, and exit status 1."""


def main() -> None:
    """Do what the command line says."""
    try:
        caseflag(prog_name="caseflag")
    except Unsettled as unsettled:
        click.echo("Caseflag cannot start; the environment (or .env) has to say:", err=True)
        for problem in unsettled.problems:
            click.echo(f"  {problem}", err=True)
        sys.exit(UNSETTLED)


@click.group(context_settings={"max_content_width": 99})
@click.version_option(package_name="caseflag")
def caseflag() -> None:
    """Support cases and their escalation, in Slack."""


@caseflag.command()
@click.option("--no-jobs", is_flag=True, help="Only answer Slack: `work` runs elsewhere.")
def serve(*, no_jobs: bool) -> None:
    """Answer Slack, announce what falls due, and deliver what is owed."""
    settings = read(Settings)
    logs.configured()
    _told(lambda: asyncio.run(served(settings, jobs=not no_jobs, doors=True)))


@caseflag.command()
def work() -> None:
    """Announce what falls due and deliver what is owed; `serve` answers Slack elsewhere."""
    settings = read(Settings)
    logs.configured()
    _told(lambda: asyncio.run(served(settings, jobs=True, doors=False)))


@caseflag.command()
def migrate() -> None:
    """Make the database what this release expects; again is nothing."""
    settings = read(DatabaseSettings)
    _told(lambda: migrations_run.upgrade(settings.database_url))
    click.echo("The database is ready.")


@caseflag.command("seed")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def sow(file: Path) -> None:
    """Fill a sandbox with the accounts and cases of FILE; nothing where there are cases."""
    settings = read(DatabaseSettings)
    if not settings.caseflag_sandbox:
        message = "Only a sandbox is seeded: set CASEFLAG_SANDBOX=true."
        raise Problem(message)
    content = json.loads(file.read_text(encoding="utf-8"))
    _told(lambda: click.echo(asyncio.run(seed.sown(settings, content))))


@caseflag.group("import")
def bring_in() -> None:
    """Bring in what began elsewhere."""


@bring_in.command("accounts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what this would do.")
@click.option("--workspace", help="Needed where there are several.")
def import_accounts(file: Path, *, dry_run: bool, workspace: str | None) -> None:
    """Import accounts from FILE, with columns name, tier, channels, contacts."""
    _bring_in(file, customers.ACCOUNTS, workspace, dry=dry_run)


@bring_in.command("cases")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what this would do.")
@click.option("--workspace", help="Needed where there are several.")
def import_cases(file: Path, *, dry_run: bool, workspace: str | None) -> None:
    """Import cases from FILE, as old as they are; again imports none twice, by reference.

    The first line names the columns: reference, account, title, description, severity, requester,
    opened_at; and as you like contact, engineer, state, closed_at, component, environment,
    business_impact, channel. Nobody is told of what is past.
    """
    _bring_in(file, customers.CASES, workspace, dry=dry_run)


def _bring_in(file: Path, what: str, workspace: str | None, *, dry: bool) -> None:
    settings, text = read(DatabaseSettings), file.read_text(encoding="utf-8-sig")
    _told(lambda: _imported(settings, text, workspace, what, dry=dry))


def _imported(
    settings: DatabaseSettings, text: str, workspace: str | None, what: str, *, dry: bool
) -> None:
    found = asyncio.run(customers.brought_in(settings, text, workspace, what, dry=dry))
    for line in customers.told(found, what):
        click.echo(line)
    if found.problems:
        sys.exit(1)


@caseflag.command("export")
@click.argument("case", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="A line for each case instead of JSON.")
@click.option("--public", "only_public", is_flag=True, help="Only what a customer may read.")
@click.option("--out", type=click.File("w", encoding="utf-8"), default="-", help="A file.")
@click.option("--workspace", help="Needed where there are several.")
def export(
    case: str | None, *, as_csv: bool, only_public: bool, out: TextIO, workspace: str | None
) -> None:
    """Write one CASE, or all of them, with all that belongs to them and their histories."""
    settings = read(DatabaseSettings)
    writing = partial(records.exported, as_csv=as_csv, only_public=only_public)
    _told(lambda: _say(asyncio.run(writing(settings, out, case, workspace)), "Exported"))


@caseflag.group("history")
def chains() -> None:
    """Look through the histories of cases."""


@chains.command("verify")
@click.argument("case", required=False)
@click.option("--workspace", help="Needed where there are several.")
def verify(case: str | None, *, workspace: str | None) -> None:
    """Verify that nothing was changed in the history of a CASE, or of all; status 1 if it was."""
    _told(lambda: _verified(read(DatabaseSettings), case, workspace))


def _verified(settings: DatabaseSettings, case: str | None, workspace: str | None) -> None:
    count, broken = asyncio.run(records.verified(settings, case, workspace))
    for line in broken:
        click.echo(line)
    _say(count - len(broken), "Verified")
    if broken:
        sys.exit(1)


def _say(count: int, did: str) -> None:
    click.echo(f"{did} {count} {'case' if count == 1 else 'cases'}.", err=True)


@caseflag.group("outbox")
def notices() -> None:
    """Ask what became of what people had to be told."""


@notices.command("list")
@click.option("--state", type=click.Choice([each.value for each in NoticeState]))
def list_notices(*, state: str | None) -> None:
    """Count the notices, and list those that were given up, or are in another STATE."""
    _lines(outbox.listed(read(DatabaseSettings), state))


@notices.command("show")
@click.argument("key")
def show_notice(key: str) -> None:
    """Tell the story of the notice with this KEY: due, claimed, tried, and how it ended."""
    _lines(outbox.shown(read(DatabaseSettings), key), otherwise=f"Nobody was ever owed {key}.")


@notices.command("retry")
@click.argument("key")
def retry_notice(key: str) -> None:
    """Send a notice again that was given up; it is looked for before it is repeated."""
    otherwise = f"{key} was not given up; `caseflag outbox show` tells what became of it."
    _lines(outbox.retried(read(DatabaseSettings), key), otherwise=otherwise)


@caseflag.command("doctor")
def examine() -> None:
    """Say in plain words what is in order and what is not; status 1 if anything is not."""
    findings = asyncio.run(doctor.examined(read(Settings)))
    for finding in findings:
        click.echo(finding.line)
    if not all(finding.is_well for finding in findings):
        sys.exit(1)


@caseflag.command("manifest")
@click.option("--socket", is_flag=True, help="For Socket Mode: Slack needs no address of yours.")
@click.option("--url", default=manifest.EXAMPLE, show_default=True, help="Where you serve.")
def show_manifest(*, socket: bool, url: str) -> None:
    """Print the manifest that the Slack app is created from."""
    click.echo(manifest.text(None if socket else url), nl=False)


def _lines(asking: Coroutine[Any, Any, list[str]], *, otherwise: str = "") -> None:
    found: list[str] = []
    _told(lambda: found.extend(asyncio.run(asking)))
    if not found and otherwise:
        raise Problem(otherwise)
    click.echo("\n".join(found))


def _told(work: Callable[[], None]) -> None:
    try:
        work()
    except EXPECTED as error:
        raise Problem(logs.redacted(str(error))) from error
