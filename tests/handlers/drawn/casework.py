"""What the support side does with a case: every fact, form, menu and receipt of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

from handlers.metadata import CasePath
from handlers.views import casework as views
from handlers.views import hearing
from policy import notices as facts
from policy.cases import Case, CaseState, Solution, ThirdParty
from policy.fairness import Deed, Flag, Timing
from policy.hearing import Preferences
from policy.ids import CaseId
from tests.handlers.drawn.values import LATER, Drawn, the_case, the_file
from tests.support.builders import ANA, ELI, HELP, MONA, MORNING

OTHERS = frozenset(CaseId(f"CASE-{number}") for number in range(2, 60))


def all_facts(say: str) -> Iterator[facts.Fact]:
    """Yield every fact of casework."""
    yield from (
        facts.CaseClosed(by=ANA, reopenable_until=LATER, how=each) for each in facts.ClosedHow
    )
    yield from (facts.CaseAssigned(by=MONA, engineer=ELI, note=note) for note in ("", say))
    yield facts.CaseWaits(by=ELI, whom=say, until=LATER, text=say)
    yield facts.ThirdPartyDue(whom=say, until=LATER)
    yield facts.CaseResumed(by=ELI)
    yield facts.SolutionProposed(by=ELI, contact=ANA, text=say, closes_at=LATER)
    yield facts.SolutionRejected(by=ANA, reason=say)
    yield facts.SilenceCloses(contact=ANA, closes_at=LATER)
    yield facts.CaseMerged(by=ELI, gone=CaseId("CASE-1"), into=CaseId("CASE-2"))
    yield facts.CasesLinked(by=ELI, other=CaseId("CASE-2"))
    yield from (facts.ReminderAsked(user=ANA, text=text, asked_at=MORNING) for text in ("", say))
    yield facts.NoteAdded(author=ELI, text=say)
    yield from digests(say)
    for deed, timing in product(Deed, Timing):
        flag = Flag(deed=deed, timing=timing, at=LATER, by=ELI, margin=timedelta(minutes=5))
        yield facts.ClockFlagged(flag=flag)


def digests(say: str) -> Iterator[facts.Fact]:
    """Yield digests of one case and of many."""
    lines = tuple(
        facts.DigestLine(case=case, title=say, what=what, times=times)
        for case, what, times in product(sorted(OTHERS), facts.What, (1, 3))
    )
    yield from (facts.CasesDigest(lines=each) for each in (lines[:2], lines))


def forms(say: str, kept: Mapping[str, str]) -> Iterator[Drawn]:
    """Yield every form of casework."""
    case = the_case(say)
    file, path = the_file(case), CasePath(case=case.id, here=HELP)
    yield "assign", views.assign(file, path, kept=kept)
    yield "wait", views.wait(file, path, kept=kept)
    yield "solve", views.solve(file, path, kept=kept)
    yield "reject", views.reject(file, path, kept=kept)
    yield "merge", views.merge(file, path)
    yield "link", views.link(file, path, kept=kept)
    yield "hearing", hearing.form(Preferences(), path)
    yield "followers", views.followers(file, path)
    yield "no followers", views.followers(the_file(the_case(say, followers=frozenset())), path)
    yield "remind", views.remind(file, path, kept=kept)


def receipts(say: str) -> Iterator[Drawn]:
    """Yield what is said of casework that was done, and of casework that had no such effect."""
    yield "hearing chosen", hearing.chosen()
    for case in (
        worked(say),
        replace(worked(say), third_party=None, solution=None, engineer=None),
    ):
        file = the_file(case)
        yield "assigned", views.assigned(file)
        yield "waits", views.waits(file)
        yield "resumed", views.resumed(file)
        yield "proposed", views.proposed(file)
        yield "merged", views.merged(file)
        yield "follow", views.follow(file)
        yield "linked", views.linked(file)
        yield "reminds", views.reminds(file, LATER)
        yield from (
            (f"follows {each}", views.followed(file, follows=each)) for each in (True, False)
        )


def worked(say: str) -> Case:
    """Return a case that waits, has a solution and names others, all at once."""
    return the_case(
        say,
        state=CaseState.SOLUTION_PROPOSED,
        third_party=ThirdParty(whom=say, until=LATER),
        solution=Solution(text=say, by=ELI, at=MORNING, closes_at=LATER, due_at=LATER),
        related=OTHERS,
    )
