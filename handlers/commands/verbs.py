"""The words that can be typed behind `/case`, on one page that also makes the usage text."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from slack_sdk.models.views import View

from handlers import (
    accounts,
    cases,
    casework,
    comments,
    guidance,
    hearing,
    lists,
    notices,
    rota,
    settings,
    severities,
    thresholds,
)
from handlers.answers import TITLE, Says, Shows, whispered
from handlers.escalations import answer, seen
from handlers.ports import Desk
from handlers.views.help import Usage, usage
from handlers.views.message import Message
from handlers.views.modal import told
from policy.ids import CaseId
from policy.roles import Actor

N = "[CASE-n]"
LIST, SEARCH, NOTICES, HELP = "list", "search", "notices", "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One word that can be typed."""

    usage: Usage
    says: Says | None
    """What it does, and says so; None where there is more to ask first."""
    shows: Shows
    """The same in a modal."""
    asks: bool
    """Whether it asks in a modal for what was not typed."""
    of_case: bool
    """Whether it is about a case, so that one is picked when none is named."""

    @property
    def takes_words(self) -> bool:
        """Whether it does anything with what is typed behind the case."""
        return self.usage.behind not in {"", N}

    def speaking(self, text: str) -> Says | None:
        """Return what can be done with just this text, None where a modal is needed."""
        return self.says if text or not self.asks else None


@cache
def helped() -> dict[str, Any]:
    """Return what `/case help` is answered with: the same for everybody, so it is drawn once."""
    return whispered(usage(USAGE))


async def tell_usage(_case: CaseId, _text: str, _desk: Desk, _actor: Actor) -> Message:
    """Tell what can be typed."""
    return usage(USAGE)


def _says(word: str, behind: str, does: str, says: Says, *, of_case: bool = True) -> Verb:
    async def shows(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
        return told(TITLE, await says(case, text, desk, actor))

    known = Usage(word=word, behind=behind, does=does)
    return Verb(usage=known, says=says, shows=shows, asks=False, of_case=of_case)


def _shows(
    word: str,
    behind: str,
    does: str,
    shows: Shows,
    *,
    says: Says | None = None,
    of_case: bool = True,
) -> Verb:
    known = Usage(word=word, behind=behind, does=does)
    return Verb(usage=known, says=says, shows=shows, asks=True, of_case=of_case)


VERBS = {
    verb.usage.word: verb
    for verb in (
        _shows("open", "", "opens a case", cases.write, of_case=False),
        _says("show", N, "shows a case; `/case CASE-n` does too", cases.show),
        _says(
            LIST,
            "[mine|account|open|waiting|available|S1..S4|owner @x] [page]",
            "lists cases, yours where nothing else is said",
            lists.listing,
            of_case=False,
        ),
        _shows(
            SEARCH,
            "[words]",
            "finds cases by their words, or by those of a comment",
            lists.ask,
            says=lists.search,
            of_case=False,
        ),
        _shows("comment", f"{N} [text]", "comments on a case", comments.write, says=comments.add),
        _shows("escalate", N, "finds out whether escalating fits", guidance.start),
        _says("whatif", N, "tells when another severity could be escalated", thresholds.what_if),
        _shows("severity", N, "asks for another severity", severities.write),
        _says("close", N, "closes a case", cases.close),
        _says("reopen", N, "reopens a closed case", cases.reopen),
        _shows("chase", f"{N} [text]", "asks for an update", comments.chase),
        _shows("remind", N, "reminds you of a case when you like", casework.remind),
        _shows("notify", "", "chooses how you hear of cases", hearing.write, of_case=False),
        _says("follow", N, "lets you hear of a case", casework.follow),
        _says("unfollow", N, "lets you hear of it no longer", casework.unfollow),
        _shows("followers", N, "chooses who else hears of a case", casework.followers),
        _says("accept", N, "accepts the solution that was proposed", casework.accept),
        _shows("reject", N, "says that it is not solved", casework.reject),
        _shows("link", f"{N} [CASE-m]", "links cases", casework.link, says=casework.say_link),
        _says("take", N, "makes you the engineer of a case (support)", cases.take),
        _shows("assign", N, "gives a case to an engineer (support)", casework.assign),
        _shows(
            "ask",
            f"{N} [question]",
            "waits for the customer's answer (support)",
            casework.ask,
            says=casework.say_ask,
        ),
        _shows("wait", N, "waits for somebody else (support)", casework.wait),
        _says("resume", N, "puts a case back in progress (support)", casework.resume),
        _shows("solve", N, "proposes a solution (support)", casework.solve),
        _shows(
            "note",
            f"{N} [text]",
            "keeps a note that no customer reads (support)",
            casework.note,
            says=casework.say_note,
        ),
        _shows(
            "merge",
            f"{N} [CASE-m]",
            "merges a duplicate (support)",
            casework.merge,
            says=casework.say_merge,
        ),
        _says(
            "escalations",
            "[open|mine|overdue]",
            "lists escalations (duty managers)",
            seen.listing,
            of_case=False,
        ),
        _shows(
            "pull",
            f"{N} [reason]",
            "takes a case up for management (duty managers)",
            answer.pull,
            says=answer.say_pull,
        ),
        _says("advice", "", "tells how guidance fared (leads)", seen.advice, of_case=False),
        _says("duty", "", "tells who is on duty (support)", rota.show, of_case=False),
        _shows(
            "account",
            "",
            "links this channel to a customer (administrators)",
            accounts.write,
            of_case=False,
        ),
        _shows(
            "accounts",
            "[page]",
            "lists, changes and imports customers (administrators)",
            accounts.listing,
            of_case=False,
        ),
        _shows(
            "settings",
            "",
            "shows and changes the settings (administrators)",
            settings.write,
            of_case=False,
        ),
        _shows(
            "thresholds",
            "",
            "shows and changes the threshold table (administrators)",
            thresholds.write,
            of_case=False,
        ),
        _says(
            NOTICES,
            "[KEY|retry KEY]",
            "tells what became of notices (administrators)",
            notices.tell,
            of_case=False,
        ),
        _says(HELP, "", "tells this", tell_usage, of_case=False),
    )
}
USAGE = tuple(each.usage for each in VERBS.values())
