"""Escalations as people see them: forms, cards, the board, the brief, and what was just done."""

from handlers.views.escalations import answering, closing, working
from handlers.views.escalations.advice import advice
from handlers.views.escalations.board import board, board_moved, desk_section, listed
from handlers.views.escalations.brief import brief_message, brief_view
from handlers.views.escalations.card import escalation_card
from handlers.views.escalations.details import full
from handlers.views.escalations.form import form
from handlers.views.escalations.requested import request_card
from handlers.views.escalations.told import done, kept, promised, receipt, stated, yours

__all__ = [
    "advice",
    "answering",
    "board",
    "board_moved",
    "brief_message",
    "brief_view",
    "closing",
    "desk_section",
    "done",
    "escalation_card",
    "form",
    "full",
    "kept",
    "listed",
    "promised",
    "receipt",
    "request_card",
    "stated",
    "working",
    "yours",
]
