"""chat.unfurl: what an app shows under a message with a link of its own."""

from typing import Any

from workbench.state.channels import Channel
from workbench.state.entities import is_entity, title_of
from workbench.state.links import links_of, unfurl_id
from workbench.state.messages import Content
from workbench.state.shapes import Json
from workbench.webapi.call import ApiError, Call, Method, Methods
from workbench.webapi.content import check

SOURCES = ("conversations_history", "composer")


def unfurl(call: Call) -> Json:
    """Put previews under a message, one for each link."""
    channel, message = _message(call)
    unfurls = _unfurls(call) | _entities(call)
    if not unfurls:
        raise ApiError(code="missing_unfurls")
    own = {link["url"] for link in links_of(message["text"], call.app)}
    if not set(unfurls) <= own:
        raise ApiError(code="cannot_unfurl_url")
    attachments = [
        each for each in message.get("attachments", []) if each.get("from_url") not in own
    ]
    for url, shown in unfurls.items():
        attachments.append(_attachment(call, url, shown, number=len(attachments) + 1))
    content = Content(attachments=attachments)
    check(content)
    call.space.messages.attach(channel, message, content)
    return {}


def _message(call: Call) -> tuple[Channel, Json]:
    channel_id, ts = _named(call)
    channel = call.space.channels.get(channel_id)
    if channel is None:
        raise ApiError(code="cannot_find_channel")
    message = channel.messages.get(ts)
    if message is None:
        raise ApiError(code="cannot_find_message")
    if message.get("app_id") == call.app.id:
        raise ApiError(code="cannot_unfurl_message")
    return channel, message


def _named(call: Call) -> tuple[str, str]:
    """Return the channel and the ts, which the id of an unfurl tells, too."""
    if not call.text("unfurl_id") and not call.text("source"):
        return call.needed("channel", "missing_channel"), call.needed("ts", "missing_ts")
    if call.needed("source", "missing_source") not in SOURCES:
        raise ApiError(code="invalid_source")
    named = call.needed("unfurl_id", "missing_unfurl_id")
    channel_id, _, rest = named.partition(".")
    ts = rest.rpartition(".")[0]
    channel = call.space.channels.get(channel_id)
    if channel is None or unfurl_id(channel, ts) != named:
        raise ApiError(code="invalid_unfurl_id")
    return channel_id, ts


def _unfurls(call: Call) -> dict[str, Json]:
    if not call.args.get("unfurls"):
        return {}
    unfurls: Any = call.structure("unfurls", "invalid_unfurls_format")
    if not isinstance(unfurls, dict):
        raise ApiError(code="invalid_unfurls_format")
    if not all(isinstance(each, dict) for each in unfurls.values()):
        raise ApiError(code="cannot_parse_attachment")
    return unfurls


def _entities(call: Call) -> dict[str, Json]:
    """Return the Work Objects behind the links, each as what is shown where it is not known."""
    metadata: Any = call.structure("metadata", "invalid_metadata_format")
    if metadata is None:
        return {}
    entities: Any = metadata.get("entities") if isinstance(metadata, dict) else None
    if not isinstance(entities, list) or not all(_is_unfurled(each) for each in entities):
        raise ApiError(code="invalid_metadata_format")
    return {
        each["app_unfurl_url"]: {
            "title": title_of(each),
            "title_link": each["url"],
            "fallback": title_of(each),
            "entity": each,
        }
        for each in entities
    }


def _is_unfurled(entity: Any) -> bool:
    return is_entity(entity) and isinstance(entity.get("app_unfurl_url"), str)


def _attachment(call: Call, url: str, shown: Json, *, number: int) -> Json:
    return {
        **shown,
        "id": number,
        "from_url": url,
        "original_url": url,
        "is_app_unfurl": True,
        "app_unfurl_url": url,
        "app_id": call.app.id,
        "bot_id": call.app.bot_id,
        "bot_team_id": call.app.team,
    }


METHODS: Methods = {"chat.unfurl": Method(run=unfurl, scopes=("links:write",))}
