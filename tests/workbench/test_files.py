"""Files: the three steps of an upload, who may read them, and what people bring along."""

import aiohttp
import pytest

from tests.workbench.apps import TOKEN, a_manifest, a_seed, client_of, recording
from tests.workbench.asks import error_of, opened, refused
from tests.workbench.blocks import field, modal
from workbench import serving


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


async def put(client, http, *, name="notes.txt", content=b"Some notes"):
    """Announce a file and post its content; return its id."""
    promised = await client.files_getUploadURLExternal(filename=name, length=len(content))
    async with http.post(promised["upload_url"], data=content) as response:
        assert (response.status, await response.text()) == (200, f"OK - {len(content)}")
    return promised["file_id"]


async def test_slacks_own_client_uploads_a_file_into_a_channel(bench, client, ana):
    answer = await client.files_upload_v2(
        channel="CGENERAL", filename="notes.txt", content="Some notes", initial_comment="Read this"
    )
    file = answer["file"]
    assert (file["name"], file["mimetype"], file["filetype"]) == ("notes.txt", "text/plain", "txt")
    message = await ana.message("Read this", channel="general")
    assert (message["subtype"], message["files"][0]["id"]) == ("file_share", file["id"])
    told = (await client.files_info(file=file["id"]))["file"]
    assert told["channels"] == ["CGENERAL"]
    assert told["shares"]["public"]["CGENERAL"][0]["ts"] == message["ts"]
    assert (told["size"], told["is_public"]) == (10, True)


async def test_content_is_read_with_a_token_and_by_nobody_else(bench, client, http):
    file_id = await put(client, http)
    done = await client.files_completeUploadExternal(files=[{"id": file_id, "title": "Notes"}])
    assert done["files"][0]["title"] == "Notes"
    url = done["files"][0]["url_private"]
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    async with http.get(url, headers=bearer) as response:
        assert (await response.read(), response.content_type) == (b"Some notes", "text/plain")
    async with http.get(url, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (302, "/")
    bench.state.tokens[TOKEN].scopes = ("chat:write",)
    async with http.get(url, headers=bearer, allow_redirects=False) as response:
        assert response.status == 302


async def test_a_person_reads_what_was_shared_where_they_can_look(bench, client, http):
    await client.files_upload_v2(channel="CGENERAL", filename="notes.txt", content="Some notes")
    (message,) = bench.state.channels["CGENERAL"].messages.values()
    url = message["files"][0]["url_private"]
    for user, status in (("UANA", 200), ("nobody", 302)):
        async with http.get(url, params={"user": user}, allow_redirects=False) as response:
            assert response.status == status


async def test_a_form_may_carry_the_content(client, http):
    promised = await client.files_getUploadURLExternal(filename="a.bin", length=3)
    form = aiohttp.FormData()
    form.add_field("filename", b"abc", filename="a.bin")
    async with http.post(promised["upload_url"], data=form) as response:
        assert await response.text() == "OK - 3"


async def test_content_must_be_as_long_as_announced(client, http):
    promised = await client.files_getUploadURLExternal(filename="a.txt", length=5)
    async with http.post(promised["upload_url"], data=b"abc") as response:
        assert (response.status, await response.text()) == (400, "5 bytes were announced, 3 came")
    async with http.post(promised["upload_url"][:-3] + "xyz", data=b"abcde") as response:
        assert response.status == 404
    files = [{"id": promised["file_id"]}]
    assert (await error_of(client.files_completeUploadExternal(files=files)))[
        "error"
    ] == "file_not_found"


@pytest.mark.parametrize(
    ("channel", "error"),
    [("CNONE", "channel_not_found"), ("CSECRET", "channel_not_found"), ("COTHER", "not_in_channel"),
     ("COLD", "is_archived")],
)  # fmt: skip
async def test_where_no_file_can_be_shared(client, http, channel, error):
    file_id = await put(client, http)
    call = client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=channel)
    assert (await error_of(call))["error"] == error


