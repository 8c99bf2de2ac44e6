"""The App Home: a person's cases, and when escalating them becomes available."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from handlers.ids import Action
from handlers.views.cases.shown import opening, rows
from handlers.views.escalations.board import desk_section
from handlers.views.message import button, buttons, context, given, header, section
from policy.board import Line
from policy.casefile import CasePage
from policy.roles import Role, Standing


def home(page: CasePage, reader: Standing, lines: Sequence[Line] | None = None) -> View:
    """Return the home of one person; `lines` are open escalations, for whoever answers them."""
    more = page.total - len(page.files)
    return View(
        type="home",
        blocks=list(
            given(
                desk_section(lines) if lines is not None else None,
                header("Your cases"),
                buttons(
                    opening("primary"),
                    button("Settings", Action.SETTINGS)
                    if reader.has(Role.ADMINISTRATOR)
                    else None,
                ),
                rows(page) or section("You have no cases. Open one when something is wrong."),
                context(f"And {more} more: type `/case list 2`.") if more else None,
                context("`/case help` tells what else can be typed."),
            )
        ),
    )
