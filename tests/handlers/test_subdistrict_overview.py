"""/overview: one line of numbers, then only what is not yet registered; and asking a community, once."""

import io
from datetime import datetime, timedelta

from openpyxl import load_workbook

from bot.rehearsal import cast
from records.calendar import CHINA
from tests.chat import LIAISON, WORKER, Chat
from tests.handlers.subdistrict import (
    HAPPY,
    JULY,
    NOT_UNDONE,
    PEACE,
    PEACE_WORKER,
    STAFF,
    confirmed,
    opened,
    second_community,
    staffed,
)

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
CONTACTS = "上半年联系沟通尚未登记"
ONE_IN_JULY = (
    "2个社区：7月会议已登记0，已排期0，尚无安排2；上半年联系沟通尚未登记单位12个，分布2个社区。\n"
    "另有尚未登记：6月会议2个社区；2026年实事好事2个社区；2026年述职1个社区；"
    "2026年双述双评2个社区。\n"
    f"{NOT_UNDONE}"
)


async def two_communities(chat: Chat, *, worker: str | None = PEACE_WORKER) -> None:
    await staffed(chat)
    await second_community(chat, worker=worker)
    await confirmed(chat, HAPPY, PEACE)


async def test_month_is_registered_called_or_without_arrangement(chat: Chat) -> None:
    await two_communities(chat)
    assert await opened(chat) == (f"2个社区：11月会议已登记0，已排期0，尚无安排2。\n{NOT_UNDONE}")
    await chat.called("/newmeeting 11月25日下午3点 工作会议 二楼会议室")
    assert await opened(chat) == (f"2个社区：11月会议已登记0，已排期1，尚无安排1。\n{NOT_UNDONE}")
    await chat.says(WORKER, "/opensign", at=THREE_PM)
    await chat.presses(WORKER, "全员到会，点选例外", private=True)
    await chat.presses(WORKER, "确认", private=True)
    await chat.says(WORKER, "/closesign")
    assert await opened(chat) == (f"2个社区：11月会议已登记1，已排期0，尚无安排1。\n{NOT_UNDONE}")

    assert await opened(chat, "11月会议尚无安排") == (
        "11月会议尚无安排：1个社区\n"
        "和平里社区\n"
        "依据：问答第6问“每月至少召开1次工作会议或党建联席会议”\n"
        f"{NOT_UNDONE}"
    )
    assert await opened(chat, "全部社区", HAPPY) == (
        "幸福里社区\n"
        "会议：11月已登记\n"
        "双述双评：2026年未到期\n"
        "民主生活会：2026年未到期\n"
        "联系沟通：下半年未到期10个单位\n"
        "实事好事：2026年未到期10个单位\n"
        "述职：2026年未到期14项\n"
        "2026年会议：\n"
        "11月25日（周三）工作会议：应到9人，实到9人\n"
        f"{NOT_UNDONE}"
    )


async def test_only_exceptions_are_listed_in_order_with_numbers_and_without_names(
    chat: Chat,
) -> None:
    await two_communities(chat)
    assert await opened(chat, at=JULY) == ONE_IN_JULY
    assert chat.buttons(STAFF) == [
        "7月会议尚无安排",
        "6月会议尚未登记",
        CONTACTS,
        "2026年实事好事尚未登记",
        "2026年述职尚未登记",
        "2026年双述双评尚未登记",
        "全部社区",
        "导出年底汇总",
        "下发文件",
        "评分表",
    ]
    assert await opened(chat, CONTACTS) == (
        f"{CONTACTS}：2个社区，共12个单位\n"
        "幸福里社区　10个单位\n"
        "和平里社区　2个单位\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
        f"{NOT_UNDONE}"
    )
    assert await opened(chat, CONTACTS, PEACE) == (
        "和平里社区\n"
        "会议：6月尚未登记；7月未到期\n"
        "双述双评：2026年尚未登记；2027年未到期\n"
        "民主生活会：2026年尚未登记；2027年未到期\n"
        "联系沟通：上半年尚未登记2个单位；下半年未到期2个单位\n"
        "实事好事：2026年尚未登记2个单位；2027年未到期2个单位\n"
        "2027年没有登记会议。\n"
        f"{NOT_UNDONE}"
    )
    everything = "".join(chat.shown(STAFF))
    for name in (*cast.OWING, "第二小学", "陈敏", "王岚"):
        assert name not in everything


async def test_unconfirmed_community_is_not_seen(chat: Chat) -> None:
    await staffed(chat)
    await second_community(chat)
    await confirmed(chat, HAPPY)

    shown = await opened(chat, at=JULY)

    assert "分布1个社区；待接入确认1件。" in shown
    assert PEACE not in await opened(chat, CONTACTS)


