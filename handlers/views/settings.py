"""The workspace's settings as a form."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ConversationFilter, ConversationSelectElement
from slack_sdk.models.views import View

from handlers.forms import settings as fields
from handlers.ids import Modal
from handlers.views.message import given, section
from handlers.views.modal import field, modal, number, people, radio, tick, words
from policy.settings import WhoMayEscalate, WorkspaceSettings, is_group

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


def form(settings: WorkspaceSettings) -> View:
    """Return the form with the settings as they are."""
    kept = {"default_tier": settings.default_tier, "urgent_contact": settings.urgent_contact}
    return modal(
        "Settings",
        *given(
            _duty_channel(settings),
            *(_role(role, getattr(settings, role)) for role in fields.ROLES),
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


def _role(role: str, named: Sequence[str]) -> tuple[Block, ...]:
    groups = ", ".join(each for each in named if is_group(each))
    return (
        people(role, NAMES[role], chosen=[each for each in named if not is_group(each)]),
        words(
            f"{role}_groups",
            f"{NAMES[role]}: user groups",
            most=fields.GROUPS,
            kept={f"{role}_groups": groups},
            hint="Ids such as S0123ABCD, with commas.",
            optional=True,
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
