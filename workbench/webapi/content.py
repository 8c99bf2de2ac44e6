"""Reading what a message shall say, with everything Slack refuses about it."""

import json
from dataclasses import replace
from typing import Any

from workbench.blockkit import Problem, message_problems, text_length
from workbench.state.entities import is_entity
from workbench.state.messages import TEXT_LIMIT, Content
from workbench.state.shapes import Json
from workbench.webapi.call import ApiError, Arguments

BLOCKS_TEXT_LIMIT = 13_200
MARKDOWN_LIMIT = 12_000
ATTACHMENTS_LIMIT = 100
METADATA_LIMIT = 8_000
TEXT_ADVISED = 4_000
TEXT_WHOLE = 4_040


def message_content(given: Arguments, *, counts_text: bool = True) -> Content:
    """Return the message in these arguments; answers over a response_url are not counted.

    Raises:
        ApiError: Slack would not take it.
    """
    content = Content(
        text=_text(given),
        blocks=_blocks(given),
        attachments=_list(given, "attachments", "invalid_attachments"),
        metadata=_metadata(given),
    )
    check(content, counts_text=counts_text)
    if not content.text and not content.is_empty:
        given.findings.append("no text: notifications and screen readers have nothing to say")
    return content


def parts(content: Content, *, is_split: bool) -> list[Content]:
    """Return the messages that a content becomes: plain text over 4,040 characters is split."""
    text = content.text or ""
    if not is_split or content.blocks or content.attachments or len(text) <= TEXT_WHOLE:
        return [content]
    starts = range(0, min(len(text), TEXT_LIMIT), TEXT_ADVISED)
    return [replace(content, text=text[start : start + TEXT_ADVISED]) for start in starts]


def no_longer_than(most: int, content: Content) -> Content:
    """Return the content, unless its text is too long to be taken at all."""
    if len(content.text or "") > most:
        raise ApiError(code="msg_too_long")
    return content


def check(content: Content, *, counts_text: bool = True) -> None:
    """Refuse blocks and attachments that Slack would refuse."""
    if content.attachments and len(content.attachments) > ATTACHMENTS_LIMIT:
        raise ApiError(code="too_many_attachments")
    problems = message_problems(content.blocks, attachments=content.attachments)
    if problems:
        raise invalid_blocks(problems)
    if counts_text and content.blocks and text_length(content.blocks) > BLOCKS_TEXT_LIMIT:
        raise ApiError(code="msg_blocks_too_long")


def invalid_blocks(problems: list[Problem]) -> ApiError:
    """Return the error with which Slack refuses a message's blocks."""
    said = [f"{each.message} [json-pointer:{each.pointer}]" for each in problems]
    return ApiError(
        code="invalid_blocks",
        errors=said,
        response_metadata={"messages": [f"[ERROR] {each}" for each in said]},
    )


def _text(given: Arguments) -> str | None:
    if "markdown_text" in given.args:
        return _markdown(given)
    value = given.args.get("text")
    return None if value is None else str(value)


def _markdown(given: Arguments) -> str:
    if given.args.get("text") or given.args.get("blocks"):
        raise ApiError(code="markdown_text_conflict")
    text = given.text("markdown_text")
    if len(text) > MARKDOWN_LIMIT:
        raise ApiError(code="msg_too_long")
    return text


def _blocks(given: Arguments) -> list[Json] | None:
    if given.text("markdown_text"):
        return [{"type": "markdown", "text": given.text("markdown_text")}]
    return _list(given, "blocks", "invalid_blocks_format")


def _list(given: Arguments, name: str, error: str) -> list[Json] | None:
    value: Any = given.structure(name, error)
    if value is not None and not isinstance(value, list):
        raise ApiError(code=error)
    return value


def _metadata(given: Arguments) -> Json | None:
    value: Any = given.structure("metadata", "invalid_metadata_format")
    if value is None or value == {}:
        return None if value is None else {}
    if not isinstance(value, dict):
        raise ApiError(code="invalid_metadata_format")
    kept = _event(value) | _entities(value)
    if not kept:
        raise ApiError(code="invalid_metadata_schema")
    return kept


def _event(value: Json) -> Json:
    """Return the part of metadata that is an event, if there is one."""
    if not {"event_type", "event_payload"} & set(value):
        return {}
    payload = value.get("event_payload")
    if not isinstance(value.get("event_type"), str) or not isinstance(payload, dict):
        raise ApiError(code="invalid_metadata_schema")
    if not all(_is_flat(item) for item in payload.values()):
        raise ApiError(code="invalid_metadata_schema")
    if len(json.dumps(payload)) > METADATA_LIMIT:
        raise ApiError(code="metadata_too_large")
    return {"event_type": value["event_type"], "event_payload": payload}


def _entities(value: Json) -> Json:
    """Return the part of metadata that is Work Objects, if there are any."""
    entities: Any = value.get("entities")
    if entities is None:
        return {}
    if not isinstance(entities, list) or not all(is_entity(each) for each in entities):
        raise ApiError(code="invalid_metadata_schema")
    return {"entities": entities}


def _is_flat(value: Any) -> bool:
    """Tell whether a value is simple, or one level of objects or of arrays."""
    if isinstance(value, dict):
        return all(_is_simple(item) for item in value.values())
    if isinstance(value, list):
        return all(
            _is_simple(item) or (isinstance(item, dict) and _is_flat(item)) for item in value
        )
    return _is_simple(value)


def _is_simple(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)
