"""Lists and searches find what the person may see, and do not look at all the rest for it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import Work
from bot.storage.engines import addressed
from bot.storage.transaction import Transaction
from policy.cases import CaseState, OpenQuestion, Severity
from policy.comments import Visibility
from policy.escalations import EscalationState
from policy.ids import AccountId, CaseId, CommentId, EscalationId, Tier, UserId
from policy.lists import CaseFilter, searched
from policy.roles import Role, Standing
from policy.thresholds import SHIPPED
from tests.support.builders import (
    ACME,
    ANA,
    CLEO,
    ELI,
    EVA,
    GLOBEX,
    LEA,
    MONA,
    MORNING,
    OTTO,
    WORKSPACE,
    ZOE,
    a_case,
    a_comment,
    a_standing,
    an_account,
    an_escalation,
    an_escalation_request,
)

NOW = MORNING + timedelta(days=6)
OURS = a_standing(ELI, Role.ENGINEER)
ASKED = OpenQuestion(text="Which browser?", asked_by=ELI, asked_at=MORNING)
CASES: tuple[dict[str, Any], ...] = (
    {"title": "Login is down", "engineer": ELI},
    {"title": "Export hangs", "severity": Severity.S1, "opened_at": NOW - timedelta(hours=1)},
    {"title": "Straße heißt anders", "state": CaseState.WAITING_CUSTOMER, "question": ASKED},
    {"title": "Old login", "state": CaseState.CLOSED, "severity": Severity.S1},
    {"title": "Login elsewhere", "account": GLOBEX, "requester": ZOE, "contact": ZOE},
    {"title": "Wish", "severity": Severity.S4, "requester": CLEO, "contact": CLEO},
    {"title": "Odd tier", "tier": Tier("Bronze"), "severity": Severity.S4, "engineer": EVA},
)


SAID: tuple[dict[str, Any], ...] = (
    {"case": "CASE-2", "text": "A yellow elephant, an Elephant!"},
    {"case": "CASE-5", "text": "The elephant is yellow.", "author": ZOE},
    {"case": "CASE-1", "text": "Their password is swordfish.", "visibility": Visibility.INTERNAL},
    {"case": "CASE-1", "text": "Rude conduct.", "visibility": Visibility.ESCALATION},
)
ESCALATED: tuple[dict[str, Any], ...] = (
    {"case": "CASE-4", "owner": MONA, "state": EscalationState.CLOSED},
    {"case": "CASE-5", "owner": MONA},
    {"case": "CASE-6", "owner": OTTO, "state": EscalationState.REDIRECTED},
    {"case": "CASE-7", "owner": LEA, "request": an_escalation_request(confidential=True)},
)
LEAD = a_standing(LEA, Role.LEAD)


async def say_things(work):
    for number, facts in enumerate(SAID):
        said = {**facts, "case": CaseId(facts["case"]), "id": CommentId(f"comment-{number}")}
        await work.comments.add(a_comment(**said))


async def escalate(work):
    for number, facts in enumerate(ESCALATED):
        put = {**facts, "case": CaseId(facts["case"]), "id": EscalationId(f"escalation-{number}")}
        await work.escalations.add(an_escalation(**put))


@pytest.fixture
async def listed(acme):
    """Give a way to ask for a page; what it finds are numbers, the newest first."""
    async with acme.begin() as work:
        await work.accounts.save(an_account(id=GLOBEX, name="Globex", channels=frozenset()))
        for number, facts in enumerate(CASES, start=1):
            opened = {"opened_at": MORNING + timedelta(minutes=number), **facts}
            await work.cases.add(a_case(id=CaseId(f"CASE-{number}"), thread=None, **opened))
        await say_things(work)
        await escalate(work)
        await work.commit()

    async def ask(who, offset=0, limit=10, now=NOW, **wanted):
        async with acme.reading() as work:
            found = await work.lists.page(
                who, CaseFilter(**wanted), SHIPPED, now=now, offset=offset, limit=limit
            )
        return [int(each.id.removeprefix("CASE-")) for each in found]

    return ask


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [2, 7, 6, 5, 4, 3, 1]),
        ({"is_open": True}, [2, 7, 6, 5, 3, 1]),
        ({"is_waiting": True}, [3]),
        ({"is_available": True}, [5, 3, 1]),
        ({"severities": (Severity.S1,)}, [2, 4]),
        ({"severities": (Severity.S1, Severity.S4), "is_open": True}, [2, 7, 6]),
        ({"engineer": EVA}, [7]),
        ({"owner": EVA}, [7]),
        ({"owner": MONA}, [5, 4]),
        ({"owner": MONA, "is_open": True}, [5]),
        ({"owner": OTTO}, []),
        ({"mine": True}, [1]),
        ({"account": True}, []),
        ({"words": searched("login")}, [5, 4, 1]),
        ({"words": searched("LOG is"), "is_open": True}, [1]),
        ({"words": searched("strasse")}, [3]),
        ({"words": searched("white page")}, [7, 6, 5, 4, 3, 2, 1]),
        ({"words": searched("nowhere")}, []),
        ({"words": searched("yellow elephant")}, [5, 2]),
        ({"words": searched("ELEP"), "severities": (Severity.S1,)}, [2]),
        ({"words": searched("elephant login")}, []),
        ({"words": searched("password")}, [1]),
        ({"words": searched("conduct")}, []),
    ],
)
async def test_the_support_side_finds_every_case(listed, wanted, expected):
    assert await listed(OURS, **wanted) == expected


@pytest.mark.parametrize(
    ("who", "wanted", "expected"),
    [
        (a_standing(ANA), {}, [2, 7, 6, 4, 3, 1]),
        (a_standing(ANA), {"mine": True}, [2, 7, 4, 3, 1]),
        (a_standing(ANA), {"account": True, "is_open": True}, [2, 7, 6, 3, 1]),
        (a_standing(ANA), {"engineer": ELI}, [1]),
        (a_standing(ANA), {"words": searched("login")}, [4, 1]),
        (a_standing(ANA), {"words": searched("elephant")}, [2]),
        (a_standing(ANA), {"words": searched("password")}, []),
        (a_standing(ANA), {"words": searched("conduct")}, []),
        (a_standing(ANA), {"owner": MONA}, [4]),
        (a_standing(ZOE, accounts=()), {}, [5]),
        (a_standing(ZOE, accounts=()), {"words": searched("login")}, [5]),
        (a_standing(ZOE, accounts=()), {"engineer": ELI}, []),
        (a_standing("UNEW", accounts=()), {}, []),
        (a_standing(ELI, accounts=()), {"mine": True}, []),  # no engineer any more
        (a_standing(ANA, accounts=(ACME, GLOBEX)), {}, [2, 7, 6, 5, 4, 3, 1]),
    ],
)
async def test_a_customer_finds_what_they_may_see(listed, who, wanted, expected):
    assert await listed(who, **wanted) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (LEAD, [7]),
        (a_standing(MONA, Role.DUTY_MANAGER), []),
        (a_standing(EVA, Role.ENGINEER), []),
        (a_standing(EVA, Role.ENGINEER, Role.LEAD), []),  # it is about her own case
    ],
)
async def test_who_answers_for_a_confidential_escalation_is_found_by_leads_alone(
    listed, who, expected
):
    assert await listed(who, owner=LEA) == expected


async def test_a_comment_is_found_by_the_words_it_has_now(acme, listed):
    async with acme.begin() as work:
        await work.comments.reword(a_comment(id=CommentId("comment-0"), text="A green giraffe."))
        await work.comments.reword(a_comment(id=CommentId("comment-1"), text=""))
        await work.commit()
    assert await listed(OURS, words=searched("giraffe")) == [2]
    assert await listed(OURS, words=searched("elephant")) == []


async def test_pages_follow_one_another(listed):
    pages = [await listed(a_standing(ANA), offset=start, limit=2) for start in (0, 2, 4, 6)]
    assert pages == [[2, 7], [6, 4], [3, 1], []]
    words = {"words": searched("login")}
    assert [await listed(OURS, offset=at, limit=2, **words) for at in (0, 2)] == [[5, 4], [1]]


async def test_a_threshold_counts_to_the_very_second(listed):
    at = NOW - timedelta(hours=1) + SHIPPED.threshold(Severity.S1, Tier("Gold"))
    assert 2 in await listed(OURS, is_available=True, now=at)
    assert 2 not in await listed(OURS, is_available=True, now=at - timedelta(seconds=1))


async def test_a_case_is_found_by_the_words_it_has_now(acme, listed):
    async with acme.begin() as work:
        case = await work.cases.get(WORKSPACE, CaseId("CASE-1"))
        await work.cases.save(a_case(title="Printer on fire", thread=None, version=2))
        await work.cases.save(a_case(title="Printer on fire", thread=None, version=3))
        await work.commit()
    assert case.title == "Login is down"
    assert await listed(OURS, words=searched("printer fire")) == [1]
    assert await listed(OURS, words=searched("login")) == [5, 4]


@pytest.mark.parametrize("typed", ['"', "* OR", "a'b", ":*", "of : x", "NEAR(", "-x", "()&|!"])
async def test_a_search_takes_whatever_is_typed(listed, typed):
    await listed(OURS, words=searched(typed))


NUMBERS = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 20000)"
FILL = """
{numbers}
INSERT INTO cases (workspace, number, account, account_name, tier, title, folded_title,
  description, words, severity, state, requester, contact, engineer, component, environment,
  business_impact, channel, opened_at, followers, clock_version, version, announced_version)
