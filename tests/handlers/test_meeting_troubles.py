"""What happens in the middle of a meeting: late, by line, moved groups, a bot that is removed, strangers."""

from datetime import datetime, timedelta

from bot.rehearsal import cast, people
from records import settings
from records.calendar import CHINA
from records.model import QuorumBase
from records.people import all_of_account
from tests.chat import FULL_TIMER, MEMBER, PART_TIMERS, SECRETARY, STRANGER, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
MINUTE = timedelta(minutes=1)
SIX = (SECRETARY, FULL_TIMER, MEMBER, *PART_TIMERS[:3])
MOVED = -1009999


async def test_late_exists_only_where_it_was_switched_on(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    assert await chat.presses(MEMBER, "我已到会", at=THREE_PM + 20 * MINUTE) == [
        "陈敏同志，15:20已签到。"
    ]
    await set_up(chat, late_after=15)

    assert await chat.presses(FULL_TIMER, "我已到会") == ["赵卫国同志，15:20已签到（迟到）。"]
    assert "实到2人　请假0人　未签7人　迟到1人" in chat.card()


async def test_who_takes_part_by_line_counts_by_default_and_is_listed_apart(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in SIX[:5]:
        await chat.presses(name, "我已到会")
    assert await chat.presses(SIX[5], "线上参会") == ["郑洁同志，15:00已线上签到。"]
    assert "实到6人（含线上1人）　请假0人　未签3人" in chat.card()
    assert "已达到三分之二" in chat.card()

    await set_up(chat, online_counts=False)
    await chat.says(WORKER, "/meeting")
    assert "还差1人（三分之二为6人）" in chat.card()


async def test_ledger_keeps_the_reading_of_its_day(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in SIX:
        await chat.presses(name, "我已到会")
    await chat.says(WORKER, "/closesign", at=THREE_PM + 30 * MINUTE)
    await set_up(chat, at=THREE_PM + 60 * MINUTE, online_counts=False)
    await set_up(chat, at=THREE_PM + 61 * MINUTE, quorum_base=QuorumBase.WITHOUT_EXCUSED)
    await chat.says(WORKER, "/meeting", at=THREE_PM + 70 * MINUTE)

    assert "实到6人，已达到三分之二（需6人），计入11月会议。" in chat.card()


async def test_base_without_those_on_leave_is_a_choice_of_the_community(chat: Chat) -> None:
    await set_up(chat, quorum_base=QuorumBase.WITHOUT_EXCUSED)
    await chat.opened(THREE_PM)
    for name in PART_TIMERS[3:]:
        await chat.presses(name, "请假")
    for name in SIX[:4]:
        await chat.presses(name, "我已到会")

    assert "实到4人，已达到三分之二（需4人），可以召开。" in chat.card()


async def test_group_becomes_a_supergroup_in_the_middle_of_a_meeting(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    telegram = chat.group.telegram
    people.migrate(telegram, cast.GROUP_ID, MOVED)
    await chat.group.settled()
    people.say(telegram, cast.USER_IDS[SECRETARY], "/attend", chat_id=MOVED)
    await chat.group.settled()
    people.say(telegram, cast.USER_IDS[WORKER], "/meeting", chat_id=MOVED)
    await chat.group.settled()

    assert "应到9人　实到2人" in telegram.history[MOVED][-1]["text"]


async def test_bot_is_removed_and_added_again(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    telegram = chat.group.telegram
    people.remove_bot(telegram, cast.USER_IDS[WORKER], cast.GROUP_ID)
    await chat.group.settled()
    assert await chat.says(MEMBER, "签到", private=True) == ["陈敏同志，15:00已签到。"]
    people.add_bot(telegram, cast.USER_IDS[WORKER], cast.GROUP_ID)
    await chat.group.settled()

    await chat.says(SECRETARY, "/attend")
    await chat.says(WORKER, "/meeting")
    assert "实到2人" in chat.card()


async def test_sign_in_before_the_opening_and_by_a_stranger_change_nothing(chat: Chat) -> None:
    await chat.called("/newmeeting 下周三下午3点 工作会议 二楼会议室")
    assert await chat.says(MEMBER, "/attend") == [
        "目前没有正在签到的会议。下次会议：11月25日（周三）15:00。"
    ]
    assert await chat.says(STRANGER, "/attend") == [
        "目前没有正在签到的会议。下次会议：11月25日（周三）15:00。"
    ]
    await chat.says(WORKER, "/opensign", at=THREE_PM)
    assert await chat.says(STRANGER, "/attend", private=True) == [
        "还没有确认您的身份。请点工作人员给您的个人链接，或发送：/bind 绑定码"
    ]
    assert "实到0人" in chat.card()


async def set_up(chat: Chat, at: datetime = THREE_PM, **changes: object) -> None:
    """What the worker sets for the community."""
    async with chat.group.app.database.begin() as db:
        (worker,) = await all_of_account(db, user_id=cast.USER_IDS[WORKER])
        await settings.change(db, by=worker, at=at, **changes)
