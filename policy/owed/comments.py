"""Who is told of a comment."""

from policy.cases import Case
from policy.comments import Comment
from policy.notices import CommentAdded, Notice
from policy.owed.notice import in_thread


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
    )
    return in_thread(case, f"comments.added:{comment.id}", fact, at=comment.at)
