"""The workbench, put together: a workspace, its doors, and what moves in it."""

import contextlib
import os
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
from workbench.delivery.subscriptions import Subscriptions
from workbench.faults import Faults
from workbench.limits import Limits
from workbench.people.floor import Floor
from workbench.people.installing import Installing
from workbench.people.live import Live
from workbench.people.routes import People
from workbench.person import Person
from workbench.seed import SMALL, workspaces_from
from workbench.state.apps import Addresses, App, TokenKind
from workbench.state.clock import Clock
from workbench.traffic import Traffic
from workbench.webapi.contents import Contents
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
        self.workspaces = workspaces_from(seed, self.clock)
        self.workspaces.shared.files.base_url = self.url
        self.state = self.workspaces.first
        self.traffic = Traffic(trace)
        self.faults = Faults()
        self.limits = Limits(is_enforced=limits)
        shared = self.workspaces.shared
        self.sockets = Sockets(shared)
        self.courier = Courier(self.clock, self.sockets, self.traffic, faults=self.faults)
        self.subscriptions = Subscriptions(self.workspaces)
        self._tasks = Tasks()
        self._events = Events(
            self.workspaces,
            self.courier,
            self._tasks,
            faults=self.faults,
            subscriptions=self.subscriptions,
        )
        self._live = Live(self.workspaces, self.traffic)
        self._api = WebApi(
            self.workspaces, limits=self.limits, faults=self.faults, traffic=self.traffic
        )
        self.control = Control(shared, self.courier, self.faults, clock_hooks)
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

    def environment(self) -> dict[str, str]:
        """Return the environment in which an app finds the workbench instead of Slack."""
        own = {
            "SLACK_BOT_TOKEN": self.token(),
            "SLACK_SIGNING_SECRET": self.app.signing_secret,
            "SLACK_API_URL": self.api_url,
        }
        if self.app.is_socket_mode:
            own["SLACK_APP_TOKEN"] = self.token(TokenKind.APP)
        return {**os.environ, **own}

    def deliver_to(self, url: str) -> None:
        """Send everything that is for the first app to this address, over HTTP."""
        for app in self.workspaces.apps():
            if app.id == self.app.id:
                app.addresses = Addresses.all_at(url)
                app.is_socket_mode = False

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
        spaces = self.workspaces
        floor = Floor(
            space=self.state,
            workspaces=spaces,
            courier=self.courier,
            tasks=self._tasks,
            base_url=self.url,
        )
        people = People(floor, self._live, self.traffic)
        responses = Responses(spaces, limits=self.limits, traffic=self.traffic)
        app = web.Application(client_max_size=BODY_BYTES)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._api.handle),
                web.post("/response/{id:.+}", responses.handle),
                web.get("/socket", self.sockets.handle),
                *people.routes(),
                *Installing(spaces).routes(),
                *Contents(spaces).routes(),
                *self.control.routes(),
                *Admin(spaces, self.courier, self.sockets, self.subscriptions).routes(),
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
        self._events.stop()
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
