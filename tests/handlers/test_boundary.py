"""Whatever a listener raises, the person is told where they look, and nothing gets past."""

import pytest
from slack_bolt.async_app import AsyncApp

from handlers.answers import opened
from handlers.boundary import bounded
from handlers.ids import Action, Modal
from handlers.views.message import saying
from handlers.views.modal import modal, words
from handlers.views.refusals import NO_SUCH_CASE, OUR_FAULT, TOO_LATE
from policy.refusals import Amiss, NoAccount, NoSuchCase, Refusal
from tests.handlers.talks import a_talk
from tests.support.builders import HELP

FORM = modal(
    "A form",
    words("account", "Account", most=10),
    words("text", "Text", most=10, showing="again"),
    submit=(Modal.STEP, "Send"),
).to_dict() | {"id": "V0"}


class Trouble(Exception):
    """Something nobody thought of."""


@pytest.fixture
def raised():
    """What every listener raises, the last one of these."""
    return [Trouble()]


@pytest.fixture
def talk(house, raised):
    """A person before listeners that raise what the test says."""

    async def early(ack):
        await ack()
        raise raised[-1]

    async def late(ack, context, client, body):
        await ack()
        await opened(client, body, context)
        raise raised[-1]

    async def unready():
        raise raised[-1]

    async def greedy(ack, wish): ...

    def register(app: AsyncApp) -> None:
        app.command("/case")(bounded(early))
        app.action("early")(bounded(early))
        app.action(Action.GUIDE)(bounded(late))
        app.action("greedy")(bounded(greedy))
        app.view(Modal.STEP)(bounded(unready))
        app.options("options")(bounded(unready))
        app.event("message")(bounded(unready))
        app.event("app_home_opened")(bounded(unready))
        app.shortcut("shortcut")(bounded(early))

    talk = a_talk(house.desk, register)
    talk.slack.views = [FORM]
    return talk


@pytest.fixture(params=[(NoSuchCase(), NO_SUCH_CASE), (Trouble(), OUR_FAULT)], ids=["no", "fault"])
def sentence(raised, request):
    """What is said about what is raised."""
    refusal, said = request.param
    raised.append(refusal)
    return said


async def test_a_command_is_answered_for_this_person_alone(talk, sentence):
    await talk.types("show CASE-9")
    assert talk.heard == sentence
    assert talk.whispers[-1]["response_type"] == "ephemeral"


async def test_a_button_is_answered_beside_its_message_which_stays(talk, sentence):
    await talk.presses("early")
    assert talk.heard == sentence
    assert talk.whispers[-1]["replace_original"] is False


async def test_a_button_in_a_form_is_answered_over_it(talk, sentence):
    await talk.presses_in_modal("early")
    assert sentence in talk.read
    assert talk.slack.views[0] == FORM


async def test_a_modal_that_is_opened_already_tells_it_itself(talk, sentence):
    talk.slack.views = []
    await talk.presses(Action.GUIDE)
    assert len(talk.slack.views) == 1
    assert sentence in talk.read


async def test_a_shortcut_is_answered_in_a_modal(talk, sentence):
    await talk.sends({"type": "shortcut", "callback_id": "shortcut"})
    assert sentence in talk.read


async def test_a_submission_is_answered_over_the_form_so_that_nothing_typed_is_lost(
    talk, sentence
):
    assert await talk.submits() == {}
    assert talk.slack.views[0] == FORM
    assert sentence in talk.read


async def test_a_menu_gets_no_options_and_stays_usable(talk, sentence):
    assert await talk.asks("options", "x") == []


async def test_whoever_replies_in_a_thread_is_told_there_alone(talk, sentence):
    await talk.happens(type="message", thread_ts="1.0", ts="2.0", text="Hello")
    method, said = talk.slack.asked[-1]
    assert (method, said["channel"], said["user"], said["thread_ts"]) == (
        "chat.postEphemeral",
        HELP,
        talk.user,
        "1.0",
    )
    assert said["text"] == sentence


async def test_an_event_that_nobody_waits_for_is_answered_to_nobody(talk, sentence):
    await talk.happens(type="app_home_opened", tab="home")
    assert talk.slack.asked == []


@pytest.mark.parametrize(
    ("refusal", "errors"),
    [
        (NoAccount(), {"account"}),
        (Amiss(field="text", message="Write.", messages={"text": "Write."}), {"text:again"}),
        (
            Amiss(field="text", message="a", messages={"text": "a", "account": "b", "gone": "c"}),
            {"text:again", "account"},
        ),
    ],
)
async def test_a_refusal_that_names_a_field_stands_under_it(talk, raised, refusal, errors):
    raised.append(refusal)
    assert set(await talk.submits()) == errors
    assert talk.slack.views == [FORM]


async def test_a_refusal_whose_field_is_not_there_is_told_over_the_form(talk, raised):
    raised.append(Amiss(field="gone", message="Write.", messages={"gone": "Write."}))
    assert await talk.submits() == {}
    assert "Write." in talk.read


async def test_a_wish_that_cannot_be_granted_is_our_fault_and_no_silence(talk):
    await talk.presses("greedy")
    assert talk.heard == OUR_FAULT


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_whoever_was_too_slow_gets_a_button_that_does_it_again(talk, code):
    talk.slack.views, talk.slack.refuses = [], code
    await talk.presses(Action.GUIDE, "CASE-1")
    assert talk.heard == TOO_LATE
    (repeated,) = talk.whispers[-1]["blocks"][-1].elements
    assert (repeated.action_id, repeated.value) == (Action.GUIDE, "CASE-1")


async def test_what_cannot_even_be_told_is_no_second_failure(talk, raised):
    talk.slack.refuses = "internal_error"
    raised.append(Refusal())
    answer = await talk.sends({"type": "shortcut", "callback_id": "shortcut"})
    assert answer == {}


@pytest.fixture
def windows(house):
    """A person before a button that opens a window, and shows something in it."""

    async def shows(ack, context, client, body):
        await ack()
        await (await opened(client, body, context)).says(saying("Here it is."))

    def register(app: AsyncApp) -> None:
        app.action(Action.GUIDE)(bounded(shows))

    return a_talk(house.desk, register)


@pytest.mark.parametrize("gone", ["not_found", "hash_conflict"])
async def test_a_window_that_was_left_meanwhile_is_no_trouble(windows, caplog, gone):
    windows.slack.refuses_changes = gone
    await windows.presses(Action.GUIDE, "CASE-1")
    windows.slack.views = [{"id": "V1", "hash": "1.a", "type": "modal", "blocks": []}]
    await windows.presses(Action.GUIDE, "CASE-1", view=windows.top, container={"type": "view"})
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []
    windows.slack.refuses_changes = "internal_error"
    await windows.presses(Action.GUIDE, "CASE-1")
    assert [each for each in caplog.records if each.levelname == "ERROR"] != []


@pytest.mark.parametrize(
    ("ephemeral", "error", "refreshed"),
    [(False, NoSuchCase(), True), (True, NoSuchCase(), False), (False, Trouble(), False)],
)
async def test_the_message_of_a_button_that_came_too_late_is_shown_anew(
    house, talk, raised, ephemeral, error, refreshed
):
    case = await house.opens()
    await house.posts_card(case.id, "9.9")
    raised.append(error)
    at = {"channel_id": case.channel, "message_ts": "9.9", "is_ephemeral": ephemeral}
    channel = {"id": case.channel, "name": "help"}
    place = {"container": {"type": "message", **at}, "response_url": "http://r"}
    await talk.presses("early", channel=channel, **place)
    card = await house.card(case.id)
    assert (card.shown_version < card.wanted_version) is refreshed
