"""The command line: starts the workbench, and an app beside it."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from workbench.bench import Workbench, serving
from workbench.seed import BadSeed, read_seed, seed_for

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--seed", type=click.Path(path_type=Path), help="Who and what is in the workspace.")
@click.option("--manifest", type=click.Path(path_type=Path), help="An app's, without a seed.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=4040, show_default=True, help="0 means any free one.")
@click.option("--trace", type=click.Path(path_type=Path), help="Append all traffic as JSON lines.")
@click.option("--clock-hook", "clock_hooks", multiple=True, help="POST clock moves there, too.")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def main(
    *,
    seed: Path | None,
    manifest: Path | None,
    host: str,
    port: int,
    trace: Path | None,
    clock_hooks: tuple[str, ...],
    command: tuple[str, ...],
) -> None:
    """Run a Slack on this machine, and COMMAND as an app in it."""
    try:
        content = read_seed(seed) if seed else seed_for(manifest)
        status = asyncio.run(
            _run(content, command, host=host, port=port, trace=trace, clock_hooks=clock_hooks)
        )
    except (BadSeed, OSError) as error:
        raise click.ClickException(str(error)) from error
    sys.exit(status)


async def _run(
    seed: Mapping[str, object],
    command: Sequence[str],
    *,
    host: str,
    port: int,
    trace: Path | None,
    clock_hooks: Sequence[str],
) -> int:
    signals: asyncio.Queue[int] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, signals.put_nowait, number)
    async with serving(seed, host=host, port=port, trace=trace, clock_hooks=clock_hooks) as bench:
        click.echo(f"The workbench is at {bench.url}/")
        if not command:
            await signals.get()
            return 0
        return await _beside(bench, command, signals)


async def _beside(bench: Workbench, command: Sequence[str], signals: asyncio.Queue[int]) -> int:
    """Run the app until it ends; signals go on to it, and it is waited for."""
    # In a session of its own, so that Ctrl-C reaches it once, from here.
    child = await asyncio.create_subprocess_exec(
        *command, env=child_environment(bench), start_new_session=True
    )
    told: list[int] = []

    async def forward() -> None:
        while True:
            told.append(await signals.get())
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(told[-1])

    forwarding = asyncio.get_running_loop().create_task(forward())
    status = await child.wait()
    forwarding.cancel()
    if not told:
        click.echo(f"{command[0]} has ended by itself ({status}); the workbench stops.", err=True)
    return status if status >= 0 else 128 - status  # as a shell tells that a signal ended it


def child_environment(bench: Workbench) -> dict[str, str]:
    """Return the environment in which an app finds the workbench instead of Slack."""
    return bench.environment()
