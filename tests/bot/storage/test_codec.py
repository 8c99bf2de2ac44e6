"""What goes into JSON comes out again, whatever it says."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import codec
from policy.escalations import EscalationRequest
from policy.guidance.questions import Facts
from policy.guidance.walk import Answer
from policy.ids import CaseId
from policy.notices import Address, CaseTaken, Fact, Notice, Thread
from policy.settings import WorkspaceSettings
from policy.thresholds import SHIPPED, ThresholdTable
from tests.bot.storage.values import values_of
from tests.support.builders import ELI, MORNING, WORKSPACE, workspace_settings

KINDS = [Notice, EscalationRequest, Facts, tuple[Answer, ...], WorkspaceSettings, ThresholdTable]


def there_and_back(kind, value):
    return codec.decode(kind, json.loads(json.dumps(codec.encode(kind, value))))


@pytest.mark.parametrize("fact", get_args(Fact), ids=lambda fact: fact.__name__)
def test_every_fact_comes_back_as_it_was(fact):
    @given(values_of(fact))
    def comes_back(value):
        assert there_and_back(Fact, value) == value

    comes_back()


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_document_comes_back_as_it_was(kind):
    @given(values_of(kind))
    def comes_back(value):
        assert there_and_back(kind, value) == value

    comes_back()


@given(st.sampled_from(get_args(Address)).flatmap(values_of))
def test_every_address_comes_back_as_it_was(address):
    assert there_and_back(Address, address) == address


def test_the_shipped_table_comes_back_as_it_was():
    assert there_and_back(ThresholdTable, SHIPPED) == SHIPPED


def test_a_field_of_a_newer_release_is_passed_over():
    data = codec.encode(WorkspaceSettings, workspace_settings()) | {"invented_later": [1]}
    assert codec.decode(WorkspaceSettings, data) == workspace_settings()


def test_a_field_that_an_older_release_did_not_write_gets_its_default():
    data = codec.encode(WorkspaceSettings, workspace_settings(chases_needed=2))
    del data["chases_needed"]
    assert codec.decode(WorkspaceSettings, data) == workspace_settings()


def test_a_field_without_a_default_must_be_there():
    with pytest.raises(KeyError):
        codec.decode(WorkspaceSettings, {})


def test_a_fact_of_a_newer_release_is_refused_by_name():
    notice = Notice(
        workspace=WORKSPACE,
        key="cases.taken:CASE-1:thread",
        to=Thread(case=CaseId("CASE-1")),
        fact=CaseTaken(engineer=ELI),
        urgency=3,
        at=MORNING,
    )
    data = codec.encode(Notice, notice)
    data["fact"]["is"] = "CasePainted"
    with pytest.raises(ValueError, match="CasePainted"):
        codec.decode(Notice, data)


def test_a_type_without_an_agreed_json_is_refused():
    with pytest.raises(TypeError, match="complex"):
        codec.encode(complex, 1j)
