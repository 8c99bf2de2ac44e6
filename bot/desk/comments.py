"""What is said on a case, and what follows from it."""

from dataclasses import replace

from bot.desk.act import Act, Means
from bot.desk.escalating import heard
from bot.desk.fairness import flag
from bot.desk.spreading import spread
from policy import cases as casework
from policy import comments as rules
from policy.casefile import Said
from policy.cases import Case, NextStep, OpenQuestion
from policy.comments import Comment, CommentKind, Visibility
from policy.escalations import may_escalate
from policy.guidance.walk import Run
from policy.ids import CaseId, ChannelId, CommentId, Ts
from policy.owed import comments as owed
from policy.roles import Actor, Side


class Comments:
    """Add comments, and hear those typed in a case's thread."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def add(
        self,
        case: CaseId,
        text: str,
        *,
        kind: CommentKind = CommentKind.COMMENT,
        visibility: Visibility = Visibility.PUBLIC,
        is_question: bool = False,
        next_step: NextStep | None = None,
        links: tuple[str, ...] = (),
        by: Actor,
    ) -> Said:
        """Add a comment or a chase; it appears in the case's thread under its author's name."""
        async with self._means.acting(by) as act:
            said = await added(
                act,
                await act.case(case),
                text,
                kind=kind,
                visibility=visibility,
                is_question=is_question,
                next_step=next_step,
                links=links,
            )
            await act.commit()
        return said

    async def hear(
        self,
        channel: ChannelId,
        thread: Ts,
        ts: Ts,
        text: str,
        *,
        links: tuple[str, ...] = (),
        by: Actor,
    ) -> bool:
        """Take a reply typed in a case's thread as its comment; False if it is no case's thread.

        Whoever writes in the thread has the case before their eyes, so nothing else is asked.
        """
        async with self._means.acting(by) as act:
            case = await act.work.cases.of_thread(by.workspace, channel, thread)
            if case is None:
                return False
            comment = drawn(
                act, case, text[: rules.TEXT_LIMIT], source=source_of(channel, ts), links=links
            )
            if await spoken(act, case, comment):
                await spread(act.work, [owed.commented(case, comment)], by=by.user, now=act.now)
                await act.commit()
        return True

    async def reword(
        self,
        channel: ChannelId,
        ts: Ts,
        text: str,
        *,
        links: tuple[str, ...] = (),
        by: Actor,
    ) -> bool:
        """Follow what became of a message that is a comment; False if there is none of it.

        Without text and links the message was deleted: the comment stays, and says nothing.
        """
        async with self._means.acting(by) as act:
            found = await act.work.comments.of_source(by.workspace, source_of(channel, ts))
            if found is None:
                return False
            await act.work.cases.get(by.workspace, found.case)  # held before what belongs to it
            now = replace(found, text=text[: rules.TEXT_LIMIT], links=links)
            if now != found:
                await act.work.comments.reword(now)
                what = "comments.deleted" if now.is_deleted else "comments.edited"
                before = {"comment": found.id, "text": found.text}
                await act.note(found.case, what, {**before}, {"text": now.text})
                await act.commit()
        return True


async def added(
    act: Act,
    case: Case,
    text: str,
    *,
    kind: CommentKind = CommentKind.COMMENT,
    visibility: Visibility = Visibility.PUBLIC,
    is_question: bool = False,
    next_step: NextStep | None = None,
    links: tuple[str, ...] = (),
    run: Run | None = None,
) -> Said:
    """Add what a person typed into a form, if the rules admit it; the same twice is once.

    `run` is the run of the guidance that advised it.
    """
    rules.admitted(
        case,
        act.who,
        kind=kind,
        visibility=visibility,
        is_directing=is_question or next_step is not None,
        may_chase=may_escalate(case, act.who, act.settings),
    )
    comment = drawn(act, case, rules.readable(text), kind=kind, visibility=visibility, links=links)
    last = await act.work.comments.of(act.workspace, case.id, limit=1, internal=True)
    is_twice = bool(last) and rules.is_said_twice(comment, last[-1])
    if is_twice and _has_followed(case, comment, is_question=is_question, next_step=next_step):
        return await _said(act, case, last[-1])
    if run is not None:
        await act.work.runs.add(run)
    case = await spoken(act, case, comment, is_question=is_question, next_step=next_step) or case
    if is_question:
        await flag(act, case)
    await act.spoke_of(case.id)
    said = await _said(act, case, comment)
    _tell(act, case, said, is_question=is_question)
    return said


def _has_followed(
    case: Case, comment: Comment, *, is_question: bool, next_step: NextStep | None
) -> bool:
    """Tell whether what a comment asks for besides being said is so already: then it is one."""
    is_asked = case.question is not None and case.question.text == comment.text
    return (is_asked or not is_question) and next_step in {None, case.next_step}


def _tell(act: Act, case: Case, said: Said, *, is_question: bool) -> None:
    comment = said.comment
    if comment.is_public:
        counts = said.counts or comment.kind is not CommentKind.CHASE
        act.owe(owed.commented(case, comment, counts=counts, is_question=is_question))
    elif comment.visibility is Visibility.INTERNAL:
        act.owe(*owed.noted(case, comment))


def drawn(
    act: Act,
    case: Case,
    text: str,
    *,
    kind: CommentKind = CommentKind.COMMENT,
    visibility: Visibility = Visibility.PUBLIC,
    source: str | None = None,
    links: tuple[str, ...] = (),
) -> Comment:
    """Return a comment as the person who acts makes it."""
    return Comment(
        workspace=act.workspace,
        id=CommentId(act.means.new_id()),
        case=case.id,
        author=act.who.user,
        side=rules.side_of(kind, act.who),
        visibility=visibility,
        kind=kind,
        text=text,
        at=act.now,
        source=source,
        links=links,
    )


def source_of(channel: ChannelId, ts: Ts) -> str:
    """Return how a Slack message is named, so that it is one comment however often it is heard."""
    return f"{channel}:{ts}"


async def spoken(
    act: Act,
    case: Case,
    comment: Comment,
    *,
    is_question: bool = False,
    next_step: NextStep | None = None,
) -> Case | None:
    """Keep a comment and do what follows from it; None where it had been heard before."""
    if not await act.work.comments.add(comment):
        return None
    after = case
    if comment.is_public:
        after = _moved_on(act, case, comment, is_question=is_question)
    if next_step is not None:
        after = casework.with_next_step(after, next_step)
    spoken_on = await act.changed(
        case,
        after,
        "comments.added",
        comment=comment.id,
        kind=comment.kind.value,
        side=comment.side.value,
        visibility=comment.visibility.value,
    )
    return await heard(act, spoken_on, comment)


def _moved_on(act: Act, case: Case, comment: Comment, *, is_question: bool) -> Case:
    if comment.side is Side.CUSTOMER:
        return casework.answered(case, now=act.now, patience=act.settings.patience)
    if is_question:
        question = OpenQuestion(text=comment.text, asked_by=comment.author, asked_at=comment.at)
        return casework.asked(case, question)
    return casework.shown_anew(case)


async def _said(act: Act, case: Case, comment: Comment) -> Said:
    file = await act.file(case)
    is_chase = comment.kind is CommentKind.CHASE
    return Said(
        comment=comment,
        file=file,
        counts=is_chase and file.said.last_chase == comment.id,
        counts_again_at=rules.counts_again_at(file.said),
    )
