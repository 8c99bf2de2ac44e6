"""The loose shape in which everything travels between Slack and its apps."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
