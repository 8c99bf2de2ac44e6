"""Who is told of a comment."""

from policy.cases import Case
from policy.comments import Comment
from policy.notices import CommentAdded, NoteAdded, Notice, Person
from policy.owed.notice import in_thread, notice


def commented(
    case: Case, comment: Comment, *, counts: bool = True, is_question: bool = False
) -> Notice:
    """Return a comment made by command or form, for the thread."""
    fact = CommentAdded(
        comment=comment.id,
        author=comment.author,
        side=comment.side,
        kind=comment.kind,
        text=comment.text,
        counts=counts,
        is_question=is_question,
        links=comment.links,
    )
    return in_thread(case, f"comments.added:{comment.id}", fact, at=comment.at)


def noted(case: Case, comment: Comment) -> tuple[Notice, ...]:
    """Return a note among ourselves for the case's engineer; a customer never hears of it."""
    if case.engineer is None or case.engineer == comment.author:
        return ()
    fact = NoteAdded(author=comment.author, text=comment.text)
    key = f"comments.noted:{comment.id}:{case.engineer}"
    return (notice(case, key, Person(user=case.engineer), fact, at=comment.at),)
