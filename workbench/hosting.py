"""A workbench in a thread of its own, for tests that have no event loop, or another one."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, TypeVar, cast

from workbench.bench import Workbench, serving
from workbench.person import Person
from workbench.state.apps import TokenKind
from workbench.state.shapes import Json

T = TypeVar("T")
SECONDS = 30.0
POLL_SECONDS = 0.02


class Host:
    """Runs a workbench, and the apps beside it, until it is stopped."""

    def __init__(self, seed: Mapping[str, Any] | None) -> None:
        self._seed = seed
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._live, name="workbench", daemon=True)
        self._trouble: BaseException | None = None
        self._children: list[asyncio.subprocess.Process] = []

    def start(self) -> None:
        """Return when the workbench listens.

        Raises:
            BadSeed: the seed does not say what it should.
        """
        self._thread.start()
        self._ready.wait(SECONDS)
        if self._trouble is not None:
            raise self._trouble

    def stop(self) -> None:
        """Return when all of it has ended."""
        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._over.set)
            self._thread.join(SECONDS)

    def begin(self, work: Coroutine[Any, Any, T]) -> "asyncio.Future[T]":
        """Let the workbench's loop do something; the future belongs to the caller's loop."""
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Let the workbench's loop do something, and wait for it here."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def run(self, *command: str, at: str | None = None) -> None:
        """Start an app as a process of its own; return when it listens, at an address or by socket."""
        if at:
            self.bench.deliver_to(at)
        child = await asyncio.create_subprocess_exec(*command, env=self.bench.environment())
        self._children.append(child)
        listens = _accepts(at) if at else self.bench.sockets.until_open(self.bench.app.id)
        await _before_it_ends(child, listens, command)

    def _live(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as trouble:  # noqa: BLE001 - whoever starts it hears of it
            self._trouble = trouble
            self._ready.set()

    async def _serve(self) -> None:
        async with serving(self._seed) as bench:
            self.bench = bench
            self.loop = asyncio.get_running_loop()
            self._over = asyncio.Event()
            self._ready.set()
            await self._over.wait()
            for child in self._children:
                with contextlib.suppress(ProcessLookupError):
                    child.terminate()
                await child.wait()


async def _accepts(address: str) -> None:
    """Wait until somebody listens at an address."""
    host, _, port = address.partition("//")[2].partition("/")[0].partition(":")
    while True:
        try:
            _, writer = await asyncio.open_connection(host, int(port or 80))
        except OSError:
            await asyncio.sleep(POLL_SECONDS)
        else:
            writer.close()
            await writer.wait_closed()
            return


async def _before_it_ends(
    child: asyncio.subprocess.Process, listens: Coroutine[Any, Any, None], command: tuple[str, ...]
) -> None:
    tasks = [asyncio.ensure_future(listens), asyncio.ensure_future(child.wait())]
    await asyncio.wait(tasks, timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
    is_listening = tasks[0].done() and tasks[0].exception() is None
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if not is_listening:
        message = f"{' '.join(command)} does not listen"
        raise AssertionError(message)


class Handle:
    """What both kinds of test can ask at once: addresses, secrets, what was said so far."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.bench: Workbench = host.bench

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return self.bench.url

    @property
    def api_url(self) -> str:
        """Return the address that an app uses in place of https://slack.com/api/."""
        return self.bench.api_url

    @property
    def signing_secret(self) -> str:
        """Return the secret with which deliveries to the first app are signed."""
        return self.bench.app.signing_secret

    def token(self) -> str:
        """Return the first app's bot token."""
        return self.bench.token()

    def app_token(self) -> str:
        """Return the first app's token for Socket Mode."""
        return self.bench.token(TokenKind.APP)

    def environment(self) -> dict[str, str]:
        """Return the environment in which a program finds the workbench instead of Slack."""
        return self.bench.environment()

    def deliver_to(self, url: str) -> None:
        """Send everything that is for the first app to this address."""
        self.bench.deliver_to(url)

    def traffic(self) -> list[Json]:
        """Return everything that went between Slack and apps so far, oldest first."""
        return [entry.shape() for entry in self.bench.traffic.entries]

    def goes_wrong(self, **fault: Any) -> None:
        """Order a fault, as the control side takes it."""
        self.bench.faults.order(fault)


class Slack(Handle):
    """The workbench for tests with an event loop: what takes time is awaited."""

    def person(self, name: str) -> Person:
        """Return somebody, whose verbs are awaited."""
        return cast("Person", _Elsewhere(self.bench.person(name), self._host.begin))

    def advance(self, seconds: float) -> Awaitable[None]:
        """Let time pass."""
        return self._host.begin(self.bench.advance(seconds))

    def runs(self, *command: str, at: str | None = None) -> Awaitable[None]:
        """Start an app as a process of its own, until the test is over."""
        return self._host.begin(self._host.run(*command, at=at))


class BlockingSlack(Handle):
    """The workbench for plain tests: what takes time is done when the verb returns."""

    def person(self, name: str) -> Any:
        """Return somebody, whose verbs are those of `Person`, without `await`."""
        return _Elsewhere(self.bench.person(name), self._host.wait)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._host.wait(self.bench.advance(seconds))

    def runs(self, *command: str, at: str | None = None) -> None:
        """Start an app as a process of its own, until the test is over."""
        self._host.wait(self._host.run(*command, at=at))


class _Elsewhere:
    """An object whose coroutines run in the workbench's loop."""

    def __init__(self, inner: Any, through: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        self._inner = inner
        self._through = through

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not callable(found):
            return found

        def act(*args: Any, **kwargs: Any) -> Any:
            done = found(*args, **kwargs)
            return self._through(done) if asyncio.iscoroutine(done) else done

        return act
