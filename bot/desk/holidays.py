"""Public holidays, from the tables that a library keeps."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

BEHIND, AHEAD = 1, 3
"""How many years the days reach back and ahead."""


def are_known(whose: str) -> bool:
    """Tell whether there is a table for a country, `DE`, or a part of one, `DE-BY`."""
    try:
        _tabled(whose)
    except NotImplementedError:
        return False
    return True


def public_holidays(whose: str, *, now: datetime) -> frozenset[date]:
    """Return a country's public holidays around this year; none where no country is named."""
    return _around(whose, now.year) if whose else frozenset()


@lru_cache(maxsize=64)
def _around(whose: str, year: int) -> frozenset[date]:
    return frozenset(_tabled(whose, *range(year - BEHIND, year + AHEAD)))


def _tabled(whose: str, *years: int) -> Iterable[date]:
    from holidays import country_holidays  # noqa: PLC0415 - 4 MB, unless a country is named

    country, _, part = whose.partition("-")
    return country_holidays(country, subdiv=part or None, years=years or None)
