"""Doing: pressing, filling in, choosing, submitting, closing."""

import contextlib
from collections.abc import Iterator
from typing import Any

from workbench.person.choosing import chosen
from workbench.person.eyes import SECONDS, Eyes
from workbench.person.places import Spot, button, labelled
from workbench.person.server import Moved, Trouble

Json = dict[str, Any]
VIEWS = ("modal", "home")
MOVED = "there is no element"
TRIES = 3  # to press what is drawn anew just then


class Hands(Eyes):
    """Somebody who uses what they see."""

    def __init__(self, name: str, url: str) -> None:
        super().__init__(name, url)
        self._typed: dict[str, Json] = {}

    async def presses(
        self, text: str, *, in_: str | Json | None = None, within: float = SECONDS
    ) -> None:
        """Press the newest button with this text, or choose the option of a menu.

        It is looked for in the modal on top, then in messages, newest first, then in Home.
        `in_` narrows that to "modal", "home", a channel, or one message. The submit and the
        close button of a modal count, too.

        Raises:
            Trouble: the app did not answer, or there are errors under the fields.
        """
        await self.arrives()
        for _ in range(TRIES):
            with contextlib.suppress(Moved):
                return await self._press(text, in_, within)
        return await self._press(text, in_, within)

    async def _press(self, text: str, in_: str | Json | None, within: float) -> None:
        def look() -> tuple[Spot | None, Json] | None:
            if in_ in (None, "modal") and self._ends_modal(text):
                return None, {}
            found = (button(each, text, self._world.reader) for each in self._holders(in_))
            return next(filter(None, found), None)

        found = await self._world.until(look, seconds=within)
        spot, choice = self._there(found, f"sees no button {text!r}", None)
        if spot is None:
            await self._press_end(text)
        else:
            await self._act(spot, choice)

    def _ends_modal(self, text: str) -> bool:
        ends = [
            view.get(end) or {} for view in self._world.stack[-1:] for end in ("submit", "close")
        ]
        return text in [end.get("text") for end in ends]

    async def _press_end(self, text: str) -> None:
        submit = self._world.stack[-1].get("submit") or {}
        if submit.get("text") != text:
            await self.closes()
        elif errors := await self.submits():
            message = f"{self.name} reads under the fields: {errors}"
            raise Trouble(message)

    def _holders(self, in_: str | Json | None) -> Iterator[Json]:
        """Yield what can hold an element, what a person would look at first comes first."""
        if isinstance(in_, dict):
            known = self._world.messages.get(in_["channel"], {})
            yield known.get(in_["ts"], in_)
            return
        if in_ in {None, "modal"}:
            yield from self._world.stack[-1:]
        if in_ not in VIEWS:
            yield from self._world.newest(self._place(in_))
        if in_ in {None, "home"}:
            yield from self._world.homes.values()

    async def _act(self, spot: Spot, choice: Json) -> None:
        wish = {
            "container": spot.container,
            "block_id": spot.block["block_id"],
            "action_id": spot.element["action_id"],
            "state": self._typed.get(spot.key, {}),
            **choice,
        }
        self._fine(await self._server.post("action", wish))

    async def fill(self, label: str, value: Any, *, within: float = SECONDS) -> None:
        """Type into the field with this label, action_id or block_id.

        Dates are "2025-06-02", times "09:30", moments epoch seconds; None empties the field. Files
        are `{"name": "notes.txt", "content": "..."}`, one or a list.
        """
        await self.chooses(label, value, within=within)

    async def fills(self, **values: Any) -> None:
        """Type into several fields; the keywords are labels with `_` for blanks, or ids."""
        for name, value in values.items():
            await self.fill(name, value)

    async def chooses(self, label: str, choice: Any, *, within: float = SECONDS) -> None:
        """Choose under a label: an option by its text, a person or a channel by name.

        An external select is asked for suggestions with the text. A list chooses several.
        """
        await self.arrives()
        spot = await self._spot(label, within)
        offered = await self._offered(spot, choice)
        entry = chosen(spot.element, choice, self._world, offered)
        typed = self._typed.setdefault(spot.key, {}).setdefault(spot.block["block_id"], {})
        typed[spot.element["action_id"]] = {"type": spot.element["type"], **entry}
        if spot.dispatches:
            await self._act(spot, entry)

    async def _spot(self, label: str, within: float) -> Spot:
        def look() -> Spot | None:
            found = (labelled(each, label, self._world.reader) for each in self._holders(None))
            return next(filter(None, found), None)

        found = await self._world.until(look, seconds=within)
        return self._there(found, f"finds no field {label!r}", None)

    async def _offered(self, spot: Spot, choice: Any) -> list[Json]:
        if "external" not in spot.element["type"]:
            return []
        wanted = choice if isinstance(choice, list) else [choice]
        return [option for each in wanted for option in await self._ask(spot, str(each))]

    async def suggestions(self, label: str, query: str, *, within: float = SECONDS) -> list[str]:
        """Return the texts that an external select offers for what is typed into it."""
        await self.arrives()
        options = await self._ask(await self._spot(label, within), query)
        return [option["text"]["text"] for option in options]

    async def _ask(self, spot: Spot, query: str) -> list[Json]:
        wish = {
            "container": spot.container,
            "block_id": spot.block["block_id"],
            "action_id": spot.element["action_id"],
            "value": query,
        }
        answer = self._fine(await self._server.post("suggest", wish))
        grouped = [each for group in answer.get("option_groups", []) for each in group["options"]]
        return [*answer.get("options", []), *grouped]

    async def submits(self) -> dict[str, str]:
        """Submit the modal on top; return what stands under its fields then, by label.

        Raises:
            Trouble: the app did not answer, or not with an answer that Slack takes.
        """
        view = (await self.modal()).view
        wish = {"view_id": view["id"], "state": self._typed.get(view["id"], {})}
        answer = await self._server.post("view/submit", wish)
        if "errors" in answer:
            return {_label(view, block): text for block, text in answer["errors"].items()}
        self._fine(answer)
        return {}

    async def closes(self, *, everything: bool = False) -> None:
        """Close the modal on top with its Cancel or Back, or all of them with the X."""
        view = (await self.modal()).view
        wish = {"view_id": view["id"], "cleared": everything}
        self._fine(await self._server.post("view/close", wish))

    def _fine(self, answer: Json) -> Json:
        """Return the answer, or pass on what the person reads when it went wrong."""
        trouble = answer.get("error") or answer.get("banner")
        if trouble and trouble.startswith(MOVED):
            raise Moved(trouble)
        if trouble:
            self._world.banners.append(trouble)
            raise Trouble(trouble)
        return answer


def _label(view: Json, block_id: str) -> str:
    for block in view["blocks"]:
        if block.get("block_id") == block_id and "label" in block:
            return str(block["label"]["text"])
    return block_id
