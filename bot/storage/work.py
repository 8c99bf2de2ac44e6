"""A unit of work: every collection over one connection; it happened when it was committed."""

from bot.storage.account_trail import AccountTrail
from bot.storage.accounts import Accounts
from bot.storage.cards import Cards
from bot.storage.cases.collection import Cases
from bot.storage.comments import Comments
from bot.storage.crossings import Crossings
from bot.storage.digests import Digests
from bot.storage.drafts import Drafts
from bot.storage.duty_days import DutyDays
from bot.storage.escalations.collection import Escalations
from bot.storage.hearing import Hearing
from bot.storage.history import History
from bot.storage.homes import Homes
from bot.storage.lists import Lists
from bot.storage.outbox.collection import Outbox
from bot.storage.promises import Promises
from bot.storage.references import References
from bot.storage.reminders import Reminders
from bot.storage.rota import Rotas
from bot.storage.runs import Runs
from bot.storage.settings import Settings
from bot.storage.severities import Severities
from bot.storage.silences import Silences
from bot.storage.standings import Standings
from bot.storage.stories import Stories
from bot.storage.thresholds import Thresholds
from bot.storage.transaction import Transaction
from bot.storage.workspaces import Workspaces


class Work:
    """All collections. Leaving without `commit()` means that nothing happened."""

    def __init__(self, on: Transaction) -> None:
        self.courtesy = on.courtesy
        self._on = on
        self.workspaces = Workspaces(on)
        self.cards = Cards(on)
        self.thresholds = Thresholds(on, self.workspaces, self.cards)
        self.cases = Cases(on, self.workspaces, self.cards, self.thresholds.current)
        self.lists = Lists(on)
        self.accounts = Accounts(on, self.workspaces)
        self.account_trail = AccountTrail(on)
        self.comments = Comments(on)
        self.crossings = Crossings(on, self.cards)
        self.drafts = Drafts(on)
        self.duty_days = DutyDays(on)
        self.escalations = Escalations(on, self.cards)
        self.hearing = Hearing(on)
        self.history = History(on)
        self.homes = Homes(on)
        self.outbox = Outbox(on)
        self.digests = Digests(on, self.outbox)
        self.promises = Promises(on)
        self.references = References(on)
        self.reminders = Reminders(on)
        self.rota = Rotas(on)
        self.runs = Runs(on)
        self.settings = Settings(on, self.workspaces)
        self.severities = Severities(on)
        self.silences = Silences(on)
        self.standings = Standings(on)
        self.stories = Stories(on)

    async def commit(self) -> None:
        """Write the notices owed, and make all of it true at once.

        Raises:
            RuntimeError: this unit of work only reads.
        """
        if not self._on.is_writing:
            message = "a unit of work that only reads has nothing to commit"
            raise RuntimeError(message)
        await self.cards.settle()
        await self.outbox.settle()
        await self._on.connection.commit()
