"""How long a press waits for its toast while many sign in: python benchmarks/sign_in.py [PEOPLE] [--seconds N].

Real HTTP and SQLite on this machine, Telegram's limits kept; the presses are spread evenly over the seconds.
"""

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.rehearsal import people  # noqa: E402 - may be run from anywhere
from knowledge.library import Library  # noqa: E402 - as above
from tests.bot.crowd import gathered, user_ids  # noqa: E402 - as above


class Timed(list[Any]):
    """A list that knows when each thing came."""

    def __init__(self) -> None:
        super().__init__()
        self.at: dict[int, float] = {}

    def append(self, toast: Any) -> None:
        self.at[toast.user_id] = time.perf_counter()
        super().append(toast)


async def measure(count: int, seconds: float, folder: Path) -> None:
    library = await asyncio.to_thread(Library.load)
    async with gathered(f"sqlite:///{folder / 'x.sqlite3'}", folder, count, library) as crowd:
        crowd.telegram.toasts = toasts = Timed()
        pressed: dict[int, float] = {}
        gc.collect()
        gc.freeze()  # as the program does when it stands ready
        begun = time.perf_counter()
        for place, user_id in enumerate(user_ids(count)):
            await asyncio.sleep(max(0.0, begun + seconds * place / count - time.perf_counter()))
            pressed[user_id] = time.perf_counter()
            chat_id, shown = crowd.card["chat"]["id"], crowd.card["message_id"]
            people.press(crowd.telegram, user_id, chat_id, shown, "attend:1")
        await crowd.telegram.until(lambda: len(toasts) == count, seconds=300)
        last = time.perf_counter() - begun
        await crowd.telegram.until(lambda: f"实到{count}人" in crowd.state(), seconds=120)
        right = time.perf_counter() - begun
        waits = sorted(toasts.at[user_id] - pressed[user_id] for user_id in toasts.at)
        edits = len(crowd.sends())
    print(f"{len(waits)} of {count} people told; last toast after {last:.1f} s")
    print(
        f"s from press to toast: p50 {statistics.median(waits):.3f}, "
        f"p99 {waits[int(len(waits) * 0.99)]:.3f}, most {waits[-1]:.3f}"
    )
    print(f"card right after {right:.1f} s, {edits} messages and edits in the group")


def main() -> None:
    """Print how long presses waited."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=200)
    parser.add_argument("--seconds", type=float, default=60.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(arguments.people, arguments.seconds, Path(folder)))


if __name__ == "__main__":
    main()
