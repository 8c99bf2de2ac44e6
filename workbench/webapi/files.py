"""files.*: uploading in three steps, telling, deleting."""

from collections.abc import Iterator
from typing import Any

from workbench.limits import Tier
from workbench.state.changes import FileShared
from workbench.state.channels import Channel
from workbench.state.files import File
from workbench.state.messages import Content
from workbench.state.shapes import Json
from workbench.webapi.call import ApiError, Call, Method, Methods
from workbench.webapi.chat import author
from workbench.webapi.content import check

LARGEST = 1_000_000_000


def get_upload_url(call: Call) -> Json:
    """Promise a file, and tell where its content is to be posted."""
    name = call.needed("filename", "invalid_arguments")
    length = call.text("length")
    if not length.isascii() or not length.isdigit() or int(length) < 1:
        message = "[ERROR] length must be greater than 0 [json-pointer:/length]"
        raise ApiError(code="invalid_arguments", response_metadata={"messages": [message]})
    if int(length) > LARGEST:
        raise ApiError(code="file_upload_size_restricted")
    file = call.space.files.add(
        name,
        user=call.caller,
        team=call.space.id,
        size=int(length),
        alt_txt=call.text("alt_txt"),
    )
    return {"upload_url": call.space.files.awaits(file), "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Finish uploads, and show them in channels if any is named."""
    wanted: Any = call.structure("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted:
        raise ApiError(code="invalid_arguments")
    files = [_finished(call, each) for each in wanted]
    for channel in list(_channels(call)):
        _share(call, channel, files)
    return {"files": [_shape(call, file) for file in files]}


def _finished(call: Call, entry: Any) -> File:
    file_id = entry.get("id") if isinstance(entry, dict) else None
    file = call.space.files.find(str(file_id))
    if file is None or file.user != call.caller:
        raise ApiError(code="file_not_found")
    file.title = entry.get("title") or file.title
    file.is_complete = True
    return file


def _channels(call: Call) -> Iterator[Channel]:
    for word in [call.text("channel_id"), *call.names("channels")]:
        if not word:
            continue
        found = call.space.channels.get(word)
        if found is None or not call.space.can_see(found, call.caller):
            raise ApiError(code="channel_not_found")
        if call.caller not in found.members:
            raise ApiError(code="not_in_channel")
        if found.is_archived:
            raise ApiError(code="is_archived")
        yield found


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    blocks: Any = call.structure("blocks", "invalid_blocks_format")
    comment = call.text("initial_comment")
    content = Content(text=comment, blocks=None if comment else blocks, files=files)
    check(content)
    thread_ts = call.text("thread_ts") or None
    call.space.messages.post(channel, author(call), content, thread_ts=thread_ts)
    for file in files:
        told = FileShared(channel=channel, file=file.id, user=call.caller)
        call.space.bus.tell(told)


def info(call: Call) -> Json:
    """Tell of one file."""
    file = _visible(call)
    return {"file": _shape(call, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(call: Call) -> Json:
    """Take back a file of one's own."""
    file = _visible(call)
    if file.user != call.caller:
        raise ApiError(code="cant_delete_file")
    file.is_deleted = True
    return {}


def _visible(call: Call) -> File:
    file = call.space.files.all.get(call.needed("file", "file_not_found"))
    if file is not None and file.is_deleted:
        raise ApiError(code="file_deleted")
    if file is None or file.content is None or not _may_see(call, file):
        raise ApiError(code="file_not_found")
    return file


def _may_see(call: Call, file: File) -> bool:
    channels = [call.space.channels.get(each) for each in file.channels]
    shown = any(each and call.space.can_see(each, call.caller) for each in channels)
    return shown or file.user == call.caller


def _shape(call: Call, file: File) -> Json:
    return file.shape(call.space.channels)


METHODS: Methods = {
    "files.getUploadURLExternal": Method(
        run=get_upload_url, tier=Tier.FOUR, scopes=("files:write",), takes_json=False
    ),
    "files.completeUploadExternal": Method(
        run=complete_upload, tier=Tier.FOUR, scopes=("files:write",)
    ),
    "files.info": Method(run=info, tier=Tier.FOUR, scopes=("files:read",), takes_json=False),
    "files.delete": Method(run=delete, scopes=("files:write",)),
}
