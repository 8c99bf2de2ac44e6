"""Links in messages, and the apps whose domains they belong to."""

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from workbench.state.apps import App
from workbench.state.channels import Channel
from workbench.state.shapes import Json

_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")


def links_of(text: str, app: App) -> Iterator[Json]:
    """Yield the links of a text that this app unfurls."""
    for url in dict.fromkeys(_LINK.findall(text)):
        host = urlsplit(url).hostname or ""
        for domain in app.unfurl_domains:
            if host == domain or host.endswith(f".{domain}"):
                yield {"url": url, "domain": domain}


def unfurl_id(channel: Channel, ts: str) -> str:
    """Return by what an app names the message whose links it unfurls."""
    place = f"{channel.id}.{ts}"
    return f"{place}.{hashlib.sha256(place.encode()).hexdigest()}"
