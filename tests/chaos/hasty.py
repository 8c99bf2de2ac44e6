"""Caseflag, with leases of seconds, so that a test need not wait a minute for those of the dead.

`python -m tests.chaos.hasty serve` is `python -m bot serve` in everything else.
"""

from datetime import timedelta

from bot.cli import main
from bot.delivery import queue, sending

ERRAND, LONGEST_WAIT = 4.0, 2.0

if __name__ == "__main__":
    queue.LONGEST_WAIT = LONGEST_WAIT
    sending.ERRAND = ERRAND
    sending.LEASE = timedelta(seconds=ERRAND + LONGEST_WAIT + 1)
    main()
