"""The workbench, put together: a workspace, its doors, and what moves in it."""

import contextlib
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from workbench.control.admin import Admin
from workbench.control.desk import Control
from workbench.delivery.answer import Tasks
from workbench.delivery.courier import Courier
from workbench.delivery.events import Events
from workbench.delivery.sockets import Sockets
from workbench.faults import Faults
from workbench.limits import Limits
from workbench.people.floor import Floor
from workbench.people.installing import Installing
from workbench.people.live import Live
from workbench.people.routes import People
from workbench.person import Person
from workbench.seed import SMALL, workspace_from
from workbench.state.apps import App, TokenKind
from workbench.state.clock import Clock
from workbench.traffic import Traffic
from workbench.webapi.responding import Responses
from workbench.webapi.transport import WebApi

PAGE = Path(__file__).parent / "page"
BODY_BYTES = 8 * 1024 * 1024


class Workbench:
    """A Slack on this machine; `serving` starts one."""

    def __init__(
        self,
        seed: Mapping[str, Any],
        *,
        host: str,
        port: int,
        trace: Path | None,
        clock_hooks: Sequence[str],
        limits: bool,
    ) -> None:
        self.url = f"http://{host}:{port}"
        self.api_url = f"{self.url}/api/"
        self.clock = Clock(offset=0.0)
        self.state = workspace_from(seed, self.clock)
        self.traffic = Traffic(trace)
        self.faults = Faults()
        self.limits = Limits(is_enforced=limits)
        self.sockets = Sockets(self.state)
        self.courier = Courier(self.state, self.sockets, self.traffic)
        self._tasks = Tasks()
        self._events = Events(self.state, self.courier, self._tasks)
        self._live = Live(self.state, self.traffic)
        self._api = WebApi(
            self.state, limits=self.limits, faults=self.faults, traffic=self.traffic
        )
        self.control = Control(self.state, self.courier, self.faults, clock_hooks)
        self._persons: dict[str, Person] = {}

    @property
    def app(self) -> App:
        """Return the first app of the seed."""
        return next(iter(self.state.apps.values()))

    def token(self, kind: TokenKind = TokenKind.BOT) -> str:
        """Return the first app's token."""
        token = self.state.grants.newest(self.app, kind)
        if token is None:
            message = "the app has no such token"
            raise LookupError(message)
        return token.text

    def person(self, name: str) -> Person:
        """Return somebody who acts over real HTTP, always the same one for a name."""
        if name not in self._persons:
            self._persons[name] = Person(name, self.url)
        return self._persons[name]

    async def advance(self, seconds: float) -> None:
        """Let time pass, here and in the apps that have a clock hook."""
        await self.control.advance(seconds)

    def web_app(self) -> web.Application:
        """Return all doors."""
        floor = Floor(space=self.state, courier=self.courier, tasks=self._tasks, base_url=self.url)
        people = People(floor, self._live, self.traffic)
        responses = Responses(self.state, limits=self.limits, traffic=self.traffic)
        app = web.Application(client_max_size=BODY_BYTES)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._api.handle),
                web.post("/response/{id:.+}", responses.handle),
                web.get("/socket", self.sockets.handle),
                *people.routes(),
                *Installing(self.state).routes(),
                *self.control.routes(),
                *Admin(self.state, self.courier, self.sockets).routes(),
                web.get("/", _page),
            ]
        )
        if PAGE.is_dir():
            app.router.add_static("/static", PAGE)
        app.on_shutdown.append(self._shut)
        return app

    async def _shut(self, _app: web.Application) -> None:
        self._api.stopping.set()
        self._live.stop()
        await self.sockets.stop()
        await self._tasks.stop()

    async def stop(self) -> None:
        """Close what the doors do not."""
        await self.courier.stop()
        self.clock.stop()
        self.traffic.close()

    async def dismiss(self) -> None:
        """Send all persons away."""
        for person in self._persons.values():
            await person.leaves()


async def _page(_request: web.Request) -> web.StreamResponse:
    index = PAGE / "index.html"
    if not index.is_file():
        return web.Response(text="The workbench is running; it has no page.")
    return web.FileResponse(index, headers={"Cache-Control": "no-store"})


@contextlib.asynccontextmanager
async def serving(
    seed: Mapping[str, Any] | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    trace: Path | None = None,
    clock_hooks: Sequence[str] = (),
    limits: bool = True,
) -> AsyncIterator[Workbench]:
    """Run a workbench; port 0 means any free one."""
    with contextlib.closing(_listening(host, port)) as listener:
        bench = Workbench(
            seed if seed is not None else SMALL,
            host=host,
            port=listener.getsockname()[1],
            trace=trace,
            clock_hooks=clock_hooks,
            limits=limits,
        )
        runner = web.AppRunner(bench.web_app(), access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        try:
            yield bench
        finally:
            await bench.dismiss()
            await runner.cleanup()
            await bench.stop()


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener
