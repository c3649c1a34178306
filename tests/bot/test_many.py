"""Two hundred people press at once: everybody is recorded and told, the group is edited within its limits."""

from pathlib import Path

from sqlalchemy import text

from bot.rehearsal import people
from knowledge.library import Library
from tests.bot.crowd import gathered, user_ids

MEMBERS = 200
PER_MINUTE = 20  # messages and edits that Telegram takes in a group


async def test_two_hundred_sign_in_at_once(
    database_url: str, tmp_path: Path, library: Library
) -> None:
    async with gathered(database_url, tmp_path, MEMBERS, library) as crowd:
        shown = crowd.card["message_id"]
        for user_id in user_ids(MEMBERS):
            people.press(crowd.telegram, user_id, crowd.card["chat"]["id"], shown, "attend:1")
        await crowd.telegram.until(
            lambda: len(crowd.telegram.toasts) == MEMBERS and f"实到{MEMBERS}人" in crowd.state(),
            seconds=90,
        )
        await crowd.app.drained()
        async with crowd.app.database.begin() as db:
            recorded = (await db.execute(text("SELECT count(*) FROM attendance"))).scalar_one()

    assert recorded == MEMBERS
    assert {toast.user_id for toast in crowd.telegram.toasts} == set(user_ids(MEMBERS))
    assert all("已签到" in toast.text for toast in crowd.telegram.toasts)
    assert f"应到{MEMBERS}人　实到{MEMBERS}人　请假0人　未签0人" in crowd.state()
    assert 1 < len(crowd.sends()) <= PER_MINUTE
