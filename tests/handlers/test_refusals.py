"""Every refusal is one sentence that says what to do next."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any, get_type_hints

import pytest

from handlers.views.refusals import NOT_NOW, sentence
from policy import refusals
from policy.refusals import Amiss, Refusal
from tests.support.builders import MORNING

FACTS: dict[str, Any] = {
    "case": "CASE-1",
    "by": "UMONA",
    "owner": "UMONA",
    "severity": "S2",
    "accepted": None,
}
STATES = {"AlreadyInState": "closed", "EscalationIsOver": "withdrawn", "EscalationMoved": "active"}
FIELD = {"field": "text", "message": "Write something.", "messages": {}}


def kinds(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for each in of.__subclasses__():
        yield each
        yield from kinds(each)


def a_fact(name: str, of: Any) -> Any:
    """Return a value of the type that a refusal's fact has."""
    types = (of, *getattr(of, "__args__", ()))
    if datetime in types:
        return MORNING
    return 1 if int in types else FACTS.get(name, name)


def an_example(kind: type[Refusal]) -> Any:
    """Return a refusal of this kind, with facts that fit it."""
    made: Any = kind
    hints = get_type_hints(kind)
    facts = {each.name: a_fact(each.name, hints[each.name]) for each in fields(made)}
    known = {"state": STATES.get(kind.__name__, ""), **FIELD}
    return made(**{name: known.get(name, value) for name, value in facts.items()})


@pytest.mark.parametrize("kind", sorted(set(kinds()), key=str))
def test_every_refusal_has_a_sentence_of_its_own(kind):
    said = sentence(an_example(kind))
    assert said != NOT_NOW
    assert said.endswith((".", "?"))


def test_a_refusal_without_a_sentence_says_at_least_that_it_is_one():
    assert sentence(Refusal()) == NOT_NOW


@pytest.mark.parametrize(
    "kind", [refusals.NoAccount, refusals.SameSeverity, refusals.OutOfTime, Amiss]
)
def test_what_stands_under_a_field_is_plain_text(kind):
    assert not set("*<`_") & set(sentence(an_example(kind)))


def test_whoever_comes_second_learns_who_was_first():
    assert (
        sentence(an_example(refusals.AlreadyAcknowledged))
        == "<@UMONA> acknowledged it just before you."
    )
