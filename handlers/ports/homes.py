"""What a person sees who opens Caseflag."""

from typing import Protocol

from policy.home import Home
from policy.roles import Actor


class Homes(Protocol):
    """The App Home."""

    async def open(self, page: int, *, by: Actor) -> Home:
        """Return a page of the person's home, and note that it is looked at from now on."""
        ...
