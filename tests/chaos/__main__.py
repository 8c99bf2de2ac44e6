"""`python -m tests.chaos`: 1, 2 and 4 replicas, hundreds of kills, and a report."""

import asyncio
import random
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import click

from bot.storage import migrations_run
from tests.chaos import report
from tests.chaos.disk import Disk, a_disk
from tests.chaos.run import Outcome, Plan, tried
from tests.support.postgres import Server, a_server


@click.command()
@click.option("--seed", type=int, help="Try once more what was tried with this seed.")
@click.option(
    "--kills", default=300, show_default=True, help="For most replicas; fewer have less."
)
@click.option("--replicas", "numbers", default=(1, 2, 4), multiple=True, show_default=True)
@click.option("--sqlite/--no-sqlite", default=True, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Where to write the report.")
def main(
    seed: int | None, kills: int, numbers: tuple[int, ...], out: Path | None, *, sqlite: bool
) -> None:
    """Kill Caseflag at random, again and again, and balance the books."""
    seed = seed if seed is not None else random.SystemRandom().randrange(10_000)
    click.echo(f"seed {seed}")
    tries = [
        partial(_on_postgres, number, kills * number // max(numbers), seed) for number in numbers
    ]
    tries += [partial(_on_sqlite, kills // max(numbers), seed)] if sqlite else []
    outcomes: list[Outcome] = []
    for each in tries:
        outcomes.append(each())
        if out:
            out.write_text(report.page(outcomes), encoding="utf-8")
    sys.exit(0 if all(each.is_well for each in outcomes) else 1)


def _on_postgres(number: int, kills: int, seed: int) -> Outcome:
    plan = _plan(number, kills, seed, "PostgreSQL")
    durable = a_server(synchronous_commit="on", fsync="on", full_page_writes="on")
    with durable as server:  # what is committed has to survive the server's own death
        migrations_run.upgrade(server.url)
        return _done(plan, server.url, server=server)


def _on_sqlite(kills: int, seed: int) -> Outcome:
    plan = _plan(1, kills, seed, "SQLite")
    with a_disk() as disk:
        url = f"sqlite+aiosqlite:///{disk.path / 'caseflag.db'}"
        migrations_run.upgrade(url)
        return _done(plan, url, disk=disk if disk.is_small else None)


def _plan(number: int, kills: int, seed: int, database: str) -> Plan:
    return Plan(
        replicas=number,
        kills=kills,
        restarts=2,
        seed=seed,
        cases=max(20, kills),
        crossing=timedelta(seconds=max(20, kills / 2)),
        database=database,
    )


def _done(
    plan: Plan, url: str, *, server: Server | None = None, disk: Disk | None = None
) -> Outcome:
    click.echo(f"{plan.database}, {plan.replicas} replicas, {plan.kills} kills")
    outcome = asyncio.run(tried(plan, url, server=server, disk=disk, say=click.echo))
    for each in report.troubles(outcome):
        click.echo(f"  {each}", err=True)
    click.echo(f"  {'well' if outcome.is_well else 'NOT well'} after {outcome.seconds:.0f} s")
    return outcome


if __name__ == "__main__":
    main()
