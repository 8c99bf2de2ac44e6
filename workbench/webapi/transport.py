"""The door of the Web API: reads a call, lets it go wrong when that was ordered, answers."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from workbench.faults import Fault, Faults
from workbench.limits import Limits
from workbench.state.apps import Token, TokenKind, TokenState
from workbench.state.shapes import Json
from workbench.state.workspaces import Workspaces
from workbench.traffic import Entry, Traffic
from workbench.webapi import arguments, registry
from workbench.webapi.call import ApiError, Call, Method, RateLimited

HANG_SECONDS = 300.0
TOKENLESS = {"api.test", "oauth.v2.access"}
SECRETS = {"token", "access_token", "refresh_token", "client_secret", "code"}


@dataclass(slots=True)
class Answer:
    """What goes back to the caller."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


class WebApi:
    """Serves `/api/<method>`."""

    def __init__(
        self, spaces: Workspaces, *, limits: Limits, faults: Faults, traffic: Traffic
    ) -> None:
        self._spaces = spaces
        self._clock = spaces.shared.clock
        self._limits = limits
        self._faults = faults
        self._traffic = traffic
        self.stopping = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        began = time.perf_counter()
        name = request.match_info["method"]
        method = registry.METHODS.get(name)
        args: Json = {}
        try:
            args, warnings = await arguments.read(
                request, takes_json=method is None or method.takes_json
            )
            args |= arguments.client_of(request)
        except ApiError as error:
            answer = Answer(_refused(error))
            fault = None
        else:
            fault = self._faults.strike(name, _channel(args))
            if fault is not None and fault.fault == "late":
                await self._clock.sleep(fault.retry_after)
            answer = self._struck(fault) or self._answer(request, method, args, warnings)
        self._note(name, args, answer, began=began, fault=fault)
        return await self._respond(request, answer, fault)

    def _struck(self, fault: Fault | None) -> Answer | None:
        """Return the answer of a fault that stands in place of the method's."""
        if fault is None or fault.fault in {"slow", "late", "lost_answer"}:
            return None
        if fault.fault == "ratelimited":
            return _limited(fault.retry_after)
        if fault.error:
            return Answer({"ok": False, "error": fault.error})
        if fault.fault in {"500", "503"}:
            return Answer({"ok": False, "error": "internal_error"}, status=int(fault.fault))
        return Answer({}, status=0)

    def _answer(
        self, request: web.Request, method: Method | None, args: Json, warnings: list[str]
    ) -> Answer:
        if method is None:
            return Answer({"ok": False, "error": "unknown_method"})
        try:
            call = self._call(request, method, args)
            call.warnings += warnings
            body = {"ok": True, **registry.run(call, method)}
        except ApiError as error:
            return Answer(_refused(error))
        except RateLimited as limited:
            return _limited(limited.retry_after)
        if call.warnings:
            body["warning"] = ",".join(call.warnings)
            body.setdefault("response_metadata", {})["warnings"] = call.warnings
        return Answer(body, headers=_scopes(call.token, method), findings=call.findings)

    def _call(self, request: web.Request, method: Method, args: Json) -> Call:
        name = request.match_info["method"]
        if name in TOKENLESS and not arguments.token_of(request, args):
            token = Token(text="", kind=TokenKind.BOT, app="", user="", scopes=())
            space = self._spaces.first
            app = next(self._spaces.apps())
        else:
            given = {} if method.needs_post else args
            text = arguments.token_of(request, given)
            space, token, app = registry.caller(self._spaces, text)
        return Call(
            method=name,
            args={key: value for key, value in args.items() if key != "token"},
            space=space,
            workspaces=self._spaces,
            token=token,
            app=app,
            limits=self._limits,
            base_url=f"{request.scheme}://{request.host}",
            verb=request.method,
        )

    def _note(
        self, name: str, args: Json, answer: Answer, *, began: float, fault: Fault | None
    ) -> None:
        findings = list(answer.findings)
        if fault:
            findings.append(f"fault on order: {fault.fault}")
        self._traffic.add(
            Entry(
                direction="from_app",
                kind="api",
                method=name,
                payload=_hidden(args),
                at=self._clock.now(),
                response=_hidden(answer.body),
                status=answer.status or None,
                ms=(time.perf_counter() - began) * 1000,
                findings=findings,
            )
        )

    async def _respond(
        self, request: web.Request, answer: Answer, fault: Fault | None
    ) -> web.StreamResponse:
        match fault.fault if fault else "":
            case "slow" if fault:
                await self._clock.sleep(fault.retry_after)
            case "timeout":
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.stopping.wait(), HANG_SECONDS)
                _cut(request)
            case "reset" | "lost_answer":
                _cut(request)
            case _:
                pass
        return web.json_response(answer.body, status=answer.status or 200, headers=answer.headers)


def _hidden(shape: Json) -> Json:
    """Return a payload as the log may keep it."""
    return {
        key: "(hidden)" if key in SECRETS else _hidden(value) if isinstance(value, dict) else value
        for key, value in shape.items()
    }


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _channel(args: Json) -> str | None:
    value: Any = args.get("channel")
    return str(value) if value else None


def _limited(retry_after: int) -> Answer:
    headers = {"Retry-After": str(retry_after)}
    return Answer({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _refused(error: ApiError) -> Json:
    return {"ok": False, "error": error.code, **error.more}


def _scopes(token: Token, method: Method) -> dict[str, str]:
    if token.kind is TokenKind.APP or token.state is not TokenState.ACTIVE:
        return {}
    return {
        "x-oauth-scopes": ",".join(token.scopes),
        "x-accepted-oauth-scopes": ",".join(method.scopes),
    }
