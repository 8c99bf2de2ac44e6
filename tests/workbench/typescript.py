"""Writing what passed by as TypeScript, and letting Slack's own types judge it."""

import asyncio
import copy
import json
import re
from collections.abc import Iterator, Mapping
from tempfile import NamedTemporaryFile
from typing import Any

from tests.support.node import FOREIGN

Json = dict[str, Any]
HEAD = """import type * as api from "@slack/web-api";
import type * as bolt from "@slack/bolt";
import type * as types from "@slack/types";
import type * as unlisted from "@slack/types/dist/events/entity-details-requested.js";
"""
OPTIONS = (
    "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext",
    "--target", "es2022", "--lib", "es2022",
)  # fmt: skip
COMPLAINT = re.compile(r"\S+\((\d+),(\d+)\): error (TS\d+: .*)")
# what a type demands, though Slack does not send it, or sends less of it
OPEN = {
    r".*GenericMessageEvent>": ('"event": {', '"subtype": undefined, '),
    r".*MessageChangedEvent>": (
        '"event": {', '"message": {} as any, "previous_message": {} as any, ',
    ),
    r".*MessageDeletedEvent>": ('"event": {', '"previous_message": {} as any, '),
    r"bolt\.BlockAction of a view": ("{", '"response_url": "", '),
}  # fmt: skip
UNLISTED = {"EntityDetailsRequestedEvent"}  # it is published, but not by the package's front door
UNTYPED = {"api.test", "blocks.validate"}
INTERACTIONS = {
    "block_actions": "bolt.BlockAction",
    "block_suggestion": "bolt.BlockSuggestion",
    "view_submission": "bolt.ViewSubmitAction",
    "view_closed": "bolt.ViewClosedAction",
    "shortcut": "bolt.GlobalShortcut",
    "message_action": "bolt.MessageShortcut",
}
MESSAGES = {
    None: "GenericMessageEvent",
    "channel_purpose": "ChannelPurposeMessageEvent",
    "channel_topic": "ChannelTopicMessageEvent",
    "file_share": "FileShareMessageEvent",
    "message_changed": "MessageChangedEvent",
    "message_deleted": "MessageDeletedEvent",
}


def typed(entry: Json) -> tuple[str, Json] | None:
    """Return Slack's type for one entry of the log, and what must be of that type."""
    payload = entry["payload"]
    if entry["kind"] == "api":
        if entry["method"] in UNTYPED:
            return None
        parts = entry["method"].split(".")
        name = "".join(part[0].upper() + part[1:] for part in parts)
        return f"api.{name}Response", entry["response"]
    if entry["kind"] == "event":
        name = _event(payload["event"])
        home = "unlisted" if name in UNLISTED else "types"
        return f"bolt.EnvelopedEvent<{home}.{name}>", payload
    if entry["kind"] == "command":
        return "bolt.SlashCommand", payload
    return INTERACTIONS[payload["type"]], payload


def _event(event: Json) -> str:
    if event["type"] == "message":
        return MESSAGES[event.get("subtype")]
    return "".join(word.capitalize() for word in event["type"].split("_")) + "Event"


def written(value: Any, *, is_answer: bool) -> str:
    """Return a value in TypeScript; in answers `type` and null, which their types do not know, pass."""
    if value is None and is_answer:
        return "null as any"
    if isinstance(value, list):
        return f"[{', '.join(written(each, is_answer=is_answer) for each in value)}]"
    if not isinstance(value, dict):
        return json.dumps(value)
    fields = []
    for key, each in value.items():
        text = written(each, is_answer=is_answer)
        is_open = is_answer and key == "type" and isinstance(each, str)
        fields.append(f"{json.dumps(key)}: {text}{' as any' if is_open else ''}")
    return f"{{{', '.join(fields)}}}"


def without(kind: str, value: Json, known: Mapping[tuple[str, str], str]) -> Json:
    """Return a value less what is known to differ: paths with dots, `*` for any key or item."""
    own = copy.deepcopy(value)
    for wanted, path in known:
        if re.fullmatch(wanted, kind):
            _drop(own, path.split("."))
    return own


def _drop(value: Any, path: list[str]) -> None:
    step, *rest = path
    if isinstance(value, list):
        for each in value:
            _drop(each, rest if step == "*" else path)
    elif isinstance(value, dict) and not rest:
        value.pop(step, None)
    elif isinstance(value, dict):
        for key in list(value) if step == "*" else [step]:
            _drop(value.get(key), rest)


def program(entries: list[Json], known: Mapping[tuple[str, str], str]) -> str:
    """Return a program that is right only when every entry is of its type."""
    lines = []
    for entry in entries:
        found = typed(entry)
        if found is not None:
            kind, value = found
            text = written(without(kind, value, known), is_answer=kind.startswith("api."))
            for wanted, (before, more) in OPEN.items():
                if re.fullmatch(wanted, kind + (" of a view" if "view" in value else "")):
                    text = text.replace(before, before + more, 1)
            lines.append(f"export const n{entry['n']}: {kind} = {text};")
    return HEAD + "\n".join(lines)


async def complaints(node: str, text: str) -> list[str]:
    """Return what the compiler complains of: the type, what stands there, and why it is wrong."""
    modules = FOREIGN / "node_modules"
    with NamedTemporaryFile("w", dir=modules, suffix=".ts", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = (node, str(modules / "typescript" / "bin" / "tsc"), *OPTIONS, file.name)
        process = await asyncio.create_subprocess_exec(
            *command, cwd=FOREIGN, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
    said = list(_told(out.decode(), text.splitlines()))
    return said or [line for line in out.decode().splitlines() if line]


def _told(out: str, lines: list[str]) -> Iterator[str]:
    for line, column, why in COMPLAINT.findall(out):
        source = lines[int(line) - 1]
        kind = source.partition(": ")[2].partition(" = ")[0]
        yield f"{kind}: {source[int(column) - 1 :][:60]}: {why[:200]}"
