"""What Telegram and the network may do to us: nothing is lost, and nobody else waits for it."""

import asyncio
import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.rehearsal import cast, people
from bot.rehearsal.state import ApiError, Fault
from records import jobs
from tests.chat import MEMBER, SECRETARY, WORKER, Chat

NEW_UNIT = (
    "INSERT INTO units (community_id, name, is_local, has_party_organisation) "
    "VALUES (1, :name, true, true)"
)
FULL_DISK = (
    "CREATE TRIGGER full_disk BEFORE UPDATE OF message_id ON outbox "
    "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
)
GATEWAY = ApiError(502, "Bad Gateway")


async def test_throttled_chat_gets_its_answer_later(chat: Chat) -> None:
    wait = ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
    chat.group.telegram.faults["sendMessage"].append(Fault(wait))

    assert len(await chat.says(MEMBER, "/privacy", private=True)) == 1


async def test_answer_that_may_have_been_lost_is_sent_again_silently(chat: Chat) -> None:
    chat.group.telegram.faults["sendMessage"].append(Fault(GATEWAY, lose_answer=True))

    assert len(await chat.says(MEMBER, "/privacy", private=True)) == 2
    first, second = [c for c in chat.group.telegram.calls if c.method == "sendMessage"][-2:]
    assert first.parameters["disable_notification"] is False
    assert second.parameters["disable_notification"] is True


async def test_letter_that_cannot_be_marked_is_sent_once(chat: Chat) -> None:
    database = chat.group.app.database
    async with database.begin() as db:
        await db.execute(text(FULL_DISK))
    people.say(chat.group.telegram, cast.USER_IDS[MEMBER], "/privacy")
    await chat.group.telegram.until(lambda: len(chat.shown(MEMBER)) > 2, seconds=3)
    async with database.begin() as db:
        await db.execute(text("DROP TRIGGER full_disk"))
    await chat.group.settled()

    assert len(chat.shown(MEMBER)) == 2


