"""One story in which every kind of delivery, every method and every event of the workbench occurs."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from tests.workbench.apps import (
    APP_TOKEN,
    Recorder,
    a_manifest,
    a_seed,
    asked,
    client_of,
    recording,
)
from tests.workbench.asks import opened
from tests.workbench.blocks import (
    actions,
    button,
    field,
    home,
    modal,
    options,
    section,
    text_field,
)
from workbench import Workbench, serving

Json = dict[str, Any]
EVENTS = (
    "app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "channel_created",
    "channel_deleted", "channel_rename", "channel_shared", "channel_unarchive", "channel_unshared", "entity_details_requested", "file_shared", "group_archive", "group_deleted", "group_rename",
    "group_unarchive", "link_shared", "member_joined_channel", "member_left_channel",
    "message.channels", "message.groups", "message.im", "message.mpim", "reaction_added", "reaction_removed", "tokens_revoked",
    "user_change",
)  # fmt: skip
SCOPES = (
    "app_mentions:read", "bookmarks:read", "bookmarks:write", "canvases:write", "channels:history", "channels:join", "channels:manage",
    "channels:read", "chat:write", "chat:write.public", "commands", "files:read", "files:write",
    "groups:history", "groups:read", "groups:write", "im:history", "im:read", "im:write", "links:read", "mpim:history",
    "links:write", "mpim:read", "mpim:write", "pins:read", "pins:write", "reactions:read", "reactions:write",
    "team:read", "usergroups:read", "users.profile:read", "users:read", "users:read.email",
)  # fmt: skip
FORM = modal(
    text_field("Title"),
    field("Size", {"type": "static_select", "options": options("Small", "Large")}, optional=True),
    field("Who", {"type": "multi_users_select"}, optional=True),
    field("Day", {"type": "datepicker"}, optional=True),
    field("Find", {"type": "external_select", "min_query_length": 0}, optional=True),
    field("Proof", {"type": "file_input"}, optional=True),
    field("Where", {"type": "conversations_select", "response_url_enabled": True}, optional=True),
    notify_on_close=True,
)


def whole_seed() -> Json:
    """Return two workspaces with a connected channel, and an app that hears of everything."""
    manifest = a_manifest(event_subscriptions={"bot_events": list(EVENTS)})
    manifest["features"]["unfurl_domains"] = ["example.com"]
    seed = a_seed(manifest=manifest, scopes=list(SCOPES), channels=["CGENERAL", "COLD", "CBRIDGE"])
    bridge = {"id": "CBRIDGE", "name": "bridge", "connected": ["T2"], "members": ["UANA", "UBEA"]}
    beta = {
        "team": {"id": "T2", "name": "Beta", "domain": "beta"},
        "users": [{"id": "UBEA", "name": "bea", "real_name": "Bea Quist"}],
    }
    return {**seed, "channels": [*seed["channels"], bridge], "workspaces": [beta]}


@contextlib.asynccontextmanager
async def told() -> AsyncIterator[tuple[Workbench, Recorder]]:
    """Let all of it happen; what was sent and answered stands in the workbench's log."""
    async with serving(whole_seed()) as bench, recording(bench) as app:
        await _talk(bench)
        await _interact(bench, app)
        await _look_around(bench)
        await _files_and_links(bench, app)
        await _housekeeping(bench)
        await bench.courier.settle(5)
        yield bench, app


