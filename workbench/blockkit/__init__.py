"""Judges Block Kit as Slack would: what an app may show, and what a person may submit."""

from workbench.blockkit.client import client_errors
from workbench.blockkit.kinds import Problem
from workbench.blockkit.surfaces import message_problems, view_problems
from workbench.blockkit.tree import stateful_elements, text_length, with_ids

__all__ = [
    "Problem",
    "client_errors",
    "message_problems",
    "stateful_elements",
    "text_length",
    "view_problems",
    "with_ids",
]