@pytest.mark.parametrize(
    ("args", "error"),
    [({"filename": "a.txt", "length": "0"}, "invalid_arguments"),
     ({"filename": "a.txt", "length": "x"}, "invalid_arguments"),
     ({"filename": "a.txt", "length": "2000000000"}, "file_upload_size_restricted"),
     ({"length": "3"}, "invalid_arguments")],
)  # fmt: skip
async def test_what_cannot_be_announced(client, args, error):
    assert await refused(client, "files.getUploadURLExternal", **args) == error


async def test_files_are_deleted_by_their_owner(bench, client, http, ana):
    file_id = await put(client, http)
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id="CGENERAL")
    await ana.types("general", "Mine", files=[{"name": "mine.txt", "content": "Hello"}])
    mine = (await ana.message("Mine"))["files"][0]["id"]
    assert await refused(client, "files.delete", file=mine) == "cant_delete_file"
    await client.files_delete(file=file_id)
    assert await refused(client, "files.info", file=file_id) == "file_deleted"
    assert await refused(client, "files.info", file="FNONE") == "file_not_found"
    assert await refused(client, "files.completeUploadExternal", files="[]") == "invalid_arguments"


async def test_an_app_hears_of_a_file_that_somebody_shares():
    manifest = a_manifest(event_subscriptions={"bot_events": ["message.channels", "file_shared"]})
    async with serving(a_seed(manifest=manifest)) as bench, recording(bench) as app:
        ana = bench.person("ana")
        await ana.types("general", "", files=[{"name": "plan.pdf", "content_base64": "JVBERg=="}])
        events = {each["event"]["type"]: each["event"] for each in await app.hears_events(2)}
        message, shared = events["message"], events["file_shared"]
        assert (message["subtype"], message["files"][0]["pretty_type"]) == ("file_share", "PDF")
        assert shared["file_id"] == shared["file"]["id"] == message["files"][0]["id"]
        assert (shared["channel_id"], shared["user_id"]) == ("CGENERAL", "UANA")
        told = (await client_of(bench).files_info(file=shared["file_id"]))["file"]
        assert (told["size"], told["user"]) == (4, "UANA")


async def test_nobody_reads_what_was_shared_where_they_are_not(bench, client, ben):
    await ben.types("secret", "Ours", files=[{"name": "ours.txt", "content": "Hush"}])
    ours = (await ben.message("Ours"))["files"][0]["id"]
    assert await refused(client, "files.info", file=ours) == "file_not_found"


async def test_a_file_input_comes_with_ids_that_can_be_asked_for(bench, app, client, ana):
    element = {"type": "file_input", "filetypes": ["txt"], "max_files": 2}
    view = modal(field("Proof", element))
    await opened(app, client, ana, view)
    state = {"proof": {"proof": {"type": "file_input", "files": [{"name": "a.txt", "size": 7}]}}}
    shown = (await ana.modal()).view
    await ana._server.post("view/submit", {"view_id": shown["id"], "state": state})
    submitted = app.payloads[-1]["view"]["state"]["values"]["proof"]["proof"]
    (file,) = submitted["files"]
    assert (submitted["type"], file["name"], file["size"]) == ("file_input", "a.txt", 7)
    assert file["id"].startswith("F")
    assert bench.state.files.find(file["id"]).user == "UANA"


async def test_what_was_brought_once_is_not_uploaded_again(bench, app, client, ana):
    view = modal(field("Proof", {"type": "file_input"}))
    await opened(app, client, ana, view)
    answer = await ana._server.post("files", {"files": [{"name": "a.txt", "content": "Look"}]})
    (brought,) = answer["files"]
    state = {"proof": {"proof": {"type": "file_input", "files": [brought]}}}
    shown = (await ana.modal()).view
    await ana._server.post("view/submit", {"view_id": shown["id"], "state": state})
    submitted = app.payloads[-1]["view"]["state"]["values"]["proof"]["proof"]
    assert [file["id"] for file in submitted["files"]] == [brought["id"]]
    assert list(bench.state.files.all) == [brought["id"]]
    assert bench.state.files.find(brought["id"]).content == b"Look"
