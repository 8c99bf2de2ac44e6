"""Words as Slack sends them, turned into words as people typed them."""

import re
import unicodedata

ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
        **dict.fromkeys("\u00a0\u2007\u202f\t", " "),
        "\r": "\n",
    }
)
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""The Unicode categories of what nobody sees: control, zero-width and direction marks."""


class _Seen(dict[int, int | None]):
    """Which characters stay, found out once for each that is met."""

    def __missing__(self, code: int) -> int | None:
        is_unseen = unicodedata.category(chr(code)) in UNSEEN
        return self.setdefault(code, None if is_unseen else code)


SEEN = _Seen({ord("\n"): ord("\n")})


def legible(text: str) -> str:
    """Return the text without what nobody sees, and without space around it."""
    return text.replace("\r\n", "\n").replace("\t", " ").translate(SEEN).strip()


def heard(text: str) -> str:
    """Return a message or a command's text as it was typed.

    Slack escapes `& < >` there, and sends mentions and links as `<@U1>`, `<#C1|name>`, `<url|text>`.
    """
    words = TOKEN.sub(_spelled, text)
    for entity, character in ENTITIES:
        words = words.replace(entity, character)
    return legible(words)


def straight(text: str) -> str:
    """Return a command's text with the quotes and spaces that a keyboard has."""
    return heard(text.translate(ALIKE))


def _spelled(token: re.Match[str]) -> str:
    target, label = token.group(1), token.group(2)
    if target.startswith(("@", "#")):
        return f"{target[0]}{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    address = target.removeprefix("mailto:")
    return address if label in {None, "", address} else f"{label} ({address})"
