"""The Word file that follows a meeting holds the roll and nothing else."""

import io
from datetime import datetime

from docx import Document

from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, PART_TIMERS, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)


async def test_summary_lists_the_team_then_the_guests(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.says(MEMBER, "/attend")
    await chat.says(PART_TIMERS[0], "/leave")
    await chat.says(LIAISON, "/attend")
    await chat.says(WORKER, "/closesign")
    await chat.presses(WORKER, "确认名单", private=True)

    sent = [Document(io.BytesIO(content)) for content in chat.group.telegram.files.values()]
    (document,) = [one for one in sent if one.paragraphs[0].text.endswith("签到汇总")]
    words = [paragraph.text for paragraph in document.paragraphs]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert words == [
        "幸福里社区11月工作会议签到汇总",
        "2026年11月25日（周三）15:00　二楼会议室",
        "11月工作会议：应到9人，实到1人，因到会人数不足未召开，不计入11月会议。",
        "电子记录仅作工作参考，以组织部门要求为准。",
    ]
    assert rows[0] == ["序号", "姓名", "单位", "签到情况", "时间", "备注"]
    assert rows[3:5] == [
        ["3", "陈敏", "第一小学", "到会", "15:00", ""],
        ["4", "孙丽", "区医院", "请假", "15:00", ""],
    ]
    assert rows[1][3] == "未到"
    assert rows[10] == ["10", "刘强", "建设银行幸福里支行", "列席", "15:00", ""]
    assert document.core_properties.author == "党务助手"
