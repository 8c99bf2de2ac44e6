"""What Slack's texts look like to a reader: names instead of ids, dates in their own zone."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

_TOKEN = re.compile(r"<([^<>\n]+)>")
_MARKS = re.compile(r"(?<![\w])[*_~`]+|[*_~`]+(?![\w])")
_PART = re.compile(r"\{(\w+)\}")
_WORDS = ("alt_text", "initial_value", "caption")
_NAMES = {"raw_text", "raw_number", "markdown", "plain_text"}


class Reader:
    """Reads with the eyes of one person."""

    def __init__(self) -> None:
        self.zone = ZoneInfo("UTC")
        self.users: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self.channels: dict[str, str] = {}

    def text(self, mrkdwn: str) -> str:
        """Return mrkdwn as it reads, marks included."""
        return html.unescape(_TOKEN.sub(lambda found: self._token(found.group(1)), mrkdwn))

    def _token(self, token: str) -> str:
        body, _, label = token.partition("|")
        if body.startswith("@"):
            return "@" + self.users.get(body[1:], body[1:])
        if body.startswith("#"):
            return "#" + (label or self.channels.get(body[1:], "private channel"))
        if body.startswith("!"):
            return self._special(body[1:], label)
        return label or body.removeprefix("mailto:")

    def _special(self, body: str, label: str) -> str:
        kind, *rest = body.split("^")
        if kind == "date" and len(rest) > 1:
            return self._date(int(rest[0]), rest[1], label)
        if kind == "subteam" and rest:
            return "@" + self.groups.get(rest[0], rest[0])
        return f"@{kind}"

    def _date(self, epoch: int, shape: str, fallback: str) -> str:
        at = datetime.fromtimestamp(epoch, tz=UTC).astimezone(self.zone)
        parts = set(_PART.findall(shape))
        if not parts <= set(_DATES):
            return fallback
        return _PART.sub(lambda found: _DATES[found.group(1)](at), shape)

    def texts(self, part: Any) -> Iterator[str]:
        """Yield everything that can be read in blocks, elements and views, in order."""
        if isinstance(part, list):
            for item in part:
                yield from self.texts(item)
        elif isinstance(part, dict):
            yield from self._object(part)

    def _object(self, part: Json) -> Iterator[str]:
        kind = part.get("type")
        if kind == "mrkdwn":
            yield self.text(part["text"])
        elif kind in _NAMES:
            yield str(part.get("text", part.get("value", "")))
        elif kind in {"rich_text", "rich_text_section"}:
            yield "".join(self._rich(part))
        else:
            yield from (str(part[key]) for key in _WORDS if isinstance(part.get(key), str))
            for value in part.values():
                yield from self.texts(value)

    def _rich(self, part: Json) -> Iterator[str]:
        for element in part.get("elements", []):
            match element.get("type"):
                case "text":
                    yield element["text"]
                case "user":
                    yield "@" + self.users.get(element["user_id"], element["user_id"])
                case "channel":
                    yield "#" + self.channels.get(element["channel_id"], element["channel_id"])
                case "link":
                    yield element.get("text") or element["url"]
                case _:
                    yield from self._rich(element)

    def message(self, message: Json) -> str:
        """Return all that can be read in a message."""
        parts = [self.text(message.get("text") or "")]
        parts += self.texts(message.get("blocks", []))
        for entity in message.get("metadata", {}).get("entities", []):
            parts.append(self.entity(entity))
        for attachment in message.get("attachments", []):
            parts += [self.text(attachment.get(key) or "") for key in ("pretext", "title", "text")]
            parts += self.texts(attachment.get("blocks", []))
            if "entity" in attachment:
                parts.append(self.entity(attachment["entity"]))
        return "\n".join(dict.fromkeys(part for part in parts if part))

    def entity(self, entity: Json) -> str:
        """Return what can be read of a Work Object: its title, and each field with its label."""
        payload = entity["entity_payload"]
        parts = [payload["attributes"]["title"]["text"]]
        fields = [*payload.get("fields", {}).values(), *payload.get("custom_fields", [])]
        for field in fields:
            value = field.get("value", field.get("text", ""))
            parts.append(": ".join(str(part) for part in (field.get("label"), value) if part))
        return "\n".join(part for part in parts if part)

    def pane(self, pane: Json) -> str:
        """Return what can be read beside the conversation."""
        if "metadata" in pane:
            return self.entity(pane["metadata"])
        error = pane.get("error", {})
        parts = [error.get(key) for key in ("custom_title", "custom_message", "status")]
        return "\n".join(part for part in [*parts, pane.get("user_auth_url")] if part)

    def view(self, view: Json) -> str:
        """Return all that can be read in a modal or a Home tab, with what is filled in."""
        parts = [*self.texts([view.get("title")]), *self.texts(view["blocks"])]
        for actions in view["state"]["values"].values():
            parts += [entry["value"] for entry in actions.values() if entry.get("value")]
        parts += self.texts([view.get("submit"), view.get("close")])
        return "\n".join(part for part in parts if part)


def _day(at: datetime) -> str:
    return f"{at:%B} {at.day}, {at.year}"


_DATES: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda at: f"{at:%Y-%m-%d}",
    "date": _day,
    "date_pretty": _day,
    "date_short": lambda at: f"{at:%b} {at.day}, {at.year}",
    "date_short_pretty": lambda at: f"{at:%b} {at.day}, {at.year}",
    "date_long": lambda at: f"{at:%A}, {_day(at)}",
    "date_long_pretty": lambda at: f"{at:%A}, {_day(at)}",
    "date_long_full": lambda at: f"{at:%A}, {_day(at)}",
    "day_divider_pretty": lambda at: f"{at:%A}, {_day(at)}",
    "time": lambda at: f"{at:%H:%M}",
    "time_secs": lambda at: f"{at:%H:%M:%S}",
    "ago": lambda at: f"{at:%Y-%m-%d %H:%M}",
}


def contains(whole: str, wanted: str) -> bool:
    """Tell whether a text can be read somewhere, whatever its marks and line ends."""
    return any(wanted in form for form in (whole, _plain(whole))) or _plain(wanted) in _plain(
        whole
    )


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())
