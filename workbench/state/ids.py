"""New identifiers in the shapes that Slack gives them."""

import secrets
import string

_UPPER = string.ascii_uppercase + string.digits
_MIXED = string.ascii_letters + string.digits


def new_id(prefix: str) -> str:
    """Return an id such as `C0A1B2C3D4E`, the prefix saying what it names."""
    return prefix + "0" + _letters(_UPPER, 9)


def new_block_id() -> str:
    """Return what Slack calls a block or an action that its author did not name."""
    return _letters(_MIXED, 5)


def new_secret(length: int = 24) -> str:
    """Return something nobody guesses."""
    return _letters(_MIXED, length)


def new_hash(now: float) -> str:
    """Return a new mark of a view's version."""
    return f"{int(now)}.{_letters(_MIXED, 8)}"


def new_trigger_id() -> str:
    """Return an id in the shape of a trigger, `132456.7890123.abcdef`."""
    numbers = [secrets.randbelow(9 * 10**12) + 10**12 for _ in range(2)]
    return f"{numbers[0]}.{numbers[1]}.{secrets.token_hex(16)}"


def _letters(alphabet: str, length: int) -> str:
    return "".join(alphabet[each % len(alphabet)] for each in secrets.token_bytes(length))
