"""How well the guidance advised: its error rate, for each path that was judged (product, 4 and 8)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policy.escalations import Judgement
from policy.guidance.questions import STEPS
from policy.guidance.walk import Run
from policy.ids import AnswerId
from policy.roles import Role, Standing

Path = tuple[AnswerId, ...]
TEXTS: Mapping[AnswerId, str] = {
    choice.id: choice.text for step in STEPS.values() for choice in step.choices
}
"""What a choice says, by its id; one id always says much the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What became of the advice at the end of one path."""

    path: Path
    judged: int
    """How often a duty manager judged it."""
    mistaken: int
    """How often it was wrong."""
    against: int
    """How often somebody escalated against it."""

    @property
    def error_rate(self) -> float:
        """The part of the judged advice that was wrong, from 0 to 1."""
        return self.mistaken / self.judged


def may_read_advice(who: Standing) -> bool:
    """Tell whether the person may read how well the guidance advises."""
    return who.has(Role.LEAD, Role.ADMINISTRATOR)


def is_mistaken(run: Run) -> bool:
    """Tell whether a judged run advised wrongly.

    Whoever escalated against the advice and was right proves it wrong; whoever should have
    commented, as advised, does not.
    """
    should_comment = run.judged is not None and (
        run.judged.judgement is Judgement.SHOULD_HAVE_BEEN_A_COMMENT
    )
    return should_comment is not bool(run.override)


def advice(runs: Iterable[Run]) -> tuple[Advice, ...]:
    """Return what became of the advice of each path, the worst first."""
    judged, mistaken, against = Counter[Path](), Counter[Path](), Counter[Path]()
    for run in runs:
        if run.judged is None:
            continue
        path = tuple(each.choice for each in run.answers)
        judged[path] += 1
        mistaken[path] += is_mistaken(run)
        against[path] += bool(run.override)
    found = (
        Advice(path=path, judged=count, mistaken=mistaken[path], against=against[path])
        for path, count in judged.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.error_rate, -each.judged, each.path)))
