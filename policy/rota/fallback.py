"""Who hears of an escalation where no rota says so: everyone whom the settings name."""

from collections.abc import Iterable, Sequence

from policy.ids import UserId


def on_duty(
    duty_managers: Iterable[UserId],
    leads: Iterable[UserId],
    administrators: Iterable[UserId],
    *,
    unavailable: frozenset[UserId] = frozenset(),
) -> tuple[UserId, ...]:
    """Return who hears of an escalation: duty managers, else leads, else administrators.

    `unavailable` are the people who must not, such as the case's engineer or the deactivated;
    empty only when nobody at all is left.
    """
    ladder: Sequence[Iterable[UserId]] = (duty_managers, leads, administrators)
    for rung in ladder:
        people = tuple(sorted(user for user in set(rung) if user not in unavailable))
        if people:
            return people
    return ()
