"""双述双评: one meeting, three things confirmed with it, and the copies to the units' superiors."""

from datetime import datetime

import pytest

from bot.rehearsal import cast
from handlers.files import overview
from records import (
    appraisals,
    communities,
    connections,
    meetings,
    people,
    subdistrict_year,
    subdistricts,
)
from records.calendar import CHINA
from tests.chat import MEMBER, PART_TIMERS, SECRETARY, WORKER, Chat

HELD = datetime(2026, 12, 22, 15, 0, tzinfo=CHINA)
IN_JANUARY = datetime(2027, 1, 12, 15, 0, tzinfo=CHINA)


async def held(chat: Chat, at: datetime, present: int = 6) -> None:
    """A mutual appraisal with so many of the team, closed and confirmed."""
    await chat.opened(at, "双述双评会议")
    for name in (MEMBER, *PART_TIMERS, SECRETARY)[:present]:
        await chat.says(name, "/attend", at=at)
    await chat.says(WORKER, "/closesign", at=at)
    await chat.presses(WORKER, "确认名单", private=True)


def follow_up(chat: Chat) -> str:
    """The message with the three things, as it now stands."""
    return next(one for one in reversed(chat.shown(WORKER)) if "请一次确认以下三项" in one)


async def test_three_things_are_confirmed_with_the_meeting(chat: Chat) -> None:
    await held(chat, HELD)
    assert follow_up(chat) == (
        "12月双述双评会议已登记，请一次确认以下三项：\n"
        "1. 已向社区大党委述职的兼职委员：已登记0人，共7人\n"
        "2. 同时计为工作会议或联席会议：否\n"
        "3. 评价结果逐单位抄报：点“抄报清单”\n"
        "归属2026年度（管理员设定，非文件原文）。\n"
        "依据：问答第6问“年终召开双述双评会议”\n"
        "评价结果只按单位登记，不涉及个人。"
    )

    await chat.presses(WORKER, "全部已述职", private=True)
    assert "已登记7人，共7人" in follow_up(chat)
    (mine,) = await chat.says(MEMBER, "/duty", private=True)
    assert "2026年向社区大党委述职：已登记（2026年12月22日（周二））" in mine
    assert "2026年向所在单位党组织述职：临近期末" in mine


async def test_one_who_did_not_report_is_taken_out_again(chat: Chat) -> None:
    await held(chat, HELD)
    await chat.presses(WORKER, "全部已述职", private=True)
    await chat.presses(WORKER, "逐人点选", private=True)
    await chat.presses(WORKER, "取消陈敏", private=True)
    assert any("未登记　陈敏同志" in one for one in chat.shown(WORKER))
    await chat.presses(WORKER, "返回", private=True)

    assert "已登记6人，共7人" in follow_up(chat)
    (mine,) = await chat.says(MEMBER, "/duty", private=True)
    assert "2026年向社区大党委述职：临近期末" in mine


async def test_it_counts_for_the_month_only_when_a_worker_says_so(chat: Chat) -> None:
    await held(chat, HELD)
    assert "12月会议：临近期末" in (await chat.says(MEMBER, "/duty"))[0]

    await chat.presses(WORKER, "计为联席会议", private=True)
    assert "2. 同时计为工作会议或联席会议：计为联席会议" in follow_up(chat)
    assert "12月会议：已登记" in (await chat.says(MEMBER, "/duty"))[0]
    await chat.presses(WORKER, "不另计会议", private=True)
    assert "12月会议：临近期末" in (await chat.says(MEMBER, "/duty"))[0]


async def test_below_two_thirds_it_cannot_be_a_working_meeting(chat: Chat) -> None:
    await held(chat, HELD, present=4)

    assert await chat.presses(WORKER, "计为工作会议", private=True) == [
        "到会不足三分之二，不能计为工作会议（问答第7问）；可以计为联席会议，或不另计。"
    ]


async def test_in_january_it_may_belong_to_the_year_before_with_its_reports(chat: Chat) -> None:
    await held(chat, IN_JANUARY)
    await chat.presses(WORKER, "全部已述职", private=True)
    assert "归属2027年度（管理员设定，非文件原文）。" in follow_up(chat)

    await chat.presses(WORKER, "归属2026年度", private=True)
    assert "归属2026年度（管理员设定，非文件原文）。" in follow_up(chat)
    assert "已登记7人，共7人" in follow_up(chat)
    (shown,) = await chat.says(WORKER, "/duty", private=True)
    assert "2026年双述双评会议：已完成（1月12日（周二）15:00，1月双述双评会议）" in shown
    assert "2026年兼职委员述职：已登记7项，尚未登记7项" in shown


