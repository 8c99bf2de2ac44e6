"""The tables and charts (docs.slack.dev/reference/block-kit): `table`, `data_table` and `data_visualization`."""

from workbench.blockkit import rules
from workbench.blockkit.kinds import Flag, Kind, Many, Number, Shape, String, Typed
from workbench.blockkit.rich import RICH_TEXT
from workbench.blockkit.texts import BLOCK_ID, TYPE

_BLOCK: dict[str, Kind] = {"type": TYPE, "block_id": BLOCK_ID}


def _cells(needs: tuple[str, ...]) -> Typed:
    return Typed(
        shapes={
            "raw_text": Shape(
                fields={"type": TYPE, "text": String(), "emoji": Flag()}, needs=("text",)
            ),
            "raw_number": Shape(
                fields={"type": TYPE, "value": Number(whole=False), "text": String()},
                needs=needs,
            ),
            "rich_text": RICH_TEXT,
        }
    )


_COLUMN_SETTINGS = Shape(
    fields={"align": String(out_of=("left", "center", "right")), "is_wrapped": Flag()}
)

TABLE = Shape(
    fields={
        **_BLOCK,
        "rows": Many(of=Many(of=_cells(("value",)), least=1, most=20), least=1, most=100),
        "column_settings": Many(of=_COLUMN_SETTINGS, most=20, gaps=True),
    },
    needs=("rows",),
)

DATA_TABLE = Shape(
    fields={
        **_BLOCK,
        "rows": Many(of=Many(of=_cells(("value", "text")), least=1, most=20), least=2, most=201),
        "caption": String(),
        "page_size": Number(least=1, most=100),
        "row_header_column_index": Number(least=0),
    },
    needs=("rows", "caption"),
    rules=(rules.columns_agree, rules.cells_fit),
)

_LABEL = String(most=20)
_AXIS_LABEL = String(most=50)

_SEGMENT = Shape(
    fields={"label": _LABEL, "value": Number(above=0, whole=False)}, needs=("label", "value")
)
_POINT = Shape(fields={"label": _LABEL, "value": Number(whole=False)}, needs=("label", "value"))
_SERIES = Shape(
    fields={"name": _LABEL, "data": Many(of=_POINT, least=1, most=20)}, needs=("name", "data")
)
_AXES = Shape(
    fields={
        "categories": Many(of=_LABEL, least=1, most=20),
        "x_label": _AXIS_LABEL,
        "y_label": _AXIS_LABEL,
    },
    needs=("categories",),
)
_PIE = Shape(
    fields={"type": TYPE, "segments": Many(of=_SEGMENT, least=1, most=12)}, needs=("segments",)
)
_ON_AXES = Shape(
    fields={
        "type": TYPE,
        "series": Many(of=_SERIES, least=1, most=12),
        "axis_config": _AXES,
    },
    needs=("series", "axis_config"),
    rules=(rules.series_agree,),
)

DATA_VISUALIZATION = Shape(
    fields={
        **_BLOCK,
        "title": String(most=50),
        "chart": Typed(shapes={"pie": _PIE, "bar": _ON_AXES, "area": _ON_AXES, "line": _ON_AXES}),
    },
    needs=("title", "chart"),
)
