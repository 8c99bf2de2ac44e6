"""Who waits for whom in PostgreSQL."""

from sqlalchemy import text

from bot.storage import Database

WAITING = text(
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "WHERE datname = current_database() AND NOT granted"
)


async def somebody_waits(database: Database) -> bool:
    """Tell whether somebody waits for a row that somebody else holds."""
    async with database.reading() as work:
        return bool(await work.cases._on.value(WAITING))
