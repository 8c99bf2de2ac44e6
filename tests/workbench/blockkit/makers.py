"""Makes blocks of a given size; the limits tests look for the size at which Slack says no."""

from tests.workbench.blockkit.samples import BLOCKS, ELEMENTS, FEEDBACK


def block(name, **more):
    return {**BLOCKS[name], **more}


def element(name, **more):
    return {**ELEMENTS[name], **more}


def pie(segments):
    return block("data_visualization", chart={"type": "pie", "segments": segments})


def bars(count, points=1, name="a", label="a"):
    labels = [f"{number}"[:20] for number in range(points - 1)] + [label]
    data = [{"label": one, "value": 1} for one in labels]
    lines = [{"name": f"{number}", "data": data} for number in range(count - 1)]
    return block(
        "data_visualization",
        chart={
            "type": "line",
            "series": [*lines, {"name": name, "data": data}],
            "axis_config": {"categories": labels},
        },
    )


def listed(**more):
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [], **more}],
    }


def bordered(name, border):
    return {"type": "rich_text", "elements": [{"type": name, "elements": [], "border": border}]}


def web(length):
    return "https://example.com/".ljust(length, "x")


def rated(**more):
    rating = element("feedback_buttons", positive_button={**FEEDBACK, **more})
    return {"type": "context_actions", "elements": [rating]}


def trashed(**more):
    return {"type": "context_actions", "elements": [element("icon_button", **more)]}


def called(make, where):
    """Return a readable name for a row: which block, which element, where in it."""
    block = make(1)
    inner = [block.get("element"), *block.get("elements", [])]
    kinds = [one["type"] for one in inner[:2] if isinstance(one, dict)]
    return " ".join([block["type"], *kinds, where])