async def _talk(bench: Workbench) -> None:
    client, ana = client_of(bench), bench.person("ana")
    first = await ana.types("general", "Hello @tiny")
    await bench.person("bea").types("bridge", "Hello from Beta")
    said = await client.chat_postMessage(
        channel="CGENERAL",
        text="Look",
        blocks=[section("Look", accessory=button("Aside", "aside")), actions(button("Go"))],
        metadata={"event_type": "looked", "event_payload": {"id": 1}},
    )
    await client.chat_postMessage(channel="CGENERAL", text="Yes", thread_ts=first["ts"])
    await client.chat_update(channel="CGENERAL", ts=said["ts"], text="Looked")
    await client.chat_postEphemeral(channel="CGENERAL", user="UANA", text="You only")
    gone = await client.chat_postMessage(channel="CGENERAL", text="Gone")
    await client.chat_delete(channel="CGENERAL", ts=gone["ts"])
    await client.chat_getPermalink(channel="CGENERAL", message_ts=first["ts"])
    began = await client.chat_startStream(
        channel="CGENERAL",
        thread_ts=first["ts"],
        markdown_text="Look",
        recipient_team_id="T1",
        recipient_user_id="UANA",
    )
    task = {"type": "task_update", "id": "1", "title": "Looking", "status": "complete"}
    await client.chat_appendStream(channel="CGENERAL", ts=began["ts"], chunks=[task])
    await client.chat_stopStream(channel="CGENERAL", ts=began["ts"], markdown_text="Seen")
    post_at = int(bench.clock.now()) + 600
    planned = await client.chat_scheduleMessage(channel="CGENERAL", post_at=post_at, text="Later")
    await client.chat_scheduledMessages_list()
    await client.chat_deleteScheduledMessage(
        channel="CGENERAL", scheduled_message_id=planned["scheduled_message_id"]
    )
    marked = (await ana.types("general", "Mark this"))["ts"]
    await client.reactions_add(channel="CGENERAL", timestamp=marked, name="eyes")
    await client.pins_add(channel="CGENERAL", timestamp=marked)
    await client.bookmarks_add(
        channel_id="CGENERAL", title="Docs", type="link", link="https://example.com"
    )


async def _interact(bench: Workbench, app: Recorder) -> None:
    client, ana = client_of(bench), bench.person("ana")
    await opened(app, client, ana, FORM)
    view = (await ana.modal()).view
    app.answers = [{"options": options("One")}]
    assert await ana.suggestions("Find", "o") == ["One"]
    await ana.fill("Title", "A title")
    await ana.fill("Who", ["ben"])
    await ana.chooses("Where", "general")
    await client.views_update(view_id=view["id"], view=FORM)
    app.answers = [{"response_action": "push", "view": modal(actions(button("In here", "in")))}]
    await ana.submits()
    await ana.presses("In here")
    trigger = app.payloads[-1]["trigger_id"]
    await client.views_push(trigger_id=trigger, view=modal(section("Deep"), submit=None))
    await ana.closes(everything=True)
    await client.views_publish(user_id="UANA", view=home(actions(button("At home", "home"))))
    await ana.goes_home()
    await ana.presses("At home")
    await ana.opens_messages()
    message = await ana.message("Looked", channel="general")
    blocks = [
        actions(button("Go"), {"type": "overflow", "action_id": "more", "options": options("A")})
    ]
    await client.chat_update(channel="CGENERAL", ts=message["ts"], text="Look", blocks=blocks)
    await ana.presses("Go")
    await ana.shortcut("Open it")
    await ana.shortcut_on(await ana.message("Hello", channel="general"), "Keep it")
    await ana.types("@tiny", "Just us")


async def _look_around(bench: Workbench) -> None:
    client = client_of(bench)
    for call in (
        client.auth_test(), client.team_info(), client.bots_info(bot="B1"), client.api_test(),
        client.users_list(), client.users_info(user="UANA"), client.users_info(user="UGONE"),
        client.users_info(user="UBEA"), client.users_lookupByEmail(email="ana@example.com"),
        client.users_conversations(user="UANA"), client.usergroups_list(include_users=True),
        client.usergroups_users_list(usergroup="S1"), client.conversations_list(),
        client.conversations_info(channel="CGENERAL"), client.conversations_info(channel="CBRIDGE"),
        client.conversations_members(channel="CGENERAL"), client.conversations_open(users="UBEN"),
        client.conversations_history(channel="CGENERAL", include_all_metadata=True, limit=2),
        client.conversations_join(channel="COTHER"),
        client_of(bench, APP_TOKEN).apps_connections_open(app_token=APP_TOKEN),
    ):  # fmt: skip
        await call
    said = bench.state.channels["CGENERAL"].messages
    first = next(iter(said))
    marked = next(ts for ts, message in said.items() if message.get("reactions"))
    await client.conversations_replies(channel="CGENERAL", ts=first)
    made = (await client.conversations_create(name="fresh"))["channel"]["id"]
    await client.conversations_invite(channel=made, users="UBEN")
    for call in (
        client.conversations_rename(channel=made, name="renamed"),
        client.conversations_setTopic(channel=made, topic="Old things"),
        client.conversations_setPurpose(channel=made, purpose="To wait"),
        client.conversations_kick(channel=made, user="UBEN"),
        client.conversations_archive(channel=made),
        client.conversations_unarchive(channel=made),
        client.conversations_mark(channel="CGENERAL", ts=first),
        client.conversations_close(channel=bench.state.im("UTINY", "UBEN").id),
        client.conversations_leave(channel="COTHER"),
        client.reactions_get(channel="CGENERAL", timestamp=marked),
        client.reactions_remove(channel="CGENERAL", timestamp=marked, name="eyes"),
        client.pins_list(channel="CGENERAL"), client.users_getPresence(user="UANA"),
        client.pins_remove(channel="CGENERAL", timestamp=marked),
        client.bookmarks_list(channel_id="CGENERAL"), client.users_profile_get(user="UANA"),
    ):  # fmt: skip
        await call
    (link,) = bench.state.bookmarks["CGENERAL"]
    await client.bookmarks_remove(channel_id="CGENERAL", bookmark_id=link["id"])
    context = next(each for each in bench.traffic.entries if each.kind == "event").payload
    await client_of(bench, APP_TOKEN).apps_event_authorizations_list(
        event_context=context["event_context"]
    )


