"""What the runs came to, as a page for people."""

from collections.abc import Iterable, Sequence

from tests.chaos.run import Outcome

PAGE = """# Chaos: killed at random, and the books balanced after

Written by `make chaos`. Each row is one run: so many replicas as real processes (one `caseflag serve`, the others
`caseflag work`) on one database, against the workbench as Slack. Meanwhile cases cross their thresholds, people fill in
forms, comments and escalations are added, two people escalate and two acknowledge at once; processes are killed (`kill -9`)
at random moments and started again, or asked to stop (SIGTERM; at first all of them twice, one after the other: a rolling
restart), all database connections are cut,
PostgreSQL is stopped (`immediate`, as a machine that fails) and started; 3 % of Slack's answers to posts and edits are lost
after the post was accepted, 3 % of the posts arrive a second late, and 1 % each are 429, 500 and connections reset. Then everything comes to rest, and what is
recorded is compared, notice by notice, with what stands in Slack.

{table}

- **owed**: notices that were due by the end. **once**: exactly one message in Slack carries its key. **overtaken**: no longer
  true when its turn came, told somebody else instead, or put into somebody's digest of the hour, as its story says. **doubled**:
  more than one message. **lost**: none, or put aside.
- **cards**: messages edited in place, each of which stands once and shows the last version.
- **histories**: chains, each of which verifies. **escalations**: how many rights were used; **twice**: more than once.
- **forms**: acked; **forms lost**: acked, and not there. **wrong**: whatever else does not fit.
- Rates are not counted here (429 comes by chance): at Slack's own pace, looking up what hundreds of kills left doubtful would
  take most of an hour, and show nothing else.
- On SQLite one process is killed; its file stands on a disk of a few megabytes (`tmpfs`), which is filled and emptied again.
- The seed decides what is tried and when; what the operating system makes of it differs from run to run. Once more:
  `python -m tests.chaos --seed {seed}`.
{troubles}"""
HEADINGS = (
    *("database", "replicas", "seed", "kills", "stops", "cut off", "database stopped"),
    *("disk full", "owed", "once", "overtaken", "doubled", "lost", "cards", "histories"),
    *("escalations", "twice", "forms", "forms lost", "wrong", "minutes"),
)


def page(outcomes: Sequence[Outcome]) -> str:
    """Return the report."""
    table = [HEADINGS, ("---",) * len(HEADINGS), *(_row(each) for each in outcomes)]
    return PAGE.format(
        table="\n".join(f"| {' | '.join(row)} |" for row in table),
        seed=outcomes[0].plan.seed,
        troubles="".join(f"- {each}\n" for outcome in outcomes for each in troubles(outcome)),
    )


def troubles(outcome: Outcome) -> Iterable[str]:
    """Return every single thing that went wrong."""
    yield from outcome.books.troubles
    if outcome.leaks:
        yield f"{outcome.leaks} lines of the logs held a secret"


def _row(outcome: Outcome) -> tuple[str, ...]:
    befell, books = outcome.befell, outcome.books
    numbers = (
        *(outcome.plan.replicas, outcome.plan.seed, befell["kills"], befell["stops"]),
        *(befell["connections dropped"], befell["database stopped"], befell["disk full"]),
        *(books.owed, books.once, books.overtaken, len(books.doubled), len(books.lost)),
        *(books.cards, books.chains, books.escalations, len(books.twice)),
        *(outcome.acked.forms, len(books.unkept), len(books.broken)),
    )
    minutes = f"{outcome.seconds / 60:.1f}"
    return (outcome.plan.database, *(f"{each:,}" for each in numbers), minutes)