SELECT 'T1', n, 'a' || (n % 200), 'A', 'Gold', 'Case', 'case', 'Words',
  'case words n' || (n % 500) || CASE WHEN n % 7 = 0 THEN ' seventh' ELSE '' END,
  'S' || (1 + n % 4), CASE WHEN n % 20 = 0 THEN 'new' ELSE 'closed' END,
  'u' || (n % 900), 'u' || (n % 900), 'e' || (n % 40), '', '', '', 'C1', {at}, '[]', 1, 1, 1
FROM s
"""
TALK = """
{numbers}
INSERT INTO comments (workspace, id, case_number, author, side, visibility, kind, text, words, at)
SELECT 'T1', 'c' || n, n, 'u' || (n % 900), 'customer', 'public', 'comment', 'Words',
  'said words m' || (n % 500), {at}
FROM s
"""
OPENED = {
    "sqlite": "datetime('2025-01-01', n || ' minutes') || '.000000'",
    "postgresql": "timestamptz '2025-01-01' + n * interval '1 minute'",
}


@pytest.fixture
async def crowded(database_url):
    """Give a unit of work over very many cases, and the plans made for all it does."""
    engine = create_async_engine(addressed(database_url))
    said = []
    at = OPENED[engine.dialect.name]
    filled = [each.format(at=at, numbers=NUMBERS) for each in (FILL, TALK)]
    async with engine.connect() as connection:
        work = Work(Transaction(connection=connection, is_writing=True))
        for number in range(200):
            account = an_account(id=AccountId(f"a{number}"), name=f"A{number}")
            await work.accounts.save(account)
        for each in filled:
            await connection.execute(text(each))
        await connection.execute(text("ANALYZE"))

        @event.listens_for(engine.sync_engine, "before_cursor_execute")
        def hear(connection, cursor, statement, parameters, context, executemany):
            said.append((statement, parameters))

        yield work, lambda: plan_of(connection, said[-1])
        await connection.rollback()
    await engine.dispose()


async def plan_of(connection, said):
    statement, parameters = said
    kind = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    rows = await connection.exec_driver_sql(f"{kind} {statement}", parameters)
    return "\n".join(" ".join(map(str, row)) for row in rows)


SCANS = (
    *("SCAN cases", "SCAN comments", "SCAN escalations"),
    *("Seq Scan on cases", "Seq Scan on comments"),
)
"""No escalation is there: PostgreSQL reads an empty table as it stands."""
ASKS: dict[str, tuple[Standing, dict[str, Any]]] = {
    "mine": (a_standing("u7", accounts=("a7",)), {"mine": True}),
    "a customer's": (a_standing("u7", accounts=("a7",)), {}),
    "of two accounts": (a_standing("u7", accounts=("a7", "a8")), {"account": True}),
    "all of ours": (OURS, {}),
    "open": (OURS, {"is_open": True}),
    "waiting": (OURS, {"is_waiting": True}),
    "available": (OURS, {"is_available": True}),
    "the worst": (OURS, {"severities": (Severity.S1,)}),
    "two severities": (OURS, {"severities": (Severity.S1, Severity.S2)}),
    "an engineer's": (OURS, {"engineer": UserId("e3")}),
    "an owner's": (OURS, {"owner": UserId("e3")}),
    "a rare word": (OURS, {"words": ("n77",)}),
    "a common word": (OURS, {"words": ("case",)}),
    "a word somebody said": (OURS, {"words": ("m77",)}),
    "a word many said": (OURS, {"words": ("said",)}),
    "a customer's word": (a_standing("u7", accounts=("a7",)), {"words": ("said",)}),
}


async def test_the_first_page_is_found_without_scanning(crowded):
    work, plan = crowded
    for name, (who, wanted) in ASKS.items():
        await work.lists.page(who, CaseFilter(**wanted), SHIPPED, now=NOW, offset=0, limit=11)
        found = await plan()
        assert not any(each in found for each in SCANS), f"{name}: {found}"
