"""Messages that are written while people look on: what was said so far, and how it is shown."""

from dataclasses import dataclass, field

from workbench.blockkit.copying import copied
from workbench.state.blocks import normalised
from workbench.state.channels import Channel
from workbench.state.clock import Clock
from workbench.state.ids import new_block_id
from workbench.state.messages import Content, Messages
from workbench.state.quirks import Quirks
from workbench.state.shapes import Json

PLAN_TITLE = "Plan"
IN_PROGRESS, COMPLETED = "in_progress", "completed"


@dataclass(slots=True, kw_only=True)
class Stream:
    """What has come so far, in the order in which it is shown."""

    shows_plan: bool = False
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    tasks: dict[str, Json] = field(default_factory=dict)
    plan: Json | None = None

    def add(self, chunk: Json) -> None:
        """Take one chunk, of a shape that was looked at before."""
        match chunk["type"]:
            case "markdown_text":
                self._write(chunk["text"])
            case "task_update":
                self._task(chunk)
            case "plan_update":
                self._planned()["title"] = chunk["title"]
            case _:
                self.blocks += normalised(chunk["blocks"])

    def _write(self, text: str) -> None:
        self.text += text
        if self.blocks and self.blocks[-1]["type"] == "markdown":
            self.blocks[-1]["text"] += text
        else:
            self.blocks.append({"type": "markdown", "block_id": new_block_id(), "text": text})

    def _task(self, chunk: Json) -> None:
        task = self.tasks.get(chunk["id"])
        if task is None:
            task = {"type": "task_card", "block_id": new_block_id(), "task_id": chunk["id"]}
            self.tasks[chunk["id"]] = task
            (self._planned()["tasks"] if self.shows_plan else self.blocks).append(task)
        task |= {name: chunk[name] for name in ("title", "status", "sources") if name in chunk}
        task |= {name: _rich(chunk[name]) for name in ("details", "output") if name in chunk}

    def _planned(self) -> Json:
        """Return the block that holds all tasks, where the first of them stands."""
        if self.plan is None:
            self.plan = {
                "type": "plan",
                "block_id": new_block_id(),
                "title": PLAN_TITLE,
                "tasks": [],
            }
            self.blocks.append(self.plan)
        return self.plan

    def content(self) -> Content:
        """Return all of it."""
        return Content(text=self.text, blocks=copied(self.blocks))


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


class Streams:
    """All messages that are being written."""

    def __init__(self, clock: Clock, messages: Messages, quirks: Quirks) -> None:
        self._clock = clock
        self._messages = messages
        self._quirks = quirks
        self._open: dict[tuple[str, str], Stream] = {}

    def begin(
        self, channel: Channel, author: Json, stream: Stream, *, thread_ts: str | None
    ) -> Json:
        """Post a message that has only begun."""
        author = {**author, "streaming_state": IN_PROGRESS}
        message = self._messages.post(channel, author, stream.content(), thread_ts=thread_ts)
        key = channel.id, message["ts"]
        self._open[key] = stream

        def expire() -> None:
            if self._open.pop(key, None) is not None:
                message["streaming_state"] = COMPLETED

        self._clock.at(self._clock.now() + self._quirks.stream_seconds, expire)
        return message

    def find(self, channel: Channel, ts: str) -> Stream | None:
        """Return what is being written, while it is."""
        return self._open.get((channel.id, ts))

    def show(self, channel: Channel, message: Json, stream: Stream) -> None:
        """Let everybody see what has come; apps do not hear of it."""
        self._messages.grow(channel, message, stream.content())

    def end(self, channel: Channel, message: Json, content: Content) -> None:
        """Finish a message; it is one like any other from now on."""
        del self._open[channel.id, message["ts"]]
        message["streaming_state"] = COMPLETED
        self._messages.change(channel, message, content)
