"""A Slack on your machine: knows Slack and none of its apps, and can run any of them."""

from workbench.bench import Workbench, serving
from workbench.person import Person, Trouble

__all__ = ["Person", "Trouble", "Workbench", "serving"]