async def test_copies_are_listed_unit_by_unit_without_a_term(chat: Chat) -> None:
    await held(chat, HELD)
    await chat.presses(WORKER, "抄报清单", private=True)
    assert chat.last(WORKER).splitlines()[:3] == [
        "2026年12月22日12月双述双评会议抄报清单",
        "第一小学：尚未抄报",
        "区医院：尚未抄报",
    ]

    await chat.presses(WORKER, "第一小学", private=True)
    await chat.presses(WORKER, "今天（12月22日）", private=True)
    await chat.presses(WORKER, "区医院", private=True)
    assert await chat.says(WORKER, "12月21日", private=True) != []
    assert chat.last(WORKER).splitlines()[1:3] == [
        "第一小学：2026年12月22日抄报",
        "区医院：2026年12月21日抄报",
    ]
    assert chat.last(WORKER).endswith("原文未写时限。尚未登记不等于未开展。")


@pytest.mark.parametrize("label", ["全部已述职", "抄报清单"])
async def test_members_may_not_press_what_the_worker_may(chat: Chat, label: str) -> None:
    await held(chat, HELD)
    _message, data = chat._button(1002, label)
    await chat.says(MEMBER, "/duty", private=True)
    message, _other = chat._button(1004, "登记述职")

    assert await chat.presses_on(MEMBER, 1004, message["message_id"], data) == [
        "该操作由书记或党务工作者办理。"
    ]


async def test_report_the_member_registered_himself_stays_his(chat: Chat) -> None:
    await chat.says(MEMBER, "/report 大党委 12月22日", private=True, at=HELD)
    await held(chat, HELD)
    assert "已登记1人，共7人" in follow_up(chat)
    await chat.presses(WORKER, "全部已述职", private=True)
    assert "已登记7人，共7人" in follow_up(chat)
    await chat.presses(WORKER, "逐人点选", private=True)

    assert chat._button(cast.USER_IDS[WORKER], "取消孙丽")
    with pytest.raises(LookupError):
        chat._button(cast.USER_IDS[WORKER], "取消陈敏")
    assert any("已述职　陈敏同志" in one for one in chat.shown(WORKER))


async def test_copies_are_listed_with_the_results(chat: Chat) -> None:
    await held(chat, HELD)
    async with chat.group.app.database.begin() as db:
        worker = next(
            one for one in await people.with_ids(db, list(range(1, 30))) if one.name == WORKER
        )
        community = await communities.with_id(db, worker.community_id)
        (meeting,) = await meetings.all_of(db, community)
        school = (await communities.owing_units(db, community_id=community.id))[0]
        results = {school.id: "95", None: "92"}
        await appraisals.put_results(db, meeting, results, by=worker, at=HELD)
    await chat.presses(WORKER, "抄报清单", private=True)
    assert chat.last(WORKER).splitlines()[1] == "第一小学：评价结果95，尚未抄报"
    assert "社区大党委：评价结果92" in chat.last(WORKER).splitlines()
    await chat.presses(WORKER, "第一小学", private=True)
    await chat.presses(WORKER, "今天（12月22日）", private=True)

    assert chat.last(WORKER).splitlines()[1] == "第一小学：评价结果95，2026年12月22日抄报"
    async with chat.group.app.database.begin() as db:
        facts = await subdistrict_year.of(db, "人民街道", year=2026, on=HELD.date())
        assert list(subdistrict_year.lines(facts)) == []  # not yet confirmed
        await subdistricts.add(db, "人民街道", ["周游"], at=HELD)
        staff = await subdistricts.with_id(db, 1)
        await connections.confirm(db, staff, community.id, at=HELD)
        facts = await subdistrict_year.of(db, "人民街道", year=2026, on=HELD.date())
    (sheet,) = overview.results(list(subdistrict_year.lines(facts)))
    assert sheet.rows == [
        ("幸福里社区", "2026年12月22日", "第一小学", "95"),
        ("幸福里社区", "2026年12月22日", "社区“大党委”", "92"),
    ]
