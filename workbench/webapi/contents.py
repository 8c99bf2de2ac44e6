"""Where the content of files goes in and out: the upload addresses, and `url_private`."""

from aiohttp import web
from aiohttp.web_request import FileField

from workbench.state.files import File
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces
from workbench.webapi import arguments


class Contents:
    """Serves `/upload/...` and `/files-pri/...`."""

    def __init__(self, spaces: Workspaces) -> None:
        self._spaces = spaces

    def routes(self) -> list[web.RouteDef]:
        """Return every way in."""
        return [
            web.post("/upload/v1/{secret}", self._upload),
            web.get("/files-pri/{team}-{id}/{name}", self._download),
        ]

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file's content, as the whole body or as a part of a form."""
        file = self._spaces.shared.files.awaited(request.match_info["secret"])
        if file is None:
            return web.Response(status=404, text="nobody waits for a file here")
        content = await _content(request)
        if len(content) != file.size:
            told = f"{file.size} bytes were announced, {len(content)} came"
            return web.Response(status=400, text=told)
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Give a file's content to whoever may read it; all others are sent to the front door."""
        file = self._spaces.shared.files.find(request.match_info["id"])
        if file is None or not self._may_read(request, file):
            return web.Response(status=302, headers={"Location": "/"})
        return web.Response(body=file.content, content_type=file.mimetype)

    def _may_read(self, request: web.Request, file: File) -> bool:
        found = self._spaces.token(arguments.token_of(request, {}))
        if found is not None:
            space, token = found
            works = token.refusal(space.clock.now()) is None
            may = file.is_given or _shown(space, file, token.user)
            return works and token.allows("files:read") and may
        user = request.query.get("user", "")
        home = self._spaces.of(user)
        return home is not None and _shown(home, file, user)


def _shown(space: Workspace, file: File, user: str) -> bool:
    channels = [space.channels.get(each) for each in file.channels]
    return file.user == user or any(each and space.can_see(each, user) for each in channels)


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, FileField):
            return value.file.read()
    return b""
