"""Settings: what each workspace decided for itself, read and written whole."""

from sqlalchemy import ForeignKeyConstraint, Table, bindparam, select

from bot.storage import codec
from bot.storage.schema import counter, document, metadata, workspace
from bot.storage.transaction import Transaction
from bot.storage.workspaces import Workspaces
from policy.ids import WorkspaceId
from policy.refusals import Stale
from policy.settings import WorkspaceSettings

settings = Table(
    "settings",
    metadata,
    workspace(),
    counter("version"),
    document("document"),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
)
GETTING = select(settings.c.document).where(settings.c.workspace == bindparam("of"))


class Settings:
    """The settings of each workspace."""

    def __init__(self, transaction: Transaction, workspaces: Workspaces) -> None:
        self._on = transaction
        self._workspaces = workspaces

    async def get(self, workspace: WorkspaceId) -> WorkspaceSettings | None:
        """Return the settings, None before there are any."""
        found = await self._on.value(GETTING, {"of": workspace})
        return None if found is None else codec.decode(WorkspaceSettings, found)

    async def save(self, value: WorkspaceSettings) -> None:
        """Replace the settings, or make the first ones.

        Raises:
            Stale: the version is not ahead of the one kept; somebody was faster.
        """
        await self._workspaces.add(value.workspace)
        saving = self._on.insert(settings).values(
            workspace=value.workspace,
            version=value.version,
            document=codec.encode(WorkspaceSettings, value),
        )
        saved = await self._on.run(
            saving.on_conflict_do_update(
                index_elements=[settings.c.workspace],
                set_={"version": saving.excluded.version, "document": saving.excluded.document},
                where=settings.c.version < saving.excluded.version,
            )
        )
        if not saved:
            raise Stale
