"""Comments: rows in the order they were made, and who waits for whom."""

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)

from bot.storage.schema import (
    choice,
    document,
    metadata,
    moment,
    name,
    partial_index,
    serial,
    words,
)
from bot.storage.transaction import Transaction
from policy.comments import Comment, CommentKind, Conversation, Visibility, conversation
from policy.ids import CaseId, CommentId, UserId, WorkspaceId, case_id, case_number
from policy.lists import searchable
from policy.roles import Side

HAS_SOURCE = text("source IS NOT NULL")

comments = Table(
    "comments",
    metadata,
    serial("position"),
    name("workspace"),
    name("id"),
    Column("case_number", Integer, nullable=False),
    name("author"),
    Column("side", choice(Side, "side"), nullable=False),
    Column("visibility", choice(Visibility, "visibility"), nullable=False),
    Column("kind", choice(CommentKind, "kind"), nullable=False),
    words("text"),
    words("words"),
    moment("at"),
    words("source", nullable=True),
    document("links", nullable=True),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
    UniqueConstraint("workspace", "id"),
    partial_index(
        "uq_comments_workspace_source", *("workspace", "source"), unique=True, where=HAS_SOURCE
    ),
    Index(None, "workspace", "case_number", "position"),
    Index(None, "workspace", "author", "position"),
)

ON_A_CASE = (comments.c.workspace == bindparam("of_workspace")) & (
    comments.c.case_number == bindparam("of_case")
)
IS_PUBLIC = comments.c.visibility == Visibility.PUBLIC
NEWEST = (
    select(comments)
    .where(ON_A_CASE)
    .order_by(comments.c.position.desc())
    .limit(bindparam("most", type_=Integer))
)
NEWEST_PUBLIC = NEWEST.where(IS_PUBLIC)


def _deciding() -> Select[Any]:
    """Return support's last public word, the chases since, and the last public word of all."""
    public, position = ON_A_CASE & IS_PUBLIC, comments.c.position
    last = select(func.max(position)).where(public).scalar_subquery()
    replied = public & (comments.c.side == Side.SUPPORT)
    reply = select(func.coalesce(func.max(position), 0)).where(replied).scalar_subquery()
    matters = or_(comments.c.kind == CommentKind.CHASE, position.in_([reply, last]))
    return select(comments).where(public, position >= reply, matters).order_by(position)


DECIDING = _deciding()


class Comments:
    """What was said on cases, in the order it was said."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def add(self, comment: Comment) -> bool:
        """Add a comment; False where its message was heard before, and then nothing is added."""
        once = self._on.insert(comments).on_conflict_do_nothing(
            index_elements=[comments.c.workspace, comments.c.source], index_where=HAS_SOURCE
        )
        adding = once.returning(comments.c.position)
        return await self._on.first(adding, _row(comment)) is not None

    async def of_source(self, workspace: WorkspaceId, source: str) -> Comment | None:
        """Return the comment that a Slack message was taken as, None where it was not."""
        query = select(comments).where(
            comments.c.workspace == workspace, comments.c.source == source
        )
        row = await self._on.first(query)
        return _comment(row) if row else None

    async def reword(self, comment: Comment) -> None:
        """Let a comment say something else; its place in the conversation stays."""
        this = (comments.c.workspace == comment.workspace) & (comments.c.id == comment.id)
        rewording = update(comments).where(this)
        links = list(comment.links) or None
        found_by = searchable(comment.text)
        await self._on.run(rewording.values(text=comment.text, words=found_by, links=links))

    async def of(
        self, workspace: WorkspaceId, case: CaseId, limit: int = 50, *, internal: bool
    ) -> list[Comment]:
        """Return the case's last comments, oldest first; with `internal`, also those not public."""
        newest = NEWEST if internal else NEWEST_PUBLIC
        rows = await self._on.all(newest, _of(workspace, case) | {"most": limit})
        return [_comment(row) for row in reversed(rows)]

    async def conversation(self, workspace: WorkspaceId, case: CaseId) -> Conversation:
        """Return who waits for whom, from the few comments that decide it."""
        deciding = await self._on.all(DECIDING, _of(workspace, case))
        return conversation(_comment(row) for row in deciding)


def _of(workspace: WorkspaceId, case: CaseId) -> dict[str, Any]:
    return {"of_workspace": workspace, "of_case": case_number(case)}


def _row(comment: Comment) -> dict[str, Any]:
    return {
        "workspace": comment.workspace,
        "id": comment.id,
        "case_number": case_number(comment.case),
        "author": comment.author,
        "side": comment.side,
        "visibility": comment.visibility,
        "kind": comment.kind,
        "text": comment.text,
        "words": searchable(comment.text),
        "at": comment.at,
        "source": comment.source,
        "links": list(comment.links) or None,
    }


def _comment(row: Row[Any]) -> Comment:
    return Comment(
        workspace=WorkspaceId(row.workspace),
        id=CommentId(row.id),
        case=case_id(row.case_number),
        author=UserId(row.author),
        side=row.side,
        visibility=row.visibility,
        kind=row.kind,
        text=row.text,
        at=row.at,
        source=row.source,
        links=tuple(row.links or ()),
    )
