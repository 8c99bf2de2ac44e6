from pathlib import Path

import pytest

from bot.settings import SLACK, DatabaseSettings, Settings, Unsettled, names, read

ROOT = Path(__file__).parents[2]
ENOUGH = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """An environment that says only what a test lets it say."""
    monkeypatch.chdir(tmp_path)
    for name in [*names(Settings), "PORT", "HOST"]:
        monkeypatch.delenv(name, raising=False)

    def says(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return says


def test_two_secrets_are_enough_to_start(environment):
    environment(**ENOUGH)
    settings = read(Settings)
    assert settings.slack_api_url == SLACK
    assert settings.database_url == "sqlite+aiosqlite:///caseflag.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)
    assert settings.slack_app_token is None
    assert settings.caseflag_sandbox is False


def test_socket_mode_needs_no_signing_secret(environment):
    environment(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert read(Settings).signing_secrets == ()


def test_migrating_needs_no_slack_at_all(environment):
    environment(DATABASE_URL="postgresql://localhost/caseflag")
    assert read(DatabaseSettings).database_url == "postgresql+asyncpg://localhost/caseflag"


def test_everything_that_is_missing_or_wrong_is_named_at_once(environment):
    environment(
        DATABASE_URL="mysql://localhost/x",
        SLACK_APP_TOKEN="",
        SLACK_API_URL="slack.com",
        PORT="many",
        CASEFLAG_DUTY_CHANNEL="#duty",
        CASEFLAG_LEADS="U0LEA, lea",
    )
    with pytest.raises(Unsettled) as error:
        read(Settings)
    named = {problem.split()[0] for problem in error.value.problems}
    assert named == {
        *("DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "PORT"),
        *("CASEFLAG_DUTY_CHANNEL", "CASEFLAG_LEADS"),
    }


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1", "SLACK_BOT_TOKEN is the bot token, and starts with xoxb-"),
        ("SLACK_APP_TOKEN", "1", "SLACK_APP_TOKEN is the app-level token, and starts with xapp-"),
        ("SLACK_SIGNING_SECRET", " ,", "is missing (or SLACK_APP_TOKEN, for Socket Mode)"),
        ("PORT", "70000", "PORT does not fit: input should be less than or equal to 65535"),
        ("CASEFLAG_ADMINS", "U0A,bob", "(U...) and user groups (S...); bob is none"),
        ("CASEFLAG_ROTA_ICAL_URL", "duty.ics", "such as https://calendar.example/duty.ics"),
        ("CASEFLAG_SANDBOX", "true", "lets anybody move the clock"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence(environment, name, value, problem):
    environment(**ENOUGH | {name: value})
    with pytest.raises(Unsettled) as error:
        read(Settings)
    assert len(error.value.problems) == 1
    assert problem in error.value.problems[0]


def test_no_error_and_no_repr_gives_a_secret_away(environment):
    environment(
        SLACK_BOT_TOKEN="xoxp-hidden",
        SLACK_SIGNING_SECRET="hidden",
        DATABASE_URL="postgres://caseflag:hidden@localhost/caseflag",
        CASEFLAG_ROTA_ICAL_URL="https://calendar.example/hidden.ics",
        PORT="x",
    )
    with pytest.raises(Unsettled) as error:
        read(Settings)
    assert "hidden" not in str(error.value)
    environment(SLACK_BOT_TOKEN="xoxb-hidden", PORT="1")
    assert "hidden" not in repr(read(Settings))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://slack.com/api/", "https://slack.com/api/"),
        ("https://slack.com/api", "https://slack.com/api/"),
        ("http://127.0.0.1:4040", "http://127.0.0.1:4040/api/"),
        ("http://127.0.0.1:4040/", "http://127.0.0.1:4040/api/"),
    ],
)
def test_the_address_of_slack_always_ends_alike(environment, written, meant):
    environment(**ENOUGH | {"SLACK_API_URL": written})
    assert read(Settings).slack_api_url == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgres://db/x", "postgresql+asyncpg://db/x"),
        ("postgresql://db/x", "postgresql+asyncpg://db/x"),
        ("postgresql+asyncpg://db/x", "postgresql+asyncpg://db/x"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
    ],
)
def test_the_database_gets_a_driver_that_does_not_wait(environment, written, meant):
    environment(**ENOUGH | {"DATABASE_URL": written})
    assert read(Settings).database_url == meant


def test_people_are_listed_with_commas_and_two_secrets_count_while_one_is_replaced(environment):
    environment(**ENOUGH | {"SLACK_SIGNING_SECRET": "old, new", "CASEFLAG_LEADS": "U0LEA, S0L"})
    settings = read(Settings)
    assert settings.caseflag_leads == ("U0LEA", "S0L")
    assert settings.signing_secrets == ("old", "new")


def test_a_file_says_what_the_environment_does_not(environment):
    Path(".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nPORT=1\nPATH_OF_ANOTHER=x\n")
    environment(SLACK_SIGNING_SECRET="s", PORT="2")
    settings = read(Settings)
    assert settings.slack_bot_token.get_secret_value() == "xoxb-file"
    assert settings.port == 2


def test_the_example_lists_every_setting_and_nothing_else():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = [line.partition("=")[0] for line in example.splitlines() if line[:1].isupper()]
    assert sorted(listed) == sorted(names(Settings))


def test_the_examples_values_are_the_ones_that_count_without_them(environment):
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    said = dict(line.split("=", 1) for line in example.splitlines() if line[:1].isupper())
    environment(**said | {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"})
    filled = read(Settings)
    environment(**dict.fromkeys(said, ""))
    environment(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert filled == read(Settings)


def test_a_webhook_needs_a_secret_and_a_web_address(environment):
    environment(**ENOUGH, CASEFLAG_WEBHOOK_URL="https://example.org/hook")
    with pytest.raises(Unsettled) as error:
        read(Settings)
    assert error.value.problems == (
        "CASEFLAG_WEBHOOK_URL needs CASEFLAG_WEBHOOK_SECRET, with which each delivery is signed",
    )
    environment(CASEFLAG_WEBHOOK_SECRET="s", CASEFLAG_PAGERDUTY_URL="pagerduty")
    with pytest.raises(Unsettled, match="CASEFLAG_PAGERDUTY_URL is no web address"):
        read(Settings)
