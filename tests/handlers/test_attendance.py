"""Taking the roll: the command and the button are the same act; the card shows the numbers."""

from datetime import datetime, timedelta

from bot.rehearsal import cast
from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, PART_TIMERS, SECRETARY, STRANGER, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
MINUTE = timedelta(minutes=1)


async def test_member_signs_in_by_command_and_the_card_counts(chat: Chat) -> None:
    await chat.opened(THREE_PM)

    assert await chat.says(MEMBER, "/attend", at=THREE_PM + 2 * MINUTE) == [
        "陈敏同志，15:02已签到。"
    ]
    assert chat.card() == (
        "📌 11月工作会议　签到中\n"
        "11月25日（周三）15:00　二楼会议室\n"
        "应到9人　实到1人　请假0人　未签8人\n"
        "还差5人（三分之二为6人）\n"
        "依据：问答第7问“参会人数不少于三分之二方可召开”"
    )


async def test_button_is_the_same_act_answered_by_a_toast_only(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    before = len(chat.shown())

    assert await chat.presses(MEMBER, "我已到会", at=THREE_PM + 2 * MINUTE) == [
        "陈敏同志，15:02已签到。"
    ]
    assert await chat.presses(MEMBER, "我已到会", at=THREE_PM + 9 * MINUTE) == [
        "您已于15:02签到，无需重复操作。"
    ]
    assert len(chat.shown()) == before


async def test_late_comer_who_had_asked_leave_is_present(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    assert await chat.says(MEMBER, "/leave") == ["陈敏同志，已登记请假：11月工作会议。"]
    assert "实到0人　请假1人" in chat.card()

    assert await chat.says(MEMBER, "/attend", at=THREE_PM + 10 * MINUTE) == [
        "陈敏同志，15:10已签到。"
    ]
    assert "实到1人　请假0人" in chat.card()


async def test_six_of_nine_may_meet_and_the_month_counts_it(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in (MEMBER, SECRETARY, *PART_TIMERS[:4]):
        await chat.presses(name, "我已到会")
    assert "实到6人，已达到三分之二（需6人），可以召开。" in chat.card()

    assert await chat.says(WORKER, "/closesign", at=THREE_PM + 30 * MINUTE) == [
        "11月工作会议：应到9人，实到6人，已达到三分之二（需6人），计入11月会议。"
    ]
    assert chat.card().splitlines()[0] == "📌 11月工作会议　签到已结束"
    await chat.presses(WORKER, "确认名单", private=True)
    assert chat.shown(WORKER)[-3] == (
        "11月工作会议名单已确认。\n"
        "签到汇总和会议记录草稿稍后发来。如需再改，请书记点“重新打开”并写明原因。"
    )
    assert chat.shown(WORKER)[-2] == (
        "签到汇总已生成。电子记录仅作工作参考，以组织部门要求为准。\n"
        "幸福里社区11月工作会议签到汇总（11月25日）.docx"
    )


async def test_five_of_nine_are_too_few(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in (MEMBER, *PART_TIMERS[:4]):
        await chat.presses(name, "我已到会")

    assert await chat.says(WORKER, "/closesign") == [
        "11月工作会议：应到9人，实到5人，因到会人数不足未召开，不计入11月会议。"
    ]
    assert chat.last(WORKER).endswith("不计入11月会议。\n点错人数的请先更正，再选择。")
    assert chat.buttons(WORKER) == ["更正", "名单", "另定时间", "只作登记", "确认名单"]


async def test_joint_meeting_has_no_minimum(chat: Chat) -> None:
    await chat.opened(THREE_PM, "联席会议")
    await chat.presses(MEMBER, "我已到会")
    assert chat.card().splitlines()[-1] == "联席会议的到会人数，文件未作规定。"

    assert await chat.says(WORKER, "/closesign") == [
        "11月联席会议：应到9人，实到1人，计入11月会议。"
    ]


async def test_liaison_attends_without_vote(chat: Chat) -> None:
    await chat.opened(THREE_PM)

    assert await chat.presses(LIAISON, "我已到会") == ["已登记为列席。"]
    assert "应到9人　实到0人　请假0人　未签9人　列席1人" in chat.card()


async def test_stranger_is_led_to_private_chat(chat: Chat) -> None:
    await chat.opened(THREE_PM)

    assert await chat.says(STRANGER, "/leave") == [
        "还没有确认您的身份，暂时不能办理。请到私聊确认，或与工作人员联系。"
    ]
    assert chat.buttons() == ["去私聊办理"]


async def test_anonymous_administrator_cannot_be_known(chat: Chat) -> None:
    await chat.opened(THREE_PM)

    assert await chat.says(WORKER, "/attend", anonymous=True) == [
        "您正以匿名管理员身份发言，无法确认是哪位同志。请点卡片上的按钮，或到私聊办理。"
    ]


async def test_edited_and_forwarded_sign_ins_are_none(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    assert await chat.says(MEMBER, "/attend", forwarded=True) == []
    said = await chat.group.says(MEMBER, "随便说说")
    await chat.edits(said, "/attend")

    assert "实到0人" in chat.card()


async def test_sign_in_sent_in_time_counts_although_the_roll_was_closed(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.says(WORKER, "/closesign", at=THREE_PM + 30 * MINUTE)

    late = await chat.says(MEMBER, "/attend", sent_at=THREE_PM + 29 * MINUTE)
    assert late == ["陈敏同志，15:29已签到。"]
    assert "实到1人" in chat.card()
    assert await chat.says(MEMBER, "/attend", at=THREE_PM + 31 * MINUTE) == [
        "目前没有正在签到的会议。"
    ]


async def test_old_card_does_not_sign_in_to_a_later_meeting(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    (old,) = chat.cards()
    await chat.says(WORKER, "/closesign")
    await chat.opened(THREE_PM + timedelta(days=1))

    assert await chat.presses_on(MEMBER, cast.GROUP_ID, old["message_id"], "attend:1") == [
        "目前没有正在签到的会议。"
    ]


async def test_leave_sent_in_time_is_for_the_meeting_of_that_time(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.says(WORKER, "/closesign", at=THREE_PM + 30 * MINUTE)
    await chat.called("/newmeeting 12月9日15:00 工作会议")

    assert await chat.says(MEMBER, "/leave", sent_at=THREE_PM + 29 * MINUTE) == [
        "陈敏同志，已登记请假：11月工作会议。"
    ]
    assert "请假1人" in chat.card()


async def test_chinese_word_after_the_bots_name_signs_in(chat: Chat) -> None:
    await chat.opened(THREE_PM)

    assert await chat.says(MEMBER, "@xingfuli_dangwu_bot 签到") == ["陈敏同志，15:00已签到。"]


async def test_word_in_private_chat_signs_in(chat: Chat) -> None:
    await chat.opened(THREE_PM)

    assert await chat.says(MEMBER, "签到", private=True) == ["陈敏同志，15:00已签到。"]
    assert "实到1人" in chat.card()


async def test_no_meeting_says_when_the_next_one_is(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/attend") == ["目前没有正在签到的会议。"]
    await chat.called("/newmeeting 下周三下午3点 工作会议 二楼会议室")

    assert await chat.says(MEMBER, "/attend") == [
        "目前没有正在签到的会议。下次会议：11月25日（周三）15:00。"
    ]
