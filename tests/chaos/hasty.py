"""Caseflag, with leases of seconds, so that a test need not wait a minute for those of the dead.

Its `main` is that of `bot.cli` in everything else.
"""

from datetime import timedelta

from bot import cli
from bot.delivery import queue, sending

ERRAND, LONGEST_WAIT = 4.0, 2.0


def main() -> None:
    """Do what the command line says, in a hurry."""
    queue.LONGEST_WAIT = LONGEST_WAIT
    sending.ERRAND = ERRAND
    sending.LEASE = timedelta(seconds=ERRAND + LONGEST_WAIT + 1)
    cli.main()