async def test_throttled_toast_waits_and_does_not_storm(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting 明天15:00 工作会议 二楼")
    await chat.says(WORKER, "/opensign")
    telegram = chat.group.telegram
    wait = ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
    telegram.faults["answerCallbackQuery"].append(Fault(wait))

    assert await chat.presses(MEMBER, "我已到会") == ["陈敏同志，10:00已签到。"]
    assert len([c for c in telegram.calls if c.method == "answerCallbackQuery"]) == 2


async def test_blocked_person_holds_up_nobody(chat: Chat) -> None:
    people.block(chat.group.telegram, cast.USER_IDS[MEMBER])
    people.say(chat.group.telegram, cast.USER_IDS[MEMBER], "/privacy")

    assert len(await chat.says(SECRETARY, "/privacy", private=True)) == 1
    async with chat.group.app.database.begin() as db:
        found = await db.execute(text("SELECT error FROM outbox WHERE state = 'failed'"))
        assert found.scalars().all() == ["Forbidden: bot was blocked by the user"]


async def test_card_whose_message_was_deleted_is_sent_anew(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting 明天15:00 工作会议 二楼")
    await chat.says(WORKER, "/opensign")
    (card,) = chat.cards()
    chat.group.telegram.history[cast.GROUP_ID].remove(card)
    await chat.says(MEMBER, "/attend")

    assert "实到1人" in chat.card()


async def test_deleted_topic_does_not_swallow_the_answer(chat: Chat) -> None:
    gone = ApiError(400, "Bad Request: message thread not found")
    chat.group.telegram.faults["sendMessage"].append(Fault(gone))
    await chat.says(MEMBER, "/privacy", topic=42)

    answer = chat.group.telegram.history[cast.GROUP_ID][-1]
    assert (answer["text"].splitlines()[0], answer.get("message_thread_id")) == (
        "个人信息说明",
        None,
    )


async def test_group_that_moved_while_we_were_sending(chat: Chat) -> None:
    telegram = chat.group.telegram
    telegram.chats[-1009999] = telegram.chats[cast.GROUP_ID] | {"id": -1009999}
    telegram.members[-1009999] = telegram.members[cast.GROUP_ID]
    people.say(telegram, cast.USER_IDS[MEMBER], "/privacy", chat_id=cast.GROUP_ID)
    telegram.moved[cast.GROUP_ID] = -1009999
    await chat.group.settled()

    assert telegram.history[-1009999][-1]["text"].startswith("个人信息说明")


async def test_unreadable_and_failing_polls_are_outlived(chat: Chat) -> None:
    for error in (GATEWAY, ApiError(409, "Conflict: terminated by other getUpdates request")):
        chat.group.telegram.faults["getUpdates"].append(Fault(error))

    assert len(await chat.says(MEMBER, "/privacy", private=True)) == 1
    assert len(await chat.says(MEMBER, "/privacy", private=True)) == 1


async def test_long_answer_comes_in_several_messages(chat: Chat) -> None:
    units = [f"很长的单位名称之第{number}号驻区单位党总支部委员会" for number in range(300)]
    async with chat.group.app.database.begin() as db:
        for name in units:
            await db.execute(text(NEW_UNIT), {"name": name})

    answers = await chat.says(WORKER, "/units", private=True)
    assert len(answers) > 1
    assert all(len(answer) <= 4096 for answer in answers)
    assert all(name in "".join(answers) for name in units)


async def test_update_that_always_fails_is_buried_and_the_others_go_on(chat: Chat) -> None:
    database = chat.group.app.database
    async with database.begin() as db:
        await db.execute(text("ALTER TABLE registrations RENAME TO registrations_away"))
    people.say(chat.group.telegram, cast.USER_IDS[MEMBER], "/duty")
    await _until_buried(chat)

    assert chat.shown(MEMBER)[-1] == (
        "暂时没有办成，没有登记任何内容。请稍后再试，或与工作人员联系。"
    )
    number = chat.group.telegram.last_update
    assert chat.shown(WORKER)[-1] == (
        "有一条消息多次处理失败，已存为死信第1号，正文保留14天。"
        f"请在程序日志中查找 update {number}。"
    )
    assert len(await chat.says(MEMBER, "/privacy", private=True)) == 1


async def test_file_that_cannot_be_made_is_said_to_be_so(chat: Chat) -> None:
    database = chat.group.app.database
    async with database.begin() as db:
        await jobs.put(
            db,
            kind="sign_in_summary",
            chat_id=cast.USER_IDS[MEMBER],
            body="999",
            at=chat.group.clock.now(),
        )
    await _until(chat, "SELECT count(*) FROM jobs WHERE is_done", hurry="jobs SET leased_until = 0")

    assert chat.shown(MEMBER)[-1] == "文件没有生成成功，请稍后重新办理，或与工作人员联系。"
    assert chat.shown(WORKER)[-1] == (
        "后台任务第1号多次失败，已停止重试。请在程序日志中查找 job 1。"
    )


async def test_update_nobody_can_parse_does_not_stall_the_rest(chat: Chat) -> None:
    """Telegram would not send such a thing today: the local server complains about it too."""
    telegram = chat.group.telegram
    telegram.push("message", {"chat": {"id": 77, "type": "private"}, "text": "x"})

    people.say(telegram, cast.USER_IDS[MEMBER], "/privacy")
    await telegram.until(lambda: len(chat.shown(MEMBER)) == 2, seconds=10)
    assert len(chat.shown(MEMBER)) == 2

    await _until_buried(chat)
    async with chat.group.app.database.begin() as db:
        assert (await db.execute(text("SELECT count(*) FROM dead_letters"))).scalar_one() == 1
    assert telegram.complaints
    telegram.complaints.clear()


async def test_handler_that_fails_leaves_nothing_behind(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting 明天15:00 工作会议 二楼")
    await chat.says(WORKER, "/opensign")
    async with chat.group.app.database.begin() as db:
        await db.execute(text("ALTER TABLE operations RENAME TO operations_away"))
    people.say(chat.group.telegram, cast.USER_IDS[MEMBER], "/attend")
    await _until_buried(chat)
    async with chat.group.app.database.begin() as db:
        await db.execute(text("ALTER TABLE operations_away RENAME TO operations"))
        assert (await db.execute(text("SELECT count(*) FROM attendance"))).scalar_one() == 0

    assert await chat.says(MEMBER, "/attend") == ["陈敏同志，10:00已签到。"]


async def test_talk_in_the_group_is_nowhere_to_be_found(
    chat: Chat, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.INFO)
    chat.group.telegram.privacy_mode = False
    for words in ("昨晚的烧烤摊真热闹", "王姐的猫丢了", "/别的命令 悄悄话三四五"):
        await chat.says(MEMBER, words)
    await chat.says(MEMBER, "@xingfuli_dangwu_bot 夜猫子问民主生活会每年召开几次")
    chat.group.clock.move_to(chat.group.clock.now() + timedelta(minutes=10))
    await chat.group.app.keep_up(tmp_path)
    database = chat.group.app.database
    await database.back_up(tmp_path / "backup.sqlite3")

    assert database.file is not None
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    kept = b"".join(path.read_bytes() for path in files) + caplog.text.encode()
    assert len(files) >= 2
    for words in ("烧烤摊", "王姐的猫", "悄悄话"):
        assert words.encode() not in kept
    async with database.begin() as db:
        left = await db.execute(text("SELECT count(*) FROM inbox WHERE body IS NOT NULL"))
        assert left.scalar_one() == 0
    assert "夜猫子".encode() not in (tmp_path / "backup.sqlite3").read_bytes()
    assert cast.TOKEN not in caplog.text


async def test_locked_database_delays_and_loses_nothing(chat: Chat) -> None:
    database = chat.group.app.database
    async with database.begin():
        people.say(chat.group.telegram, cast.USER_IDS[MEMBER], "/privacy")
        await chat.group.telegram.until(lambda: False, seconds=0.3)
        assert len(chat.shown(MEMBER)) == 1
    await chat.group.settled()

    assert len(chat.shown(MEMBER)) == 2


async def test_database_locked_by_another_program_delays_and_loses_nothing(chat: Chat) -> None:
    file = chat.group.app.database.file
    assert file is not None
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    await asyncio.to_thread(holder.execute, "BEGIN IMMEDIATE")
    people.say(chat.group.telegram, cast.USER_IDS[MEMBER], "/privacy")
    await chat.group.telegram.until(lambda: False, seconds=6)  # longer than SQLite waits by itself
    holder.close()
    await chat.group.telegram.until(lambda: len(chat.shown(MEMBER)) == 2, seconds=20)

    assert len(chat.shown(MEMBER)) == 2


async def _until_buried(chat: Chat) -> None:
    await _until(chat, "SELECT count(*) FROM dead_letters", hurry="inbox SET retry_at = 0")


async def _until(chat: Chat, counted: str, *, hurry: str) -> None:
    """Five tries, without the waits between them."""
    app = chat.group.app
    async with asyncio.timeout(20):
        while True:
            heard = app.bell.rings()
            async with app.database.begin() as db:
                await db.execute(text(f"UPDATE {hurry}"))
                if (await db.execute(text(counted))).scalar_one():
                    break
            await app.bell.ring()
            await app.bell.wait(heard + 1, at_most=0.2)
    await chat.group.settled()
