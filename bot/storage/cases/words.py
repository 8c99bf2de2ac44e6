"""Words: the cases that have them, or that somebody said them on in a comment that may be read.

What cases and comments say is indexed by each database in its own way, FTS5 on SQLite and full text
on PostgreSQL. Of what was said, the newest comments decide that have the words.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    column,
    func,
    literal,
    select,
    table,
    union_all,
)
from sqlalchemy.sql.expression import literal_column

from bot.storage.cases.rows import OF_A_CASE, cases
from bot.storage.comments import comments
from policy.cases import is_support
from policy.comments import Visibility
from policy.roles import Standing

MOST_COMMENTS = 1000
"""In how many comments a search finds words: the newest that have them."""
CASE_WORDS = table(
    "case_words",
    column("workspace", String),
    column("number", Integer),
    column("rowid", Integer),
)
"""SQLite's index of the words of cases; triggers keep it in step with them."""
COMMENT_WORDS = table("comment_words", column("rowid", Integer))
"""SQLite's index of the words of comments, by their positions."""
SIMPLE: ColumnElement[str] = literal_column("'simple'")
BY_NUMBER = cases.c.number.desc()


def with_words(
    within: ColumnElement[bool],
    words: tuple[str, ...],
    who: Standing,
    *,
    reach: int,
    is_postgresql: bool,
) -> Select[Any]:
    """Return the cases within these that have all words, by number, as far as a page reaches."""
    own, said = _POSTGRESQL if is_postgresql else _SQLITE
    readable = [Visibility.PUBLIC, *([Visibility.INTERNAL] if is_support(who) else ())]
    newest = (
        said(words)
        .add_columns(cases.c.number)
        .join(cases, _case_of_comment())
        .where(comments.c.visibility.in_(readable), within)
        .limit(MOST_COMMENTS)
        .subquery()
    )
    first = own(words).where(within).limit(reach).subquery()
    found = union_all(select(first.c.number), select(newest.c.number)).subquery()
    return (
        select(*OF_A_CASE)
        .where(within, cases.c.number.in_(select(found.c.number)))
        .order_by(BY_NUMBER)
    )


def _case_of_comment() -> ColumnElement[bool]:
    return (cases.c.workspace == comments.c.workspace) & (cases.c.number == comments.c.case_number)


def _own_on_postgresql(words: tuple[str, ...]) -> Select[Any]:
    return select(cases.c.number).where(_has(cases.c.words, words)).order_by(BY_NUMBER)


def _said_on_postgresql(words: tuple[str, ...]) -> Select[Any]:
    found = select(comments.c.position).where(_has(comments.c.words, words))
    return found.order_by(comments.c.position.desc())


def _has(text: ColumnElement[str], words: tuple[str, ...]) -> ColumnElement[bool]:
    """Say it in the very words that the index was made of."""
    asked = " & ".join(f"{word}:*" for word in words)
    return func.to_tsvector(SIMPLE, text).op("@@")(func.to_tsquery(SIMPLE, asked))


def _own_on_sqlite(words: tuple[str, ...]) -> Select[Any]:
    """Walk the index of words from its newest end: it is asked for no more than is needed."""
    return (
        select(cases.c.number)
        .select_from(CASE_WORDS, cases)
        .where(
            literal_column("case_words").op("MATCH")(_asked(words)),
            cases.c.workspace == CASE_WORDS.c.workspace,
            cases.c.number == CASE_WORDS.c.number,
        )
        .order_by(CASE_WORDS.c.rowid.desc())
    )


def _said_on_sqlite(words: tuple[str, ...]) -> Select[Any]:
    """Walk the newest first here as well; the index's rows go by the comments' positions."""
    return (
        select(comments.c.position)
        .select_from(COMMENT_WORDS)
        .join(comments, comments.c.position == COMMENT_WORDS.c.rowid)
        .where(literal_column("comment_words").op("MATCH")(_asked(words)))
        .order_by(COMMENT_WORDS.c.rowid.desc())
    )


def _asked(words: tuple[str, ...]) -> ColumnElement[str]:
    return literal("words : (" + " AND ".join(f'"{word}"*' for word in words) + ")")


_POSTGRESQL = (_own_on_postgresql, _said_on_postgresql)
_SQLITE = (_own_on_sqlite, _said_on_sqlite)
