"""What people do in more than one story, each as a person does it: typing, choosing, pressing."""

from workbench import Person

ACME = "acme-support"
IMPACT = "Nobody at three sites can sign in, and every order of today is lost."
WANTED = "A plan with dates, from someone who can decide."


async def opens(
    person: Person,
    title: str = "Login is down",
    *,
    severity: str = "S3",
    channel: str = ACME,
    description: str = "Nobody can sign in since nine this morning.",
    contact: str | None = None,
) -> None:
    """Open a case in a channel, and wait for its card."""
    await person.commands("/case open", channel=channel)
    await person.modal(title="Open a case")
    await person.chooses("Severity", severity)
    if severity == "S1":
        await person.sees("Is production down?")
        await person.chooses("Is production down?", "Yes")
        await person.chooses("Is there a workaround?", "No")
    if severity in {"S1", "S2"}:
        await person.fill("Business impact", "All sales stopped; nobody can work.")
    await person.fill("Title", title)
    await person.fill("What is the problem?", description)
    if contact:
        await person.chooses("Contact", contact)
    assert await person.submits() == {}
    await person.sees("is open")
    await person.closes(everything=True)
    await person.sees(f"· {title}", channel=channel)


async def asks_guidance(person: Person, case: str = "", *, channel: str = ACME) -> None:
    """Type `/case escalate` and wait for what the guidance says first."""
    await person.commands(f"/case escalate {case}".strip(), channel=channel)
    await person.modal(title=f"Escalate {case or 'CASE-1'}")


async def answers(person: Person, *steps: tuple[str, str]) -> None:
    """Answer the guidance's questions, each by its text and the text of the choice."""
    for question, choice in steps:
        await person.sees(question)
        await person.chooses(question, choice)
        assert await person.submits() == {}


ABOUT = ("Is it about this case's problem?", "Yes, about this case")
WHAT = "What describes it best?"
BLOCKED = (
    ABOUT,
    (WHAT, "I cannot use the product; no clear next step"),
    ("Is there a workaround that works for you?", "No"),
)
UPDATE = (ABOUT, (WHAT, "I want an update, or to add information"))


async def fills_escalation(person: Person, *, alternate: str | None = None) -> None:
    """Fill in what the escalation form requires."""
    await person.sees("This uses this case's only escalation")
    await person.fill("Impact now", IMPACT)
    await person.fill("Wanted result", WANTED)
    if alternate:
        await person.chooses("Alternate contact", alternate)
    await person.chooses("One escalation per case", ["This uses this case's only escalation"])


async def escalates(person: Person, case: str = "CASE-1", *, channel: str = ACME) -> None:
    """Escalate because of being blocked, all the way to the receipt."""
    await asks_guidance(person, case, channel=channel)
    await answers(person, *BLOCKED)
    await person.presses("Fill in the form")
    await fills_escalation(person)
    assert await person.submits() == {}
    await person.sees("is escalated since")
    await person.closes(everything=True)
