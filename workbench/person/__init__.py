"""Somebody in Slack, for tests: acts over real HTTP, and waits for what they see."""

from workbench.person.person import Person
from workbench.person.places import Modal
from workbench.person.server import Trouble

__all__ = ["Modal", "Person", "Trouble"]
