import pytest

from bot.delivery.errors import ACTIONS, CODES, Trouble, trouble


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("ratelimited", 429, Trouble.WAIT),
        ("anything", 429, Trouble.WAIT),
        ("rate_limited", 200, Trouble.WAIT),
        ("http_503", 503, Trouble.LOST),
        ("http_500", 500, Trouble.LOST),
        ("fatal_error", 200, Trouble.LOST),
        ("is_archived", 200, Trouble.CHANNEL_GONE),
        ("channel_not_found", 200, Trouble.CHANNEL_GONE),
        ("restricted_action", 200, Trouble.CHANNEL_GONE),
        ("restricted_action_thread_locked", 200, Trouble.THREAD_GONE),
        ("message_not_found", 200, Trouble.MESSAGE_GONE),
        ("user_disabled", 200, Trouble.PERSON_GONE),
        ("account_inactive", 200, Trouble.UNAUTHORISED),
        ("invalid_auth", 200, Trouble.UNAUTHORISED),
        ("missing_scope", 200, Trouble.RIGHTS_MISSING),
        ("slack_connect_file_link_sharing_blocked", 200, Trouble.RIGHTS_MISSING),
        ("invalid_blocks", 200, Trouble.OUR_BUG),
        ("a_code_nobody_has_seen", 200, Trouble.OUR_BUG),
    ],
)
def test_every_code_has_one_meaning(code, status, expected):
    assert trouble(code, status=status) is expected


def test_no_code_stands_in_two_rows():
    codes = [code for row in CODES.values() for code in row]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("each", Trouble)
def test_every_trouble_has_its_codes_and_its_action_in_words(each):
    assert CODES[each]
    assert ACTIONS[each]
