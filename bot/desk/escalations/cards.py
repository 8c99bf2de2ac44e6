"""The cards of an escalation: the duty side's, the requester's, and the board they stand on."""

from bot.desk.act import Act
from policy.cases import Case
from policy.escalations import Escalation
from policy.ids import ChannelId


async def wanted(act: Act, case: Case, escalation: Escalation) -> None:
    """Want the cards of an escalation that has begun.

    A confidential one has none on the duty side before somebody owns it, and stands on no board.
    """
    asked = case.requester if escalation.pulled else escalation.submitted_by
    await act.work.cards.want(act.workspace, "request", escalation.id, ChannelId(asked))
    channel = act.settings.duty_channel
    if channel is not None and not escalation.request.confidential:
        await act.work.cards.want(act.workspace, "escalation", escalation.id, channel)
        await act.work.cards.want(act.workspace, "board", channel, channel)
    await owned(act, escalation)


async def owned(act: Act, escalation: Escalation) -> None:
    """Let the card of a confidential escalation stand with its owner, privately."""
    if escalation.request.confidential and escalation.owner is not None:
        with_owner = ChannelId(escalation.owner)
        await act.work.cards.want(act.workspace, "escalation", escalation.id, with_owner)
