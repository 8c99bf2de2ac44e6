"""Escalations as people see them: forms, cards, the board, the brief, and what was just done."""

from handlers.views.escalations.details import full
from handlers.views.escalations.form import form
from handlers.views.escalations.told import receipt, stated, yours

__all__ = ["form", "full", "receipt", "stated", "yours"]
