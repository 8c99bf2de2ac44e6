"""Runs comparisons: the arms of each take turns in one run, so that the machine treats all alike.

A comparison is a function that is registered by its name and gives arms. An arm is a name and a
context manager that opens what it needs and gives a function to measure once. Each round measures
every arm once; a ratio is taken within its round, and the median of the rounds is what counts.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

ROUNDS = 3
PATIENCE = 240.0
"""Seconds that one comparison may take where it does not say otherwise."""

Figures = Mapping[str, float]
"""What was measured once, each under its name and unit: `{"p50 ms": 0.4}`."""
Measure = Callable[[], Awaitable[Figures]]
Chosen = TypeVar("Chosen")


class Missing(Exception):
    """An arm cannot be had on this machine; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One of those that are compared."""

    name: str
    opened: Callable[[], AbstractAsyncContextManager[Measure]]
    """Opens what is measured; may raise `Missing`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be reached: a ratio of two arms' figures, or a figure by itself."""

    says: str
    figure: str
    of: str
    to: str | None = None
    """The arm that it is compared to; None where the figure itself counts."""
    to_figure: str | None = None
    """That arm's figure, where it is another one."""
    at_most: float | None = None
    at_least: float | None = None

    def is_reached_by(self, value: float) -> bool:
        """Tell whether the value is within the limit; the limit itself counts."""
        return (self.at_most is None or value <= self.at_most) and (
            self.at_least is None or value >= self.at_least
        )


@dataclass(slots=True, kw_only=True)
class Run:
    """What a comparison is given: how thoroughly to look, and where."""

    is_quick: bool
    home: Path
    """A directory of this comparison's own, gone afterwards."""
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    """What several arms share is entered here."""

    def pick(self, full: Chosen, quick: Chosen) -> Chosen:
        """Return the one or the other, as the run is a thorough or a quick one."""
        return quick if self.is_quick else full

    def says(self, text: str) -> None:
        """Tell whoever waits what is going on."""
        told(f"    {text}")


Build = Callable[[Run], Awaitable[Sequence[Arm]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is compared, and what is to be reached."""

    name: str
    item: int
    """The number of the promise it belongs to."""
    title: str
    about: str
    """How it is measured, and where a target is missed, why."""
    targets: tuple[Target, ...]
    build: Build
    patience: float = PATIENCE
    """Seconds that it may take; what was measured until then counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What came of one arm."""

    name: str
    rounds: tuple[Figures, ...]
    trouble: str = ""
    """Why there is nothing, or less than there should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a comparison."""

    comparison: Comparison
    arms: tuple[Measured, ...]
    seconds: float
    trouble: str = ""


COMPARISONS: dict[str, Comparison] = {}


def comparison(
    name: str,
    *,
    item: int,
    title: str,
    targets: Sequence[Target],
    about: str = "",
    patience: float = PATIENCE,
) -> Callable[[Build], Build]:
    """Register a comparison by its name."""

    def registered(build: Build) -> Build:
        if name in COMPARISONS:
            message = f"two comparisons are called {name}"
            raise ValueError(message)
        COMPARISONS[name] = Comparison(
            name=name,
            item=item,
            title=title,
            about=about,
            targets=tuple(targets),
            build=build,
            patience=patience,
        )
        return build

    return registered


def arm(name: str, measure: Measure) -> Arm:
    """Return an arm that needs nothing to be opened."""

    @asynccontextmanager
    async def opened() -> Any:
        yield measure

    return Arm(name=name, opened=opened)


def told(text: str) -> None:
    """Tell whoever waits."""
    click.echo(text, err=True)


async def run(comparison: Comparison, *, is_quick: bool, home: Path) -> Result:
    """Measure all arms of a comparison, in turns; one that fails stops none of the others."""
    began, trouble, turns = time.monotonic(), "", Turns()
    try:
        async with asyncio.timeout(comparison.patience), AsyncExitStack() as stack:
            mine = Run(is_quick=is_quick, home=home, stack=stack)
            await turns.open(stack, await comparison.build(mine))
            await turns.take(1 if is_quick else ROUNDS)
    except TimeoutError:
        trouble = f"stopped after {comparison.patience:.0f} s"
    except Exception as error:  # noqa: BLE001 - the next comparison goes on whatever this one did
        trouble = _in_words(error)
    if trouble:
        told(f"    {comparison.name}: {trouble}")
    return Result(
        comparison=comparison,
        arms=turns.measured(),
        seconds=time.monotonic() - began,
        trouble=trouble,
    )


@dataclass(slots=True)
class Turns:
    """The arms of one comparison, and what was found so far."""

    ready: dict[str, Measure] = field(default_factory=dict)
    found: dict[str, list[Figures]] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    async def open(self, stack: AsyncExitStack, arms: Sequence[Arm]) -> None:
        """Open every arm that can be had."""
        for each in arms:
            self.found[each.name] = []
            try:
                self.ready[each.name] = await stack.enter_async_context(each.opened())
            except Missing as why:
                self._fails(each.name, f"missing: {why}")
            except Exception as error:  # noqa: BLE001 - said in the report
                self._fails(each.name, _in_words(error))

    async def take(self, rounds: int) -> None:
        """Measure every arm once a round; who goes first changes from round to round."""
        for number in range(rounds):
            names = [*self.ready]
            first = number % max(len(names), 1)
            for name in names[first:] + names[:first]:
                await self._measure(name, f"{number + 1}/{rounds}")

    async def _measure(self, name: str, turn: str) -> None:
        try:
            figures = await self.ready[name]()
        except Exception as error:  # noqa: BLE001 - said in the report
            del self.ready[name]
            self._fails(name, _in_words(error))
            return
        self.found[name].append(figures)
        told(f"    {turn} {name}: {spoken(figures)}")

    def _fails(self, name: str, why: str) -> None:
        self.troubles[name] = why
        told(f"    {name}: {why}")

    def measured(self) -> tuple[Measured, ...]:
        """Return what came of every arm, those that failed included."""
        return tuple(
            Measured(name=name, rounds=tuple(rounds), trouble=self.troubles.get(name, ""))
            for name, rounds in self.found.items()
        )


def spoken(figures: Figures) -> str:
    """Return the figures in one line."""
    return ", ".join(f"{name} {value:,.4g}" for name, value in figures.items())


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]
