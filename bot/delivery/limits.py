"""Telegram's limits as sliding windows on the monotonic clock: 30 a second, 20 a minute into a group."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Window:
    """At most `count` messages in any `seconds` seconds."""

    count: int
    seconds: float


@dataclass(frozen=True)
class Rules:
    """The windows overall, for each chat, for each group besides, and for the edits of a group's card."""

    overall: tuple[Window, ...]
    chat: tuple[Window, ...]
    group: tuple[Window, ...]
    card: tuple[Window, ...]


# Telegram counts on its own clock: the windows are a little wider than what it states.
# A card that many press is edited evenly, so that its last state never waits for the minute to end.
TELEGRAM = Rules(
    (Window(30, 1.05),), (Window(1, 1.05),), (Window(20, 61.0),), (Window(1, 61.0 / 20),)
)
REMEMBERED = 61.0  # seconds: the longest window
UNLIMITED = Rules((), (), (), ())  # a Bot API server of one's own on this machine


@dataclass
class Limits:
    """What has been sent lately, and the pauses Telegram asked for. Moments are monotonic seconds."""

    rules: Rules
    _sent: deque[float] = field(default_factory=deque)
    _to: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _cards: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _paused: dict[int, float] = field(default_factory=dict)

    def free_at(self, chat_id: int, now: float) -> float:
        """The first moment at which a message may go to the chat; `now` if at once."""
        overall = (_free(self._sent, window, now) for window in self.rules.overall)
        return max(now, self._chat_free_at(chat_id, now), *overall)

    def card_free_at(self, chat_id: int, now: float) -> float:
        """The first moment at which a card that stands in the chat may be edited."""
        times = self._cards.get(chat_id, ()) if chat_id < 0 else ()
        windows = (_free(times, window, now) for window in self.rules.card)
        return max(self.free_at(chat_id, now), *windows, now)

    def edited(self, chat_id: int, now: float) -> None:
        """A card was edited, besides what `sent` is told."""
        self._cards[chat_id].append(now)
        while self._cards[chat_id][0] <= now - REMEMBERED:
            self._cards[chat_id].popleft()

    def _chat_free_at(self, chat_id: int, now: float) -> float:
        windows = self.rules.chat + (self.rules.group if chat_id < 0 else ())
        times = self._to.get(chat_id, ())
        return max(
            self._paused.get(chat_id, now), now, *(_free(times, window, now) for window in windows)
        )

    def busy(self, now: float) -> set[int]:
        """The chats that have no turn now."""
        known = self._to.keys() | self._paused.keys()
        return {chat_id for chat_id in known if self._chat_free_at(chat_id, now) > now}

    def sent(self, chat_id: int, now: float) -> None:
        for times in (self._sent, self._to[chat_id]):
            times.append(now)
            while times[0] <= now - REMEMBERED:
                times.popleft()

    def pause(self, chat_id: int, until: float) -> None:
        self._paused[chat_id] = max(until, self._paused.get(chat_id, until))


def _free(times: Sequence[float], window: Window, now: float) -> float:
    """When the window takes one more: once its count-th last message has left it."""
    if len(times) < window.count:
        return now
    return max(now, times[-window.count] + window.seconds)
