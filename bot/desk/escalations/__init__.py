"""Escalations: from submitting one to looking back at it, split by what people do."""

from bot.desk.escalations.answering import Answering
from bot.desk.escalations.closing import Closing
from bot.desk.escalations.leaving import Leaving
from bot.desk.escalations.reading import Reading
from bot.desk.escalations.submitting import Submitting
from bot.desk.escalations.working import Working

__all__ = ["Escalations"]


class Escalations(Submitting, Answering, Working, Closing, Leaving, Reading):
    """The one request per case for someone besides the engineer."""