async def _files_and_links(bench: Workbench, app: Recorder) -> None:
    client, ana = client_of(bench), bench.person("ana")
    upload = await client.files_upload_v2(channel="CGENERAL", filename="a.txt", content="Notes")
    await client.files_info(file=upload["file"]["id"])
    await client.files_delete(file=upload["file"]["id"])
    await ana.types("general", "Mine", files=[{"name": "mine.txt", "content": "Hello"}])
    await client.canvases_create(title="Notes")
    document = {"type": "markdown", "markdown": "# Notes"}
    await client.conversations_canvases_create(channel_id="CGENERAL", document_content=document)
    url = "https://example.com/cases/7"
    said = await ana.types("general", url)
    await client.chat_unfurl(
        channel="CGENERAL", ts=said["ts"], unfurls={url: {"blocks": [actions(button("Take it"))]}}
    )
    await ana.presses("Take it")
    case = {
        "entity_type": "slack#/entities/incident",
        "url": url,
        "external_ref": {"id": "7"},
        "entity_payload": {"attributes": {"title": {"text": "Login is down"}}},
    }
    metadata = {"entities": [case]}
    await client.chat_postMessage(channel="CGENERAL", text="A case", metadata=metadata)
    await ana.opens_object(await ana.message("Login is down", channel="general"))
    opened = await app.hears_event("entity_details_requested")
    await client.entity_presentDetails(opened["trigger_id"], case)


async def _housekeeping(bench: Workbench) -> None:
    await asked(bench, "admin/users", id="UBEN", tz="Asia/Tokyo")
    await asked(bench, "admin/channels", channel="general", kick=["UBEN"])
    await asked(bench, "admin/channels", channel="other", connect=["T2"])
    await asked(bench, "admin/channels", channel="secret", invite=["UTINY"])
    for is_archived in (True, False):
        await asked(bench, "admin/channels", channel="renamed", archived=is_archived)
        await asked(bench, "admin/channels", channel="secret", archived=is_archived)
    await asked(bench, "admin/channels", channel="renamed", delete=True)
    await asked(bench, "admin/channels", channel="other", disconnect=["T2"])
    await client_of(bench).conversations_rename(channel="CSECRET", name="secrets")
    await asked(bench, "admin/channels", channel="secrets", delete=True)
    group = await client_of(bench).conversations_open(users=["UANA", "UBEN"])
    await client_of(bench).chat_postMessage(channel=group["channel"]["id"], text="To both of you")
    grant = bench.state.grants.permit(
        bench.app, "UANA", scopes=SCOPES, user_scopes=("chat:write",), redirect_uri=""
    )
    form = {"code": grant.code, "client_id": "1.2", "client_secret": "shh"}
    async with aiohttp.ClientSession() as http:
        await http.post(f"{bench.api_url}oauth.v2.access", data=form)
    client = client_of(bench)
    await client.auth_revoke(test=True)
    await client.api_call("blocks.validate", json={"blocks": [section("Fine")]})
    await client.apps_uninstall(client_id="1.2", client_secret="shh")
