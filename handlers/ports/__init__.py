"""All that the conversation asks of the rest of Caseflag: the product's table of contents.

One small protocol per word, held together by `Desk`; each stands in the file of its word. Each call is one unit of work, done and
committed when it returns. Every call looks up what `by` may do at that moment, and raises a
`policy.refusals.Refusal` where the rules say no; nothing has happened then.
"""

from typing import Protocol

from handlers.ports.cases import Cases, Comments, Severities
from handlers.ports.casework import Casework
from handlers.ports.escalations import Escalations
from handlers.ports.guidance import Crossings, Drafts, Guidance
from handlers.ports.hearing import Hearing
from handlers.ports.homes import Homes
from handlers.ports.lists import Lists
from handlers.ports.notices import Notices
from handlers.ports.promises import Promises
from handlers.ports.rota import Rota
from handlers.ports.thresholds import Thresholds
from handlers.ports.workspace import Accounts, People, Settings

__all__ = [
    "Accounts",
    "Cases",
    "Casework",
    "Comments",
    "Crossings",
    "Desk",
    "Drafts",
    "Escalations",
    "Guidance",
    "Hearing",
    "Homes",
    "Lists",
    "Notices",
    "People",
    "Promises",
    "Rota",
    "Settings",
    "Severities",
    "Thresholds",
]


class Desk(Protocol):
    """Everything that can be asked, by word."""

    @property
    def cases(self) -> Cases:
        """Open, read, pick, take, close and reopen."""
        ...

    @property
    def casework(self) -> Casework:
        """Assign, wait, propose and answer a solution, merge, link, follow."""
        ...

    @property
    def lists(self) -> Lists:
        """Look cases up."""
        ...

    @property
    def notices(self) -> Notices:
        """What became of what people had to be told."""
        ...

    @property
    def comments(self) -> Comments:
        """What is said."""
        ...

    @property
    def severities(self) -> Severities:
        """Ask and answer."""
        ...

    @property
    def guidance(self) -> Guidance:
        """The interview."""
        ...

    @property
    def escalations(self) -> Escalations:
        """From submitting one to looking back at it."""
        ...

    @property
    def promises(self) -> Promises:
        """Who said to do what by when, and did."""
        ...

    @property
    def rota(self) -> Rota:
        """Who is on duty when."""
        ...

    @property
    def crossings(self) -> Crossings:
        """Remind and dismiss."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What was typed and not saved."""
        ...

    @property
    def homes(self) -> Homes:
        """The App Home."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """The threshold table."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Customers."""
        ...

    @property
    def settings(self) -> Settings:
        """The workspace's own decisions."""
        ...

    @property
    def hearing(self) -> Hearing:
        """How each person hears of what."""
        ...

    @property
    def people(self) -> People:
        """Roles."""
        ...
