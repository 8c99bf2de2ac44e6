"""The payloads, field by field, as Slack's pages and recorded samples have them; what is null is null."""

import pytest

from tests.workbench.whole import told

PEOPLE = "type team user enterprise is_enterprise_install token"
VIEW = (
    "id team_id type blocks private_metadata callback_id state hash title close submit clear_on_close "
    "notify_on_close previous_view_id root_view_id app_id external_id app_installed_team_id bot_id"
)
ACTION = "type block_id action_id action_ts"

# which entry of the log -> (the way into it, all of the fields there, those of them that are null)
TABLE = {
    "command": [
        ("", ("token team_id team_domain channel_id channel_name user_id user_name command text "
             "response_url trigger_id api_app_id is_enterprise_install"), ""),
    ],
    "block_actions in a message": [
        ("", f"{PEOPLE} api_app_id container trigger_id actions channel message response_url state",
         "enterprise"),
        ("container", "type message_ts channel_id is_ephemeral", ""),
        ("user", "id username name team_id", ""),
        ("team", "id domain", ""),
        ("channel", "id name", ""),
        ("actions.0", f"{ACTION} text", ""),
    ],
    "block_actions in an unfurl": [
        ("", (f"{PEOPLE} api_app_id container trigger_id actions channel message response_url state "
             "app_unfurl"), "enterprise"),
        ("container", ("type attachment_id message_ts channel_id is_ephemeral is_app_unfurl "
                      "app_unfurl_url"), ""),
    ],
    "block_actions in a modal": [
        ("", f"{PEOPLE} api_app_id container trigger_id actions view", "enterprise"),
        ("container", "type view_id", ""),
        ("view", VIEW, "close"),
    ],
    "block_actions in a home": [
        ("", f"{PEOPLE} api_app_id container trigger_id actions view", "enterprise"),
        ("container", "type view_id", ""),
        ("view", VIEW, "close submit previous_view_id"),
    ],
    "view_submission": [
        ("", f"{PEOPLE} api_app_id trigger_id view response_urls", "enterprise"),
        ("view", VIEW, "close previous_view_id"),
        ("view.state.values.title.title", "type value", ""),
        ("view.state.values.size.size", "type selected_option", "selected_option"),
        ("view.state.values.day.day", "type selected_date", "selected_date"),
        ("view.state.values.find.find", "type selected_option", "selected_option"),
        ("view.state.values.proof.proof", "type files", ""),
        ("response_urls.0", "block_id action_id channel_id response_url", ""),
    ],
    "view_closed": [
        ("", f"{PEOPLE} api_app_id view is_cleared", "enterprise"),
        ("view", VIEW, "close previous_view_id"),
    ],
    "block_suggestion": [
        ("", f"{PEOPLE} api_app_id container action_id block_id value view", "enterprise"),
        ("view", VIEW, "close previous_view_id"),
    ],
    "shortcut": [
        ("", f"{PEOPLE} callback_id trigger_id action_ts", "enterprise"),
        ("user", "id username team_id", ""),
    ],
    "message_action": [
        ("", f"{PEOPLE} callback_id trigger_id action_ts channel message message_ts response_url",
         "enterprise"),
    ],
    "event": [
        ("", ("token team_id context_team_id context_enterprise_id api_app_id event type event_id "
             "event_time authorizations is_ext_shared_channel event_context"), "context_enterprise_id"),
        ("authorizations.0", "enterprise_id team_id user_id is_bot is_enterprise_install",
         "enterprise_id"),
    ],
    "event message": [
        ("event", "type channel channel_type user team client_msg_id text blocks ts event_ts", ""),
    ],
    "event message in a connected channel": [
        ("event", ("type channel channel_type user team client_msg_id text blocks ts event_ts user_team "
                  "source_team user_profile"), ""),
        ("event.user_profile", ("avatar_hash image_72 first_name real_name display_name team name "
                               "is_restricted is_ultra_restricted"), ""),
    ],
    "event app_home_opened": [("event", "type user channel tab event_ts view", "")],
    "event app_uninstalled": [("event", "type", "")],
    "event tokens_revoked": [("event", "type tokens", ""), ("event.tokens", "oauth bot", "")],
    "event link_shared": [
        ("event", "type user channel message_ts links source unfurl_id is_bot_user_member event_ts", ""),
        ("event.links.0", "url domain", ""),
    ],
    "event file_shared": [("event", "type file_id user_id file channel_id event_ts", "")],
    "event reaction_added": [("event", "type user reaction item_user item event_ts", "")],
    "event member_joined_channel": [
        ("event", "type user channel channel_type team event_ts", ""),
    ],
}  # fmt: skip


def names_of(entry):
    """Return under which rows of the table an entry of the log stands."""
    payload = entry["payload"]
    if entry["kind"] == "command":
        return ["command"]
    if entry["kind"] == "event":
        where = " in a connected channel" if payload["is_ext_shared_channel"] else ""
        return [
            "event",
            f"event {payload['event'].get('subtype') or payload['event']['type']}{where}",
        ]
    if payload["type"] != "block_actions":
        return [payload["type"]]
    kinds = {"message": "a message", "message_attachment": "an unfurl"}
    place = kinds.get(payload["container"]["type"]) or f"a {payload['view']['type']}"
    return [f"block_actions in {place}"]


def at(value, path):
    """Return what stands at a path with dots."""
    for step in filter(None, path.split(".")):
        value = value[int(step) if step.isdigit() else step]
    return value


@pytest.fixture
async def log():
    async with told() as (bench, _):
        entries = [each.shape() for each in bench.traffic.entries if each.direction == "to_app"]
    found: dict[str, object] = {}
    for entry in entries:
        for name in names_of(entry):
            found.setdefault(name, entry["payload"])
    return found


async def test_every_payload_has_the_fields_of_its_kind_and_no_others(log):
    wrong = []
    for name, rows in TABLE.items():
        for path, fields, nulls in rows:
            value = at(log[name], path)
            has, is_null = set(value), {key for key, each in value.items() if each is None}
            if (has, is_null) != (set(fields.split()), set(nulls.split())):
                missing, more = set(fields.split()) - has, has - set(fields.split())
                wrong.append((name, path, "lacks", missing, "has", more, "null", is_null))
    assert wrong == []


async def test_what_nobody_touched_is_null_or_empty_and_never_missing(log):
    values = log["view_submission"]["view"]["state"]["values"]
    assert {block: next(iter(entry.values())) for block, entry in values.items()} == {
        "title": {"type": "plain_text_input", "value": "A title"},
        "size": {"type": "static_select", "selected_option": None},
        "who": {"type": "multi_users_select", "selected_users": ["UBEN"]},
        "day": {"type": "datepicker", "selected_date": None},
        "find": {"type": "external_select", "selected_option": None},
        "proof": {"type": "file_input", "files": []},
        "where": {"type": "conversations_select", "selected_conversation": "CGENERAL"},
    }
    closed = log["view_closed"]["view"]["state"]["values"]
    assert closed == {}  # the state of inputs is not told when a modal is closed
