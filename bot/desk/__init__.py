"""The desk: everything that can be asked, each use case one unit of work with one commit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from bot.clock import Clock
from bot.desk.accounts import Accounts
from bot.desk.act import NO_FILES, Files, Means, fresh_id
from bot.desk.cases import Cases
from bot.desk.casework import Casework
from bot.desk.comments import Comments
from bot.desk.crossings import Crossings
from bot.desk.drafts import Drafts
from bot.desk.duty_days import DutyDays
from bot.desk.escalations import Escalations
from bot.desk.exports import Exports
from bot.desk.guidance import Guidance
from bot.desk.hearing import Hearing
from bot.desk.home import Homes
from bot.desk.imports import Imports
from bot.desk.lists import Lists
from bot.desk.notices import Notices
from bot.desk.people import Calendar, Directory, People
from bot.desk.promises import Promises
from bot.desk.rota import Rota
from bot.desk.settings import Settings
from bot.desk.severities import Severities
from bot.desk.thresholds import Thresholds
from bot.storage.database import Database
from policy.notices import PagerService


def asleep() -> None:
    """Wake nobody: whoever delivers looks by itself, a little later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What `handlers.ports.Desk` asks for, and what jobs and the command line ask besides."""

    cases: Cases
    casework: Casework
    lists: Lists
    notices: Notices
    comments: Comments
    severities: Severities
    guidance: Guidance
    escalations: Escalations
    promises: Promises
    duty_days: DutyDays
    crossings: Crossings
    drafts: Drafts
    accounts: Accounts
    rota: Rota
    settings: Settings
    thresholds: Thresholds
    homes: Homes
    people: People
    imports: Imports
    exports: Exports
    hearing: Hearing

    @classmethod
    def over(
        cls,
        database: Database,
        clock: Clock,
        directory: Directory,
        *,
        wake: Callable[[], None] = asleep,
        new_id: Callable[[], str] = fresh_id,
        site: str = "",
        pagers: frozenset[PagerService] = frozenset(),
        calendar: Calendar | None = None,
        files: Files = NO_FILES,
    ) -> Self:
        """Return a desk that works with this database, clock and directory.

        `wake` is called after each commit, so that what it owes is looked at at once; `site` is
        the address of the workspace, `https://acme.slack.com/`; `pagers` are told of escalations;
        `calendar` may say who is on duty; `files` are what people bring along in forms.
        """
        people = People(database, directory, clock, calendar)
        means = Means(
            database=database,
            clock=clock,
            people=people,
            wake=wake,
            new_id=new_id,
            site=site,
            pagers=pagers,
            files=files,
        )
        return cls.with_means(means)

    @classmethod
    def with_means(cls, means: Means) -> Self:
        """Return a desk whose use cases all stand on these means."""
        return cls(
            cases=Cases(means),
            casework=Casework(means),
            lists=Lists(means),
            notices=Notices(means),
            comments=Comments(means),
            severities=Severities(means),
            guidance=Guidance(means),
            escalations=Escalations(means),
            promises=Promises(means),
            duty_days=DutyDays(means),
            crossings=Crossings(means),
            drafts=Drafts(means),
            accounts=Accounts(means),
            rota=Rota(means),
            settings=Settings(means),
            thresholds=Thresholds(means),
            homes=Homes(means),
            people=means.people,
            imports=Imports(means),
            exports=Exports(means),
            hearing=Hearing(means),
        )
