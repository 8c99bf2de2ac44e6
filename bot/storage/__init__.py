"""What is kept, on SQLite or PostgreSQL: collections of policy values; no row ever leaves."""

from bot.storage.database import Database, SchemaIsNotCurrent, connected
from bot.storage.sole import DatabaseIsInUse
from bot.storage.work import Work

__all__ = ["Database", "DatabaseIsInUse", "SchemaIsNotCurrent", "Work", "connected"]
