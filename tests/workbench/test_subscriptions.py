"""Too many events, and too many that nobody answers."""

from tests.workbench.apps import asked

MINUTE, HOUR = 60, 3600


def kinds(app):
    return [each["event"]["text"] for each in app.events]


async def test_an_app_that_gets_too_many_is_told_so_once_a_minute(bench, app, ana):
    await asked(bench, "admin/subscriptions", events_an_hour=2)
    for text in ("One", "Two", "Three", "Four"):
        await ana.types("general", text)
    (limited,) = await app.hears(1)
    await app.hears_events(2)
    assert set(limited) == {"token", "type", "team_id", "minute_rate_limited", "api_app_id"}
    assert (limited["type"], limited["team_id"], limited["api_app_id"]) == (
        "app_rate_limited", "T1", "A1",
    )  # fmt: skip
    assert limited["minute_rate_limited"] % MINUTE == 0
    await bench.advance(MINUTE + 1)
    await ana.types("general", "Five")
    await app.hears(2)
    await bench.advance(HOUR)
    await ana.types("general", "Six")
    await app.hears_events(3)
    assert kinds(app) == ["One", "Two", "Six"]


async def test_an_app_that_fails_at_nearly_everything_gets_nothing_more(bench, app, ana):
    await asked(bench, "admin/subscriptions", failures_count_from=3)
    app.event_answers = [500] * 4
    await ana.types("general", "One")
    await app.hears_events(2)
    await bench.advance(MINUTE)
    await app.hears_events(3)
    await ana.sees("Tiny gets no more events: 100 % failed within an hour.")
    await ana.types("general", "Unheard")
    assert (await asked(bench, "admin/subscriptions"))["is_on"] is False
    assert (await asked(bench, "admin/subscriptions", is_on=True))["is_on"] is True
    await ana.types("general", "Two")
    await app.hears_events(4)
    assert kinds(app) == ["One", "One", "One", "Two"]


async def test_an_app_that_seldom_fails_goes_on_hearing(bench, app, ana):
    await asked(bench, "admin/subscriptions", failures_count_from=3)
    app.event_answers = [None, 500]
    for text in ("One", "Two", "Three", "Four"):
        await ana.types("general", text)
    await app.hears_events(5)
    assert bench.app.hears_events is True


async def test_a_quiet_hour_is_forgotten(bench, app, ana):
    await asked(bench, "admin/subscriptions", failures_count_from=3)
    app.event_answers = [500] * 2
    await ana.types("general", "One")
    await app.hears_events(2)
    await bench.courier.settle(5)
    await bench.advance(2 * HOUR)
    await app.hears_events(3)
    await ana.types("general", "Two")
    await app.hears_events(4)
    assert bench.app.hears_events is True
