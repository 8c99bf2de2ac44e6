"""What the layer contracts cannot say about the tree, each said in a few lines."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def files(*rooms: str, suffix: str = ".py") -> list[str]:
    """List a room's files as people name them, from the root of the tree."""
    found = (path for room in rooms for path in (ROOT / room).rglob(f"*{suffix}"))
    return sorted(str(path.relative_to(ROOT)) for path in found)


POLICY = files("policy")
HANDLERS = files("handlers")
OURS = files("bot", "handlers", "policy")
WORKBENCH = files("workbench")
TESTS = files("tests")
PAGE = files("workbench", suffix=".js")
WRITTEN = [path for path in [*OURS, *WORKBENCH, *PAGE] if "/migrations/versions/" not in path]

VALUES = {  # what a rule may know of the world: values, and nothing that happens
    *("bisect", "collections", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions"),
    *("functools", "hashlib", "heapq", "itertools", "json", "math", "operator", "policy", "re"),
    *("statistics", "string", "types", "typing", "unicodedata", "zoneinfo"),
}
LAST_RESORTS = {  # the only places where nothing may get past: a loop or a person stands behind
    *(
        "bot/delivery/calendar.py",
        "bot/delivery/directory.py",
        "bot/delivery/homes.py",
        "bot/delivery/sending.py",
        "bot/jobs/auditing.py",
    ),
    *(
        "bot/jobs/ticking.py",
        "bot/storage/signals.py",
    ),
    "handlers/boundary.py",
}
POSTS = {"api_call", "chat_postMessage", "chat_scheduleMessage", "chat_update"}
BLOCK_KIT = {
    *("actions", "button", "checkboxes", "context", "conversations_select", "datepicker"),
    *("datetimepicker", "divider", "header", "home", "image", "input", "modal", "mrkdwn"),
    *("multi_static_select", "multi_users_select", "number_input", "overflow", "plain_text"),
    *("plain_text_input", "radio_buttons", "rich_text", "section", "static_select"),
    *("timepicker", "url_text_input", "users_select", "external_select", "table"),
}
LEFT_FOR_LATER = re.compile(r"\b(T[O]DO|FI[X]ME|X[X]X|HA[C]K)\b")


@cache
def tree(path: str) -> ast.Module:
    return ast.parse(text(path))


@cache
def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def nodes(path: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


def every(path: str, *kinds: type[ast.AST]) -> Iterator[Any]:
    return (node for node in nodes(path) if isinstance(node, kinds))


def imported(path: str) -> set[str]:
    plain = {name.name for node in every(path, ast.Import) for name in node.names}
    return plain | {str(node.module) for node in every(path, ast.ImportFrom)}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def found(paths: list[str], look: Callable[[str], Any]) -> dict[str, Any]:
    """Return what is found, by the file that it is found in."""
    return {path: seen for path in paths if (seen := look(path))}


@pytest.fixture(scope="module", autouse=True)
def _forgotten():
    """Leave no forest behind, through which every collection of garbage would walk."""
    yield
    for cached in (nodes, tree, text):
        cached.cache_clear()


def test_policy_imports_values_only():
    def strange(path):
        return {name.partition(".")[0] for name in imported(path)} - VALUES

    assert found(POLICY, strange) == {}


def test_policy_waits_for_nothing():
    waiting = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    assert found(POLICY, lambda path: [node.lineno for node in every(path, *waiting)]) == {}


def test_a_listener_fits_into_25_lines():
    def long(path):
        listeners = [node for node in tree(path).body if isinstance(node, ast.AsyncFunctionDef)]
        return [node.name for node in listeners if length(node) > 25]

    assert found(HANDLERS, long) == {}


def test_a_file_fits_into_300_lines():
    assert found(WRITTEN, lambda path: len(text(path).splitlines()) > 300) == {}


def test_a_function_fits_into_40_lines():
    def long(path):
        functions = every(path, ast.FunctionDef, ast.AsyncFunctionDef)
        return [node.name for node in functions if length(node) > 40 and not is_a_table(node)]

    assert found([path for path in WRITTEN if path not in PAGE], long) == {}


def test_only_a_last_resort_catches_everything():
    def catching(path):
        return [
            node.lineno
            for node in every(path, ast.ExceptHandler)
            if node.type is None or {"Exception", "BaseException"} & set(names(node.type))
        ]

    assert found(OURS, catching).keys() == LAST_RESORTS


def test_only_delivery_posts():
    def posts(path):
        return {node.attr for node in every(path, ast.Attribute)} & POSTS

    others = [path for path in OURS if not path.startswith("bot/delivery/")]
    assert found(others, posts) == {}


def test_a_command_answers_only_the_person_who_typed_it():
    def loud(path):
        return {node.value for node in every(path, ast.Constant)} & {"in_channel"}

    assert found(HANDLERS, loud) == {}


def test_block_kit_is_drawn_with_models():
    def drawn(path):
        return BLOCK_KIT & {
            value.value
            for node in every(path, ast.Dict)
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant)
            and isinstance(value, ast.Constant)
            and key.value == "type"
        }

    assert found(OURS, drawn) == {}


def test_a_test_neither_sleeps_nor_mocks_nor_looks_away():
    def looks_away(path):
        named = {node.attr for node in every(path, ast.Attribute)}
        return named & {"importorskip", "skip", "skipif", "xfail"}

    def mocks(path):
        return [name for name in imported(path) if name.startswith("unittest")]

    def sleeps(path):
        return [node.lineno for node in every(path, ast.Call) if is_a_sleep(node)]

    assert [found(TESTS, look) for look in (looks_away, mocks, sleeps)] == [{}, {}, {}]


def test_nothing_is_left_for_later():
    assert found([*WRITTEN, *TESTS], lambda path: LEFT_FOR_LATER.findall(text(path))) == {}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_packages_and_hashes_and_no_address(lock):
    assert "--hash=sha256:" in text(lock)
    assert re.findall(r"\S*(?:://|index-url|find-links)\S*", text(lock)) == []


def is_a_table(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Recognise what ends in a `match`, and does so soon: it is as long as there are cases."""
    match = function.body[-1]
    return isinstance(match, ast.Match) and match.lineno - function.lineno < 10


def names(node: ast.expr) -> Iterator[str]:
    return (part.id for part in ast.walk(node) if isinstance(part, ast.Name))


def is_a_sleep(call: ast.Call) -> bool:
    """Recognise `sleep`, except for `sleep(0)`: that is a turn of the loop, and takes no time."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    turn = [ast.unparse(argument) for argument in call.args] == ["0"]
    return name == "sleep" and not turn
