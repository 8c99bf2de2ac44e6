"""Modals and Home tabs: one stack per person, three deep, with a new hash on every change."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.blockkit.copying import copied
from workbench.state.apps import App
from workbench.state.blocks import normalised
from workbench.state.changes import Bus, HomePublished, StackChanged
from workbench.state.clock import Clock
from workbench.state.ids import new_hash, new_id
from workbench.state.inputs import Values, first_values
from workbench.state.shapes import Json

STACK_LIMIT = 3
HOME_TITLE: Json = {"type": "plain_text", "text": "View Title"}  # a Home has none of its own


@dataclass(slots=True, kw_only=True)
class View:
    """A modal or a Home tab that one person sees."""

    id: str
    app: str
    bot_id: str
    user: str
    team: str  # the person's
    home: str  # where the app is installed
    kind: str
    hash: str = ""
    body: Json = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    root: str = ""
    previous: str | None = None
    is_pending: bool = False
    channel: str | None = None  # the conversation it was opened from

    @property
    def blocks(self) -> list[Json]:
        """Return the view's blocks."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """Return the name its app gave it, or nothing."""
        return str(self.body.get("external_id") or "")

    def shape(self) -> Json:
        """Return the view as payloads and answers carry it; what is unset is null."""
        return {
            "id": self.id,
            "team_id": self.team,
            "type": self.kind,
            "blocks": copied(self.blocks),
            "private_metadata": self.body.get("private_metadata") or "",
            "callback_id": self.body.get("callback_id") or "",
            "state": {"values": copied(self.values)},
            "hash": self.hash,
            "title": _filled(self.body.get("title") or HOME_TITLE),
            "clear_on_close": bool(self.body.get("clear_on_close", False)),
            "notify_on_close": bool(self.body.get("notify_on_close", False)),
            "close": _filled(self.body.get("close")),
            "submit": _filled(self.body.get("submit")),
            "previous_view_id": self.previous,
            "root_view_id": self.root,
            "app_id": self.app,
            "external_id": self.external_id,
            "app_installed_team_id": self.home,
            "bot_id": self.bot_id,
        }


def _filled(text: Json | None) -> Json | None:
    """Return a text with the default that Slack fills in."""
    return {**text, "emoji": text.get("emoji", True)} if text else None


class Views:
    """All open modals and published Home tabs of a workspace."""

    def __init__(self, clock: Clock, bus: Bus) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}
        self._clock = clock
        self._bus = bus

    def all(self) -> Iterator[View]:
        """Yield every view that somebody can see."""
        for stack in self.stacks.values():
            yield from stack
        yield from self.homes.values()

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> View | None:
        """Return the view with this id or this external id, while it is there."""
        for view in self.all():
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        return None

    def stack(self, user: str) -> list[View]:
        """Return a person's modals, the visible one last."""
        return self.stacks.setdefault(user, [])

    def open(self, view: View, body: Json) -> list[View]:
        """Show a modal in place of all others; return the ones it replaced."""
        replaced = self.stack(view.user)
        self.stacks[view.user] = [view]
        view.root = view.id
        self._write(view, body)
        self._tell("opened", view)
        return replaced

    def push(self, view: View, body: Json) -> None:
        """Show a modal above the visible one; its caller has looked at the limit."""
        stack = self.stack(view.user)
        view.root = stack[0].id
        view.previous = stack[-1].id
        stack.append(view)
        self._write(view, body)
        self._tell("opened", view)

    def update(self, view: View, body: Json) -> None:
        """Replace what a view shows; what was typed stays where both ids stay."""
        self._write(view, body)
        if view.kind == "home":
            self._bus.tell(HomePublished(user=view.user, app=view.app, view=view.shape()))
        else:
            self._tell("updated", view)

    def publish(self, view: View, body: Json) -> None:
        """Show a Home tab."""
        self.homes[view.user, view.app] = view
        view.root = view.id
        self.update(view, body)

    def close(self, view: View) -> None:
        """Take one modal away and show the next one down."""
        stack = self.stack(view.user)
        if view in stack:
            stack.remove(view)
            self._tell("closed", view)

    def clear(self, view: View) -> list[View]:
        """Take a person's whole stack away and return it, the visible one first."""
        stack = self.stack(view.user)
        closed = list(reversed(stack))
        stack.clear()
        self._tell("closed", view, was_cleared=True)
        return closed

    def _write(self, view: View, body: Json) -> None:
        view.body = {**body, "blocks": normalised(body["blocks"])}
        view.values = first_values(view.blocks, kept=view.values, channel=view.channel)
        view.hash = new_hash(self._clock.now())

    def _tell(self, kind: str, view: View, *, was_cleared: bool = False) -> None:
        views = [each.shape() for each in self.stack(view.user)]
        change = StackChanged(
            user=view.user, kind=kind, view=view.shape(), views=views, was_cleared=was_cleared
        )
        self._bus.tell(change)


def new_view(*, app: App, user: str, team: str, kind: str, channel: str | None = None) -> View:
    """Return a view that nobody sees yet."""
    return View(
        id=new_id("V"),
        app=app.id,
        bot_id=app.bot_id,
        user=user,
        team=team,
        home=app.team,
        kind=kind,
        channel=channel,
    )
