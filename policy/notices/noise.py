"""What is told together, because it would have been too much one by one."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What would have been too much for one person in one hour; what, the database knows."""

    since: datetime
