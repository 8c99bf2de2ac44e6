"""What is typed behind `/case list`, and the form that filters."""

import pytest

from handlers.forms.lists import by_id, read, spelled, understood
from handlers.views.lists import thread
from policy.cases import Severity
from policy.ids import ChannelId, UserId
from policy.lists import CaseFilter
from policy.refusals import Unreadable
from tests.handlers.filled import chosen, filled, person, said, ticks
from tests.support.builders import a_case

ELI = UserId("U0ELI")
S1, S2 = Severity.S1, Severity.S2


@pytest.mark.parametrize(
    ("typed", "wanted", "page"),
    [
        ("", CaseFilter(mine=True), 1),
        ("3", CaseFilter(mine=True), 3),
        ("0", CaseFilter(mine=True), 1),
        ("99999999", CaseFilter(mine=True), 9999),
        ("OPEN s1", CaseFilter(is_open=True, severities=(S1,)), 1),
        ("S1 S2 2", CaseFilter(severities=(S1, S2)), 2),
        ("account waiting", CaseFilter(account=True, is_waiting=True), 1),
        ("available mine", CaseFilter(mine=True, is_available=True), 1),
        ("owner @U0ELI", CaseFilter(owner=ELI), 1),
        ("engineer @U0ELI open", CaseFilter(engineer=ELI, is_open=True), 1),
    ],
)
def test_filters_are_typed(typed, wanted, page):
    assert understood(typed) == (wanted, page)
    assert understood(spelled(wanted)) == (wanted, 1)


@pytest.mark.parametrize("typed", ["closed?", "owner", "owner eli", "S5", "\u0663", "<!channel>"])
def test_what_is_no_filter_is_refused(typed):
    with pytest.raises(Unreadable) as refused:
        understood(typed)
    assert "<" not in refused.value.message


def test_people_are_named_by_their_ids():
    assert by_id("list owner <@U0ELI|eli> and <@U1>") == "list owner @U0ELI and @U1"


def test_the_form_filters_by_all_that_is_chosen():
    view = filled(
        words=said("Login, page"),
        whose=chosen("account"),
        state=chosen("waiting"),
        severity=ticks("S1", "S2"),
        owner=person(ELI),
    )
    assert read(view) == CaseFilter(
        account=True, is_waiting=True, severities=(S1, S2), owner=ELI, words=("login", "page")
    )


def test_the_form_filters_by_nothing_where_nothing_is_chosen():
    view = filled(words=said(None), whose=chosen("all"), state=chosen("any"), severity=ticks())
    assert read(view) == CaseFilter()


@pytest.mark.parametrize(
    ("facts", "site", "expected"),
    [
        ({}, "https://a.slack.com/", "https://a.slack.com/archives/CHELP/p1748851200000100"),
        ({"thread": None}, "https://a.slack.com/", ""),
        ({"channel": ChannelId("U1")}, "https://a.slack.com/", ""),
        ({}, "", ""),
    ],
)
def test_a_case_leads_to_its_thread(facts, site, expected):
    assert thread(a_case(**facts), site) == expected
