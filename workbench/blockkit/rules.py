"""What must hold between the fields of one object; a rule sees only values of the right shape."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.blockkit.forms import number
from workbench.blockkit.kinds import Problem, Rule

Object = dict[str, Any]


def objects(value: object) -> list[Object]:
    """Return the objects of an array; nothing where there is no array."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def ordered(lower: str, upper: str) -> Rule:
    """Return the rule that a lower bound is not above its upper bound."""

    def rule(value: Object, at: str) -> Iterator[Problem]:
        least, most = value.get(lower), value.get(upper)
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            yield Problem(f"must not be greater than {upper}", f"{at}/{lower}")

    return rule


def needs(field: str, other: str) -> Rule:
    """Return the rule that one flag may be set only if the other is."""

    def rule(value: Object, at: str) -> Iterator[Problem]:
        if value.get(field) is True and value.get(other) is not True:
            yield Problem(f"invalid {field} without {other}", f"{at}/{field}")

    return rule


def excludes(field: str, other: str) -> Rule:
    """Return the rule that two fields are not given, or not set, together."""

    def rule(value: Object, at: str) -> Iterator[Problem]:
        if value.get(field, False) is not False and value.get(other, False) is not False:
            yield Problem(f"invalid {field} together with {other}", f"{at}/{field}")

    return rule


def offered(element: Object) -> list[Object]:
    """Return the options of a menu, those in groups included."""
    groups = objects(element.get("option_groups"))
    return objects(element.get("options")) + [
        option for group in groups for option in objects(group.get("options"))
    ]


def _same(option: Object, other: Object) -> bool:
    """Compare two options as Slack does: what it fills in by itself makes no difference."""
    return _filled(option) == _filled(other)


def _filled(value: object) -> object:
    if not isinstance(value, dict):
        return value
    blank = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}
    filled = blank.get(str(value.get("type")), {})
    return {**filled, **{key: _filled(member) for key, member in value.items()}}


def initial_option_is_offered(value: Object, at: str) -> Iterator[Problem]:
    """Refuse an initial option that does not equal one of the options exactly."""
    chosen = value.get("initial_option")
    if isinstance(chosen, dict) and not any(_same(chosen, option) for option in offered(value)):
        yield Problem(
            "invalid initial_option: must match one of the options", f"{at}/initial_option"
        )


def initial_options_are_offered(value: Object, at: str) -> Iterator[Problem]:
    """Refuse initial options that do not each equal one of the options exactly."""
    for index, chosen in enumerate(objects(value.get("initial_options"))):
        if not any(_same(chosen, option) for option in offered(value)):
            message = "invalid initial_options: must match one of the options"
            yield Problem(message, f"{at}/initial_options/{index}")


_INITIALS = (
    "initial_options",
    "initial_users",
    "initial_channels",
    "initial_conversations",
)


def initial_fits_maximum(value: Object, at: str) -> Iterator[Problem]:
    """Refuse more initial choices than may be selected."""
    most = value.get("max_selected_items")
    for name in _INITIALS:
        chosen = value.get(name)
        if isinstance(chosen, list) and isinstance(most, int | float) and len(chosen) > most:
            yield Problem(f"no more than {most} items allowed", f"{at}/{name}")


def numbers_agree(value: Object, at: str) -> Iterator[Problem]:
    """Refuse bounds out of order, fractions where none are allowed, and an initial value outside."""
    names = ("min_value", "max_value", "initial_value")
    given: dict[str, str] = {name: value[name] for name in names if name in value}
    if value.get("is_decimal_allowed") is not True:
        for name, text in given.items():
            if "." in text:
                yield Problem("invalid number: decimals are not allowed", f"{at}/{name}")
    yield from _bounds(given, at)


def _bounds(given: Mapping[str, str], at: str) -> Iterator[Problem]:
    for lower, upper in (
        ("min_value", "max_value"),
        ("min_value", "initial_value"),
        ("initial_value", "max_value"),
    ):
        least, most = number(given.get(lower, "")), number(given.get(upper, ""))
        if least is not None and most is not None and least > most:
            yield Problem(f"must not be greater than {upper}", f"{at}/{lower}")


def columns_agree(value: Object, at: str) -> Iterator[Problem]:
    """Refuse a data table whose rows differ in length, or whose header column does not exist."""
    rows: list[list[Object]] = value["rows"]
    width = len(rows[0])
    for index, row in enumerate(rows):
        if len(row) != width:
            yield Problem(
                "invalid row: must have as many cells as the header", f"{at}/rows/{index}"
            )
    for index, cell in enumerate(rows[0]):
        if cell.get("type") == "rich_text":
            yield Problem("unsupported type: rich_text", f"{at}/rows/0/{index}/type")
    column = value.get("row_header_column_index", 0)
    if isinstance(column, int | float) and column >= width:
        yield Problem(f"must be less than {width}", f"{at}/row_header_column_index")


def cells_fit(value: Object, at: str) -> Iterator[Problem]:
    """Refuse a data table whose cells hold more than 20,000 characters together."""
    if shown_length(value["rows"]) > 20_000:
        yield Problem("must be less than 20001 characters", f"{at}/rows")


def shown_length(value: object) -> int:
    """Return how many characters the `text` members anywhere inside hold."""
    if isinstance(value, list):
        return sum(shown_length(item) for item in value)
    if isinstance(value, dict):
        return sum(
            len(member) if key == "text" and isinstance(member, str) else shown_length(member)
            for key, member in value.items()
        )
    return 0


def series_agree(value: Object, at: str) -> Iterator[Problem]:
    """Refuse repeated names, and series that do not give one point for every category."""
    categories: list[str] = value["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        yield Problem("invalid categories: must be unique", f"{at}/axis_config/categories")
    series: list[Object] = value["series"]
    if len({one["name"] for one in series}) != len(series):
        yield Problem("invalid series: names must be unique", f"{at}/series")
    for index, one in enumerate(series):
        labels = [point["label"] for point in one["data"]]
        if sorted(labels) != sorted(categories):
            message = "invalid data: must have one point for every category"
            yield Problem(message, f"{at}/series/{index}/data")


def tasks_are_unique(value: Object, at: str) -> Iterator[Problem]:
    """Refuse a plan in which a task id stands twice."""
    seen: set[str] = set()
    for index, task in enumerate(value.get("tasks", [])):
        name = task["task_id"]
        if name in seen:
            yield Problem(f"invalid task_id: {name} must be unique", f"{at}/tasks/{index}/task_id")
        seen.add(name)


def never_pending(value: Object, at: str) -> Iterator[Problem]:
    """Refuse a pending task outside a plan."""
    if value.get("status") == "pending":
        yield Problem("invalid status: pending is for the tasks of a plan", f"{at}/status")
