"""What Slack's client refuses before it submits a view; the app hears nothing until it is content."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from workbench.blockkit.forms import is_email, is_web_address, number
from workbench.blockkit.rules import Object
from workbench.blockkit.tree import elements, nested

REQUIRED = "Please complete this required field."
_TYPED_MOST = 3000  # where the app sets no max_length
_FILES_MOST = 10


def client_errors(blocks: object, state: object) -> dict[str, str]:
    """Return the first thing wrong with each input block, by block_id.

    `blocks` are those of the view, with their ids; `state` is what has been typed and
    chosen, `{block_id: {action_id: {"type": ..., "value" or "selected_...": ...}}}`.
    """
    found: dict[str, str] = {}
    for block, _ in nested(blocks):
        if block.get("type") == "input":
            name = str(block.get("block_id"))
            for element, _ in elements(block):
                entry = _entry(state, name, str(element.get("action_id")))
                wrong = next(_wrong(block, element, _value(entry)), None)
                if wrong is not None:
                    found[name] = wrong
    return found


def _entry(state: object, *names: str) -> object:
    for name in names:
        state = state.get(name) if isinstance(state, dict) else None
    return state


def _value(entry: object) -> object:
    """Return what an entry of the state holds, under whichever name its type gives it."""
    if not isinstance(entry, dict):
        return None
    return next((member for key, member in entry.items() if key != "type"), None)


def _wrong(block: Object, element: Object, value: object) -> Iterator[str]:
    if _is_empty(value):
        if block.get("optional") is not True:
            yield REQUIRED
        return
    check = _CHECKS.get(str(element.get("type")), _count)
    yield from check(element, value)


def _is_empty(value: object) -> bool:
    if isinstance(value, dict) and value.get("type") == "rich_text":
        return not _has_content(value)
    return value is None or value in ("", [])


def _has_content(rich: object) -> bool:
    if isinstance(rich, list):
        return any(_has_content(item) for item in rich)
    if not isinstance(rich, dict):
        return False
    if "elements" in rich:
        return _has_content(rich["elements"])
    return rich.get("type") != "text" or bool(str(rich.get("text", "")).strip())


def _length(element: Object, value: object) -> Iterator[str]:
    least, most = _bound(element, "min_length", 0), _bound(element, "max_length", _TYPED_MOST)
    if len(str(value)) < least:
        yield f"Please enter at least {least} {_plural(least, 'character')}."
    if len(str(value)) > most:
        yield f"Please enter no more than {most} {_plural(most, 'character')}."


def _email(_: Object, value: object) -> Iterator[str]:
    if not is_email(str(value)):
        yield "Please enter a valid email address."


def _url(_: Object, value: object) -> Iterator[str]:
    if not is_web_address(str(value)):
        yield "Please enter a valid URL."


def _number(element: Object, value: object) -> Iterator[str]:
    given = number(str(value))
    if given is None:
        yield "Please enter a number."
    elif element.get("is_decimal_allowed") is not True and "." in str(value):
        yield "Please enter a whole number."
    else:
        yield from _range(element, given)


def _range(element: Object, given: Decimal) -> Iterator[str]:
    least, most = (number(str(element.get(name, ""))) for name in ("min_value", "max_value"))
    if least is not None and given < least:
        yield f"Please enter a number greater than or equal to {least}."
    if most is not None and given > most:
        yield f"Please enter a number less than or equal to {most}."


def _files(element: Object, value: object) -> Iterator[str]:
    most = _bound(element, "max_files", _FILES_MOST)
    if isinstance(value, list) and len(value) > most:
        yield f"Please upload no more than {most} {_plural(most, 'file')}."


def _count(element: Object, value: object) -> Iterator[str]:
    most = _bound(element, "max_selected_items", 0)
    if most and isinstance(value, list) and len(value) > most:
        yield f"Please select no more than {most} {_plural(most, 'item')}."


def _bound(element: Object, name: str, default: int) -> int:
    bound = element.get(name, default)
    return int(bound) if isinstance(bound, int | float) else default


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


_CHECKS: dict[str, Callable[[Object, object], Iterator[str]]] = {
    "plain_text_input": _length,
    "email_text_input": _email,
    "url_text_input": _url,
    "number_input": _number,
    "file_input": _files,
}
