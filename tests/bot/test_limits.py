"""Sliding windows: never more than Telegram takes, in whatever rhythm messages come."""

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import TELEGRAM, Limits

GROUP, PERSON = -100, 7
WAITS = st.lists(st.floats(0, 3), min_size=1, max_size=120)


def _send(chats: list[int], waits: list[float]) -> list[tuple[float, int]]:
    """When each message goes, if it goes as soon as it may."""
    limits, now, sent = Limits(TELEGRAM), 1000.0, []
    for chat, wait in zip(chats, waits, strict=True):
        now = limits.free_at(chat, now + wait)
        limits.sent(chat, now)
        sent.append((now, chat))
    return sent


@given(WAITS)
def test_group_never_gets_more_than_twenty_in_any_minute(waits: list[float]) -> None:
    times = [time for time, _chat in _send([GROUP] * len(waits), waits)]

    assert all(later - earlier >= 60 for earlier, later in zip(times, times[20:], strict=False))
    assert all(later - earlier >= 1 for earlier, later in zip(times, times[1:], strict=False))


@given(st.lists(st.tuples(st.integers(1, 100), st.floats(0, 0.05)), min_size=31, max_size=90))
def test_never_more_than_thirty_in_any_second(plan: list[tuple[int, float]]) -> None:
    sent = _send([chat for chat, _wait in plan], [wait for _chat, wait in plan])
    times = [time for time, _chat in sent]

    assert all(later - earlier >= 1 for earlier, later in zip(times, times[30:], strict=False))


def test_person_is_not_bound_by_the_groups_minute() -> None:
    times = [time for time, _chat in _send([PERSON] * 25, [0.0] * 25)]

    assert 24 < times[-1] - times[0] < 30


def test_pause_asked_for_by_telegram_holds_one_chat_only() -> None:
    limits = Limits(TELEGRAM)
    limits.pause(GROUP, 1030.0)
    limits.pause(GROUP, 1010.0)

    assert limits.free_at(GROUP, 1000.0) == 1030.0
    assert limits.free_at(PERSON, 1000.0) == 1000.0


@given(WAITS)
def test_card_is_edited_evenly_and_its_last_state_is_never_starved(waits: list[float]) -> None:
    limits, now, late = Limits(TELEGRAM), 1000.0, []
    for wait in waits:
        wished = now + wait
        now = limits.card_free_at(GROUP, wished)
        limits.sent(GROUP, now)
        limits.edited(GROUP, now)
        late.append(now - wished)

    assert max(late) < 3.1