async def test_monday_brings_the_same_text_with_the_exceptions_only(chat: Chat) -> None:
    await two_communities(chat)
    monday = datetime(2027, 7, 12, 9, 30, tzinfo=CHINA)
    await chat.at(monday)

    assert chat.last(STAFF) == ONE_IN_JULY
    assert chat.buttons(STAFF) == [
        "7月会议尚无安排",
        "6月会议尚未登记",
        CONTACTS,
        "2026年实事好事尚未登记",
        "2026年述职尚未登记",
        "2026年双述双评尚未登记",
    ]
    await chat.presses(STAFF, CONTACTS, private=True)
    assert chat.last(STAFF).startswith(f"{CONTACTS}：2个社区，共12个单位\n")


async def test_worker_is_asked_once_from_the_fifth_working_day_on(chat: Chat) -> None:
    await two_communities(chat)
    label = "请社区补充登记"
    early = JULY - timedelta(days=3)
    await opened(chat, CONTACTS, PEACE, at=early)
    assert await chat.presses(STAFF, label, private=True) == [
        "自2027年7月7日（周三）起可以请社区补充登记（期末后第5个工作日）。"
    ]
    await opened(chat, CONTACTS, PEACE, at=JULY)
    assert await chat.presses(STAFF, label, private=True) == [
        "已请和平里社区补充登记上半年联系沟通。"
    ]
    assert chat.last(PEACE_WORKER) == (
        "人民街道请和平里社区补充登记：上半年联系沟通，尚未登记2个单位。\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
        f"已联系的，发送 /contact 登记；没有开展的不用登记。{NOT_UNDONE}"
    )
    assert await chat.presses(STAFF, label, private=True) == [
        "这一事项本期已请社区补充登记过，每个事项每期一次。请与社区直接联系。"
    ]
    assert "补充登记" not in "".join(chat.shown(WORKER))


async def test_meeting_of_the_running_month_is_not_asked_for(chat: Chat) -> None:
    await two_communities(chat)
    await opened(chat, "7月会议尚无安排", HAPPY, at=JULY)

    assert await chat.presses(STAFF, "请社区补充登记", private=True) == [
        "自2027年8月6日（周五）起可以请社区补充登记（期末后第5个工作日）。"
    ]


async def test_community_without_anybody_to_write_to_is_not_marked_as_asked(chat: Chat) -> None:
    await two_communities(chat, worker=None)
    await opened(chat, CONTACTS, PEACE, at=JULY)
    for _press in range(2):
        assert await chat.presses(STAFF, "请社区补充登记", private=True) == [
            "该社区的党务工作者和书记都还没有确认身份，消息发不到。请与社区直接联系。"
        ]


async def test_what_was_registered_meanwhile_is_not_asked_for(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await opened(chat, "6月会议尚未登记", HAPPY, at=JULY)
    await chat.says(WORKER, "/newmeeting 2027年6月16日下午3点 工作会议", private=True)
    await chat.presses(WORKER, "补录", private=True)
    await chat.presses(WORKER, "确认", private=True)

    assert await chat.presses(STAFF, "请社区补充登记", private=True) == [
        "该社区这一事项已经登记或不适用，不需要补充登记。"
    ]


async def test_somebody_elses_button_is_of_no_use(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await opened(chat, CONTACTS, at=JULY)
    message, data = chat._button(cast.USER_IDS[STAFF], HAPPY)

    assert await chat.presses_on(LIAISON, cast.USER_IDS[STAFF], message["message_id"], data) == [
        "这项由街道工作人员办理。街道工作人员请点街道发给您本人的链接，或发送：/bind 绑定码"
    ]


async def test_year_end_workbook_has_states_and_numbers_and_no_score(chat: Chat) -> None:
    await two_communities(chat)
    await opened(chat, "导出年底汇总", at=JULY)
    assert chat.last(STAFF) == "请选择年底汇总的年份："
    assert await chat.presses(STAFF, "2027年", private=True) == ["文件稍后发到您的私聊。"]
    assert chat.last(STAFF) == (
        f"人民街道2027年年底汇总已导出：2个社区。\n{NOT_UNDONE}\n"
        "人民街道2027年年底汇总（2027年7月9日导出）.xlsx"
    )

    sheet = load_workbook(io.BytesIO(list(chat.group.telegram.files.values())[-1])).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["人民街道2027年年底汇总　2027年7月9日导出", *[None] * 9],
        [
            "序号",
            "社区",
            "会议：尚未登记的月份",
            "联系沟通：上半年（单位）",
            "联系沟通：下半年（单位）",
            "实事好事（单位）",
            "述职（项）",
            "双述双评会议",
            "评价结果抄报（单位）",
            "民主生活会",
        ],
        [
            1,
            HAPPY,
            "1月、2月、3月、4月、5月、6月",
            "0/10",
            "0/10",
            "0/10",
            "0/14",
            "未到期",
            "—",
            "未到期",
        ],
        [
            2,
            PEACE,
            "1月、2月、3月、4月、5月、6月",
            "0/2",
            "0/2",
            "0/2",
            "不适用",
            "未到期",
            "—",
            "未到期",
        ],
        [
            "尚未登记不等于未开展。“9/10”为应登记10个、已登记9个。述职按项计，不列姓名。"
            "本表不计算考核分，不排名；电子记录仅作工作参考，以组织部门要求为准。",
            *[None] * 9,
        ],
    ]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$2"
