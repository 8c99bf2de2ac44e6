"""The workspace's settings as a form."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, ConversationFilter, ConversationSelectElement, Option
from slack_sdk.models.views import View

from handlers.forms import settings as fields
from handlers.ids import Modal, Options
from handlers.views.message import given, section
from handlers.views.modal import (
    field,
    modal,
    number,
    option,
    people,
    radio,
    several_looked_up,
    tick,
    words,
)
from policy.ids import GroupId
from policy.settings import UserGroup, WhoMayEscalate, WorkspaceSettings, is_group

NAMES = {
    "duty_managers": "Duty managers",
    "engineers": "Engineers",
    "leads": "Leads",
    "administrators": "Administrators",
}
WHO = (
    (WhoMayEscalate.REQUESTER.value, "The requester and the contact of the case"),
    (WhoMayEscalate.ACCOUNT.value, "Everybody of the case's account"),
)


def form(settings: WorkspaceSettings, groups: Sequence[UserGroup] = ()) -> View:
    """Return the form with the settings as they are; groups that Slack does not know keep ids."""
    known = {each.id: each for each in groups}
    kept = {"default_tier": settings.default_tier, "urgent_contact": settings.urgent_contact}
    return modal(
        "Settings",
        *given(
            _duty_channel(settings),
            *(_role(role, getattr(settings, role), known) for role in fields.ROLES),
            words(
                "default_tier",
                "Tier of accounts that have none",
                least=fields.TIER[0],
                most=fields.TIER[1],
                kept=kept,
            ),
            words(
                "urgent_contact",
                "Urgent contact",
                most=fields.CONTACT,
                kept=kept,
                hint="What to do about an S1 before escalating it is available.",
                optional=True,
            ),
            _numbers(settings),
            _silence(settings),
        ),
        submit=(Modal.SETTINGS, "Save"),
    )


def saved() -> View:
    """Return what an administrator reads who changed the settings."""
    return modal("Settings", section(":white_check_mark: Saved. They count from now on."))


def _duty_channel(settings: WorkspaceSettings) -> Block:
    element = ConversationSelectElement(
        action_id="duty_channel",
        initial_conversation=settings.duty_channel,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    hint = "Escalations stand here. Invite me, and let only the support side in."
    return field("duty_channel", "Duty channel", element, hint=hint, optional=True)


def group_choice(group: UserGroup) -> Option:
    """Return a user group as an option."""
    return option(group.id, f"{group.name} (@{group.handle})")


def _role(
    role: str, named: Sequence[str], known: Mapping[GroupId, UserGroup]
) -> tuple[Block, ...]:
    ids = [GroupId(each) for each in named if is_group(each)]
    chosen = [group_choice(known[each]) if each in known else option(each, each) for each in ids]
    return (
        people(role, NAMES[role], chosen=[each for each in named if not is_group(each)]),
        several_looked_up(
            f"{role}_groups", f"{NAMES[role]}: user groups", Options.GROUPS, chosen=chosen
        ),
    )


def _numbers(settings: WorkspaceSettings) -> tuple[Block, ...]:
    return (
        radio("who_may_escalate", "Who may escalate", WHO, chosen=settings.who_may_escalate),
        tick(
            "shows_targets",
            "Targets",
            "Tell requesters when contact is due",
            ticked=settings.shows_targets,
        ),
        number(
            "chases_needed",
            "Unanswered chases that are enough",
            least=1,
            most=fields.CHASES,
            chosen=str(settings.chases_needed),
            optional=False,
        ),
        number(
            "reopenable_days",
            "Days in which a closed case can be reopened",
            most=fields.DAYS,
            chosen=str(settings.reopenable_for.days),
            optional=False,
        ),
    )


def _silence(settings: WorkspaceSettings) -> tuple[Block, ...]:
    return (
        number(
            "silent_days",
            "Days of silence that close a case with a proposed solution",
            least=fields.SILENT[0],
            most=fields.SILENT[1],
            chosen=str(settings.silent_for.days),
            hint="Never while somebody answers for its escalation.",
            optional=False,
        ),
        number(
            "warned_days",
            "Days before that in which the requester is told",
            least=fields.WARNED[0],
            most=fields.WARNED[1],
            chosen=str(settings.warned_for.days),
            hint="Once more on the last day.",
            optional=False,
        ),
    )
