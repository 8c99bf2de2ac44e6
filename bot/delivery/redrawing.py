"""Shows a notice anew that stands already: somebody pressed a button there that came too late."""

import logging

from bot.clock import Clock
from bot.delivery.errors import Refused, Trouble, backoff
from bot.delivery.gathering import drawn
from bot.delivery.slack import Posted, Slack
from bot.storage.database import Database
from bot.storage.outbox.rows import Claimed
from handlers.views.notices.outdated import outdated
from policy.ids import ChannelId, Ts
from policy.timeliness import Present, is_outdated

log = logging.getLogger(__name__)

PASSING = frozenset({Trouble.WAIT, Trouble.LOST, Trouble.RIGHTS_MISSING, Trouble.UNAUTHORISED})


async def shown_anew(
    database: Database,
    slack: Slack,
    clock: Clock,
    claimed: Claimed,
    present: Present,
    at: tuple[ChannelId, Ts],
) -> None:
    """Edit the message to what is true now; where it is gone, nobody misses it.

    Raises:
        Refused: only when nothing at all can be sent, because the app is not let in.
    """
    notice, now = claimed.notice, clock()
    if is_outdated(notice, present, now=now):
        message = outdated(present.case, present.escalation)
    else:
        message = await drawn(database, notice, present, now=now)
    channel, ts = at
    refused: Refused | None = None
    try:
        await slack.update(Posted(channel=channel, ts=ts), message)
    except Refused as error:
        refused = error
        log.warning("notice %s is not shown anew: %s", notice.key, refused)
    async with database.begin() as work:
        if refused and refused.trouble in PASSING:
            await work.outbox.later(claimed, now + backoff(claimed.attempt, refused), refused.code)
        else:
            await work.outbox.sent(claimed, channel, ts)
        await work.commit()
    if refused and refused.trouble is Trouble.UNAUTHORISED:
        raise refused
