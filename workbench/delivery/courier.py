"""Takes a delivery to its app by the way the app has chosen, and notes how it went."""

import asyncio
import time

import aiohttp

from workbench.blockkit.copying import copied
from workbench.delivery import http
from workbench.delivery.answer import ACK_SECONDS, CONNECTION_FAILED, TIMEOUT, Answer, Parcel
from workbench.delivery.probes import Probe
from workbench.delivery.sockets import Sockets
from workbench.faults import Fault, Faults
from workbench.state.apps import App
from workbench.state.clock import Clock
from workbench.traffic import Entry, Traffic

ROUGH = ("dropped", "lost_answer", "slow")


class Courier:
    """Sends, waits up to three seconds, and writes the log."""

    def __init__(
        self, clock: Clock, sockets: Sockets, traffic: Traffic, *, faults: Faults
    ) -> None:
        self.seconds = ACK_SECONDS
        self._faults = faults
        self._clock = clock
        self._sockets = sockets
        self._traffic = traffic
        self._session: aiohttp.ClientSession | None = None
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def send(self, app: App, parcel: Parcel) -> Answer:
        """Deliver and return the app's answer."""
        began = time.perf_counter()
        at = self._clock.now()
        payload = copied(parcel.payload)  # what is open goes on changing
        fault = self._faults.delivery(parcel.kind, parcel.name, parcel.channel, only=ROUGH)
        self._begin()
        try:
            answer = await self._roughly(app, parcel, fault)
        finally:
            self._end()
        entry = Entry(
            direction="to_app",
            kind=parcel.kind,
            method=parcel.name,
            payload=payload,
            at=at,
            response=answer.body if answer.is_ok else {"failure": answer.failure},
            status=answer.status,
            ms=(time.perf_counter() - began) * 1000,
            findings=_findings(parcel, answer, fault),
            headers=answer.sent,
        )
        self._traffic.add(entry)
        return answer

    async def _roughly(self, app: App, parcel: Parcel, fault: Fault | None) -> Answer:
        """Carry a parcel, unless it was ordered that something goes wrong on the way."""
        match fault.fault if fault else "":
            case "dropped":
                self._sockets.cut(app.id)
                return Answer(failure=CONNECTION_FAILED)
            case "lost_answer":
                await self._carry(app, parcel)
                return Answer(failure=TIMEOUT)
            case "slow" if fault:
                await self._clock.sleep(fault.retry_after)
                return await self._carry(app, parcel)
            case _:
                return await self._carry(app, parcel)

    async def probe(self, app: App, name: str, probe: Probe) -> Answer:
        """Send something odd over HTTP and return what the app makes of it."""
        raw, headers = probe(app)
        url = app.addresses.events or app.addresses.interactivity
        if url is None:
            return Answer(failure=CONNECTION_FAILED)
        clock, at = self._clock, self._clock.now()
        answer = await http.send(self._connected(), clock, url, raw, headers, seconds=self.seconds)
        entry = Entry(
            direction="to_app",
            kind="event",
            method=f"probe: {name}",
            payload=raw.decode(),
            at=at,
            response=answer.body,
            status=answer.status,
        )
        self._traffic.add(entry)
        return answer

    async def settle(self, seconds: float) -> None:
        """Wait until nothing is under way, but not longer than so many real seconds."""
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            return

    async def stop(self) -> None:
        """Close what is open."""
        if self._session is not None:
            await self._session.close()

    async def _carry(self, app: App, parcel: Parcel) -> Answer:
        if app.is_socket_mode:
            return await self._sockets.send(app, parcel, seconds=self.seconds)
        return await http.post(self._connected(), self._clock, app, parcel, seconds=self.seconds)

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            # No cookies: Slack keeps none between deliveries.
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    def _begin(self) -> None:
        self._under_way += 1
        self._idle.clear()

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._idle.set()


def _findings(parcel: Parcel, answer: Answer, fault: Fault | None) -> list[str]:
    findings = [f"fault on order: {fault.fault}"] if fault else []
    if answer.failure:
        findings.append(f"not delivered: {answer.failure}")
    if parcel.retry:
        findings.append(f"retry {parcel.retry} after {parcel.reason}")
    return findings
