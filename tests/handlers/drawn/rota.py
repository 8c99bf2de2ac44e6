"""The rota: pages and forms of every kind of reader, and every fact about it."""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

from handlers.views import rota
from policy import notices as facts
from policy.hours import DutyHours, Span
from policy.ids import OverrideId, ShiftId, SwapId
from policy.roles import Role
from policy.rota import (
    NO_END,
    Bench,
    DutyPage,
    DutyTimes,
    Override,
    Rota,
    Shift,
    Swap,
    foreseen,
    who_is_on,
)
from tests.handlers.drawn.values import Drawn
from tests.support.builders import ELI, LEA, MONA, MORNING, OTTO, WORKSPACE, a_standing

H = timedelta(hours=1)
TIMES = DutyTimes(hours=DutyHours(zone="Europe/Berlin"), holidays="DE-BY", digest_at=time(8, 30))


def a_shift(number: int) -> Shift:
    """Return a shift of the week, by number."""
    return Shift(
        workspace=WORKSPACE,
        id=ShiftId(f"{number}"),
        zone="Europe/Berlin",
        weekday=number % 7,
        start=time(8),
        end=time(20),
        person=(MONA, OTTO)[number % 2],
        backup=LEA if number % 3 else None,
        on_holidays=bool(number % 2),
    )


def an_override(number: int) -> Override:
    """Return an override, by number."""
    return Override(
        workspace=WORKSPACE,
        id=OverrideId(f"{number}"),
        start_at=MORNING + 24 * number * H,
        end_at=MORNING + (24 * number + 2) * H,
        person=OTTO,
        instead_of=MONA if number % 2 else None,
        made_by=LEA,
        made_at=MORNING,
    )


def a_swap(**other: Any) -> Swap:
    """Return a swap that waits for its answer."""
    known: Any = {"giver": MONA, "taker": OTTO, "proposed_by": MONA}
    return Swap(
        workspace=WORKSPACE,
        id=SwapId("s" * 32),
        start_at=MORNING,
        end_at=MORNING + 8 * H,
        proposed_at=MORNING,
        **(known | other),
    )


FULL = Rota(
    shifts=tuple(a_shift(number) for number in range(60)),
    overrides=tuple(an_override(number) for number in range(30)),
)
SPARSE = Rota(shifts=(a_shift(1),))
ROTAS = {"full": FULL, "sparse": SPARSE, "none": Rota()}


def a_page(rota: Rota, user: str, *roles: Role) -> DutyPage:
    """Return the rota as one person reads it."""
    bench = Bench(listed=frozenset() if rota is SPARSE else frozenset({MONA, OTTO}))
    swaps = (a_swap(), a_swap(proposed_by=OTTO)) * 4
    return DutyPage(
        reader=a_standing(user, *roles),
        on=who_is_on(rota, bench, now=MORNING),
        rota=rota,
        gaps=foreseen(rota, now=MORNING),
        swaps=() if rota is SPARSE else swaps,
        times=TIMES,
        now=MORNING,
    )


def pages() -> Iterator[tuple[str, DutyPage]]:
    """Yield what each kind of reader reads of each rota."""
    readers = ((MONA, Role.DUTY_MANAGER), (OTTO, Role.DUTY_MANAGER), (LEA, Role.LEAD))
    for name, known in ROTAS.items():
        for user, role in (*readers, (ELI, Role.ENGINEER)):
            yield f"{name} {user}", a_page(known, user, role)


def messages() -> Iterator[Drawn]:
    """Yield every answer about the rota."""
    for name, page in pages():
        yield f"duty {name}", rota.page(page)
    yield "took it", rota.taken(an_override(1))
    yield "asked for it", rota.taken(a_swap(proposed_by=OTTO))
    for accepted in (True, False):
        yield f"answered {accepted}", rota.answered(a_swap(accepted=accepted))


def views() -> Iterator[Drawn]:
    """Yield every modal about the rota."""
    for name, page in pages():
        yield f"week {name}", rota.week(page)
        yield f"swap {name}", rota.swap(page)
        yield f"new shift {name}", rota.shift(page, None)
        yield f"shift {name}", rota.shift(page, a_shift(3))
        yield f"times {name}", rota.times(page)
    yield "stand in", rota.standin()


def all_facts() -> Iterator[facts.Fact]:
    """Yield every fact about the rota."""
    swap: Any = {"swap": SwapId("s" * 32), "giver": MONA, "taker": OTTO}
    span: Any = {"start_at": MORNING, "end_at": MORNING + 8 * H}
    yield facts.SwapProposed(by=MONA, **swap, **span)
    for accepted in (True, False):
        yield facts.SwapAnswered(by=OTTO, accepted=accepted, **swap, **span)
    for instead_of, is_revoked in ((MONA, False), (None, True)):
        yield facts.DutyArranged(
            by=LEA, person=OTTO, instead_of=instead_of, is_revoked=is_revoked, **span
        )
    gap, endless = Span(**span), Span(start_at=MORNING, end_at=NO_END)
    yield facts.GapsForeseen(gaps=(gap, endless))
    yield facts.CalendarUnusable(error="http_404")
    yield facts.GapsForeseen(gaps=(gap,) * 50)
