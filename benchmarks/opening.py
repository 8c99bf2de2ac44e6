"""What opening a case costs: from the submitted form to everything committed."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from secrets import token_hex

from benchmarks.databases import KINDS, migrated
from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.load import at_once, one_by_one, percentile, submitted
from benchmarks.packages import installed
from benchmarks.servers import PEERS, Server, caseflag, environment, peer, served
from benchmarks.slack import Slack, slack
from handlers.ids import Modal
from handlers.metadata import OpeningPath
from policy.ids import ChannelId

ONE, P99, RATE, FAILED = "p50 ms", "p99 of 32 ms", "per second", "failed"
TUTORIAL, FLASK = "tutorial, async", "tutorial, Flask"


@comparison(
    "opening",
    item=3,
    title="Opening a case, from the submitted form to case, history and card committed.",
    targets=(
        *(
            Target(
                says=f"{kind}, one at a time: at most 2.5 x the same SQL by hand",
                figure=ONE,
                of=f"Caseflag, {kind}",
                to=f"by hand, {kind}",
                at_most=2.5,
            )
            for kind in KINDS
        ),
        *(
            Target(
                says=f"{kind}, 32 at a time: at least 1/2.5 of what plain SQL by hand opens a second",
                figure=RATE,
                of=f"Caseflag, {kind}",
                to=f"by hand, {kind}",
                at_least=1 / 2.5,
            )
            for kind in KINDS
        ),
        Target(
            says="p99 at 32 at most 1/10 of the default pool's",
            figure=P99,
            of="Caseflag, SQLite",
            to=TUTORIAL,
            at_most=1 / 10,
        ),
        Target(says="none fails", figure=FAILED, of="Caseflag, SQLite", at_most=0),
        Target(
            says="at least 5 x the tutorial bot's cases a second",
            figure=RATE,
            of="Caseflag, SQLite",
            to=FLASK,
            at_least=5,
        ),
    ),
    about=(
        "SQLite and PostgreSQL with every commit on disk. By hand is aiohttp with a signature check "
        "and one transaction of plain SQL by the bare driver, whose rows the database copies by itself. "
        "Caseflag checks the form, roles, twins and similar cases, keeps history hash-chained and draws "
        "the answer: ten statements of SQLAlchemy's Core, some 50 us of Python each, beside Bolt's dispatch and "
        "the forms. The tutorial bots write a case and one entry with SQLAlchemy's ORM and default pool, and "
        "add a scheduler job: a fourth of the work, and a commit that costs the disk as much, so that no "
        "process with one core opens five times as many: plain SQL by hand does not either, and it "
        "answers 32 at once in about the tenth that is asked of all of Caseflag. Other cases of the account "
        "are open, as in real life."
    ),
)
async def opening(run: Run) -> list[Arm]:
    """Start Caseflag and its peers, each with a database of its own."""
    here = await run.stack.enter_async_context(slack())
    arms = []
    for kind in KINDS:
        ours = partial(_ours, run, here, kind)
        hand = partial(_by_hand, run, here, kind)
        arms += [_arm(run, f"Caseflag, {kind}", ours), _arm(run, f"by hand, {kind}", hand)]
    return [
        *arms,
        _arm(run, TUTORIAL, partial(_tutorial, run, here)),
        _arm(run, FLASK, partial(_flask, run, here)),
    ]


@asynccontextmanager
async def _ours(run: Run, here: Slack, kind: str) -> AsyncIterator[Server]:
    async with (
        migrated(run, kind) as url,
        caseflag(run, here, url, "serve", "--no-jobs") as server,
    ):
        yield server


@asynccontextmanager
async def _by_hand(run: Run, here: Slack, kind: str) -> AsyncIterator[Server]:
    async with migrated(run, kind) as url, peer(run, here, "hand.py", DATABASE_URL=url) as server:
        yield server


@asynccontextmanager
async def _tutorial(run: Run, here: Slack) -> AsyncIterator[Server]:
    url = f"sqlite+aiosqlite:///{run.home / 'tutorial.db'}"
    async with peer(run, here, "tutorial.py", DATABASE_URL=url) as server:
        yield server


@asynccontextmanager
async def _flask(run: Run, here: Slack) -> AsyncIterator[Server]:
    packages = await installed()
    url = f"sqlite+aiosqlite:///{run.home / 'flask.db'}"
    said = environment(here, DATABASE_URL=url, PYTHONPATH=str(packages))
    command = (sys.executable, str(PEERS / "tutorial_flask.py"))
    async with served(run, *command, environment=said) as server:
        yield server


def _arm(run: Run, name: str, started: Callable[[], AbstractAsyncContextManager[Server]]) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with started() as server:
            yield lambda: _opens(run, server.port)

    return Arm(name=name, opened=opened)


async def _opens(run: Run, port: int) -> Figures:
    one = await one_by_one(port, [_form() for _ in range(run.pick(150, 20))], warm=5)
    many = [_form() for _ in range(run.pick(640, 96))]
    took, seconds, failed = await at_once(port, many)
    return {
        ONE: percentile(one, 0.5) * 1000,
        P99: percentile(took, 0.99) * 1000,
        RATE: (len(took) - failed) / seconds,
        FAILED: failed,
    }


def _form() -> bytes:
    """Return the form, filled in; no two titles share a word."""
    title = " ".join(token_hex(4) for _ in range(4))
    typed = {
        "title": {"type": "plain_text_input", "value": title},
        "description": {
            "type": "plain_text_input",
            "value": f"Since this morning {title} answers nothing that is read from disk.",
        },
        "severity": {"type": "static_select", "selected_option": {"value": "S3"}},
    }
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": str(Modal.CASE),
        "private_metadata": OpeningPath(here=ChannelId("C0ACME")).pack(),
        "blocks": [{"type": "input", "block_id": name} for name in typed],
        "state": {"values": {name: {"a": value} for name, value in typed.items()}},
    }
    return submitted(view)
