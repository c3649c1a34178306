"""The roster handed in again in private chat: pasted or as a workbook, previewed, agreed to."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from bot.rehearsal import cast
from handlers.files import grid
from handlers.files import roster as workbook
from handlers.files.cells import MOST_LINES
from records import people, terms
from records.model import Capacity
from tests.chat import MEMBER, STRANGER, WORKER, Chat

HEADINGS = ["姓名", "单位", "职务", "席位", "进入方式"]
READING = "已收到名册，正在核对。"
TEAM = ["李书明", "赵卫国", "陈敏", "孙丽", "吴海", "郑洁", "冯涛", "何静", "马建军"]


@pytest.fixture
async def asked(chat: Chat) -> Chat:
    """The worker has pressed 导入名册."""
    await chat.says(WORKER, "/roster", private=True)
    await chat.presses(WORKER, "导入名册", private=True)
    return chat


async def team(chat: Chat, day: date = date(2026, 11, 18)) -> list[str]:
    async with chat.group.app.database.begin() as db:
        found = terms.on(await terms.of_community(db, community_id=1), day)
    return [term.person.name for term in found if term.capacity is Capacity.VOTING]


def book(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


async def test_roster_lists_posts_seats_and_who_is_unbound(chat: Chat) -> None:
    assert await chat.says(WORKER, "班子名册", private=True) == [
        "幸福里社区班子名册\n"
        "班子成员总数9人，规定到会人数6人。委员数9名：专职2名，兼职7名。\n"
        "书记：李书明（专职）\n"
        "副书记：赵卫国（专职）\n"
        "委员：陈敏（兼职，第一小学）、孙丽（兼职，区医院）、吴海（兼职，幸福里物业公司）、"
        "郑洁（兼职，供电所）、冯涛（兼职，派出所）、何静（兼职，老干部党支部）、"
        "马建军（兼职，商圈联合党支部）\n"
        "党务工作者：王岚\n"
        "联络员：刘强（建设银行幸福里支行）\n"
        "未确认身份：0人。"
    ]
    assert chat.buttons(WORKER) == ["人员变动", "导入名册", "绑定条", "单位名录"]


async def test_only_managers_in_private_see_it(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/roster", private=True) == ["该操作由书记或党务工作者办理。"]
    assert await chat.says(WORKER, "/roster") == ["这件事请到与我的私聊中办理。"]
    assert (await chat.says(STRANGER, "/roster", private=True))[0].startswith("还没有确认")


async def test_pasted_lines_are_shown_then_written(asked: Chat) -> None:
    assert await asked.says(
        WORKER,
        "张伟 委员 兼职 五个程序 邮政支局\n2、陈敏 委员 专职 五个程序 第一小学",
        private=True,
    ) == [
        "名册核对：新任1人，留任9人（其中1人有变动），离任0人。\n"
        "新任：张伟（委员，兼职，邮政支局）\n"
        "变动：陈敏（第一小学）兼职改为专职\n"
        "这份名册没有写到的8人保持不变。\n"
        "专职3名，问答第2问为“1-2名”（原则上），请核对席位。\n"
        "以上只作提示，不影响办理。"
    ]
    assert await team(asked) == TEAM

    await asked.presses(WORKER, "确认导入", private=True)

    assert asked.last(WORKER) == (
        "已导入：新任1人，离任0人。班子成员总数10人，规定到会人数7人。"
        "委员数10名：专职3名，兼职7名。\n"
        "新任的同志还没有确认身份，可点“绑定条”打印个人链接。"
    )
    assert await team(asked) == [*TEAM, "张伟"]


async def test_warning_is_not_repeated_while_the_composition_stays(asked: Chat) -> None:
    await asked.says(WORKER, "陈敏 委员 专职 五个程序 第一小学", private=True)
    await asked.presses(WORKER, "确认导入", private=True)
    await asked.presses(WORKER, "导入名册", private=True)

    assert await asked.says(WORKER, "孙丽 委员 兼职 直接进入 区医院", private=True) == [
        "名册核对：新任0人，留任9人（其中1人有变动），离任0人。\n"
        "变动：孙丽（区医院）五个程序改为直接进入\n"
        "这份名册没有写到的8人保持不变。"
    ]


async def test_heading_and_tabs_say_what_each_column_is_and_private_ones_are_dropped(
    asked: Chat,
) -> None:
    table = "序号\t姓名\t手机\t席位\t职务\t身份证号\t单位\n1\t张 伟\t13800000000\t兼职\t委员\t11010119900101001X\t邮政支局"

    assert await asked.says(WORKER, table, private=True) == [
        "名册核对：新任1人，留任9人，离任0人。\n"
        "新任：张伟（委员，兼职，邮政支局）\n"
        "这份名册没有写到的9人保持不变。\n"
        "已忽略2列，未保存。"
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("张伟 委员 五个程序 邮政支局", "第1行：没有写席位。请写专职、兼职或无。"),
        ("张伟 兼职 邮政支局", "第1行：没有写职务。请写书记、副书记或委员。"),
        (
            "张伟",
            "第1行：没有写职务。班子成员请写书记、副书记或委员，其他人员请写党务工作者或联络员。",
        ),
        (
            "张伟 第一书记 专职",
            "第1行：“第一书记”不是大党委的职务。请写书记、副书记或委员。",
        ),
        (
            "张伟 委员 兼职 邮政支局 供电所",
            "第1行：“邮政支局”和“供电所”不能同时写。"
            "请按这样写：张伟 书记 专职 直接进入 幸福里社区党委",
        ),
        (
            "李娜 委员 兼职\n\n张伟 委员 兼职 邮政支局 138-0000-0000",
            "第3行：有像电话或身份证号的内容，不能保存。请删去后再发。",
        ),
        ("王岚 联络员", "第1行：联络员没有单位。请填写所在单位。"),
        (
            "张伟 委员 兼职\n张伟 委员 专职",
            "第2行：“张伟”出现两次。同名的请分别写明单位。",
        ),
        ("张伟 委员 兼职 2026-06-31", "第1行：“任职起”不是日期。请写作 2026-01-01。"),
        (
            "张伟 委员 兼职 2026-06-30 2026-01-01",
            "第1行：“任职止”早于“任职起”。请核对日期。",
        ),
        ("张\x00伟 委员 兼职", "第1行：含有看不见的字符。请删去重新输入后再发。"),
        ("姓名 职务 席位", "名册只有表头，没有人员。请每人写一行后再发。"),
        ("　\n", "没有看到名册。请每人写一行，例如：张伟 书记 专职 直接进入 幸福里社区党委"),
    ],
)
async def test_fault_names_row_and_remedy_and_changes_nothing(
    asked: Chat, words: str, sentence: str
) -> None:
    assert await asked.says(WORKER, words, private=True) == [sentence]
    assert await team(asked) == TEAM

    assert (await asked.says(WORKER, "张伟 兼职委员 邮政支局", private=True))[0].startswith(
        "名册核对"
    )


async def test_workbook_is_fetched_read_and_shown(asked: Chat) -> None:
    content = book(
        ["张伟", "邮政支局", "委员", "兼职", "五个程序", 13800000000, "汉"],
        headings=[*HEADINGS, "联系电话", "民族"],
    )

    assert await asked.sends_file(WORKER, "名册.xlsx", content) == [
        READING,
        "名册核对：新任1人，留任9人，离任0人。\n"
        "新任：张伟（委员，兼职，邮政支局）\n"
        "这份名册没有写到的9人保持不变。\n"
        "已忽略2列，未保存。",
    ]
    await asked.presses(WORKER, "确认导入", private=True)
    assert await team(asked) == [*TEAM, "张伟"]


async def test_form_holds_the_roster_and_comes_back_unchanged(asked: Chat) -> None:
    await asked.presses(WORKER, "下载模板", private=True)
    telegram = asked.group.telegram
    sent = telegram.history[cast.USER_IDS[WORKER]][-1]
    content = telegram.files[sent["document"]["file_id"]]
    sheet = load_workbook(io.BytesIO(content))["人员"]

    assert sent["caption"] == "名册模板，内有现有名册。填好后直接发到这里。"
    assert [cell.value for cell in sheet[2]] == [
        "李书明", None, "书记", "专职", "上级任命", "否", "书记", "2026-11-18", None,
    ]  # fmt: skip
    assert await asked.sends_file(WORKER, "名册模板.xlsx", content) == [
        READING,
        "名册没有变化，不需要导入。",
    ]


async def test_text_file_of_a_chinese_windows_is_read(asked: Chat) -> None:
    content = "姓名,职务,席位,单位\r\n张伟,委员,兼职,邮政支局\r\n".encode("gb18030")

    answer = await asked.sends_file(WORKER, "名册.csv", content)
    assert "新任：张伟（委员，兼职，邮政支局）" in answer[-1]


async def test_bad_files_get_one_sentence_each_and_change_nothing(asked: Chat) -> None:
    for content, sentence in (
        (
            book(["张伟", "", "委员", "=1+1", ""]),
            "“Sheet”表第2行：有公式。请改为文字（粘贴为数值）后再发。",
        ),
        (
            book(["张伟", "13800000000", "委员", "兼职", ""]),
            "“Sheet”表第2行：“单位”像电话或身份证号，不能保存。请删去后再发。",
        ),
        (
            book(["张_x0000_伟", "", "委员", "兼职", ""]),
            "“Sheet”表第2行：“姓名”含有看不见的字符。请删去重新输入后再发。",
        ),
        (
            book(*(["张伟", f"第{n}店", "委员", "兼职", ""] for n in range(5000))),
            f"名册超过{MOST_LINES}行，不像一个社区的名册。请核对后再发。",
        ),
        (book(["张伟"], headings=["名字"]), "“Sheet”表缺少“姓名”“职务”“席位”列。请用模板的表头。"),
        (bomb(), "文件过大，不像名册。请用模板填写。"),
        (b"PK\x03\x04", "打不开 名册.xlsx。请用 Excel 另存为 .xlsx 后再导入。"),
        (other_community(), OTHER),
    ):
        assert await asked.sends_file(WORKER, "名册.xlsx", content) == [READING, sentence]
    assert await asked.sends_file(WORKER, "名册.pdf", b"%PDF") == [
        "名册请发送 .xlsx 文件，或直接粘贴文字。"
    ]
    assert await asked.sends_file(WORKER, "名册.xlsx", b"0" * (2 * 1024 * 1024 + 1)) == [
        "文件超过2MB，不能接收。请删去图片等内容后再发。"
    ]
    assert await team(asked) == TEAM


OTHER = "文件中的社区是“和平社区”，不是幸福里社区。请核对后再发。"


def other_community() -> bytes:
    made = load_workbook(io.BytesIO(workbook.template()))
    made["社区"]["A2"] = "和平社区"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (grid.LARGEST + 1))
    return stream.getvalue()


async def test_file_nobody_asked_for_is_answered(chat: Chat) -> None:
    assert await chat.sends_file(MEMBER, "名册.xlsx", book()) == [
        "现在没有等待接收的文件。请先在 /roster、/newmeeting 或 /settings 中点相应的按钮，再发文件。"
    ]
    assert await chat.sends_file(WORKER, "名册.xlsx", book()) == [
        "已收到文件，正在核对。",
        "表里没有“问题”和“答复”两列，不能收录。请写上这两个表头后再发；名册等表格，请先在 /roster 等处点相应的按钮再发。",
    ]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("wrong file_id or the file is temporarily unavailable", "文件没有收到。请重新发送一次。"),
        ("file is too big", "文件超过2MB，不能接收。请删去图片等内容后再发。"),
    ],
)
async def test_file_that_telegram_does_not_hand_out_says_so(
    asked: Chat, fault: str, sentence: str
) -> None:
    asked.group.telegram.fail_next("getFile", code=400, description=f"Bad Request: {fault}")

    assert await asked.sends_file(WORKER, "名册.xlsx", book()) == [READING, sentence]


async def test_agreement_is_to_what_was_seen(asked: Chat) -> None:
    await asked.says(WORKER, "张伟 委员 兼职 邮政支局", private=True)
    first = asked.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    agree = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await asked.says(WORKER, "李娜 委员 兼职 农贸市场", private=True)

    assert await asked.presses_on(WORKER, cast.USER_IDS[WORKER], first["message_id"], agree) == [
        "名册在此期间有变化，请按最新的核对结果确认。"
    ]
    assert await team(asked) == TEAM
    await asked.presses(WORKER, "确认导入", private=True)
    assert await team(asked) == [*TEAM, "李娜"]
    assert await asked.presses_on(WORKER, cast.USER_IDS[WORKER], first["message_id"], agree) == [
        "这个按钮已失效，请重新发送命令。"
    ]


async def test_cancelled_while_it_is_read_nothing_follows(asked: Chat) -> None:
    await asked.presses(WORKER, "取消", private=True)

    assert await asked.says(WORKER, "张伟 委员 兼职 邮政支局", private=True) != []
    assert await team(asked) == TEAM


async def test_left_and_returned_is_a_new_term_of_the_same_person(asked: Chat) -> None:
    await asked.says(WORKER, "孙丽 委员 兼职 五个程序 区医院 2026-01-01 2026-11-01", private=True)
    assert asked.last(WORKER).splitlines()[:2] == [
        "名册核对：新任0人，留任8人，离任1人。",
        "离任：孙丽（区医院），任职至2026年11月1日（周日）",
    ]
    await asked.presses(WORKER, "确认导入", private=True)
    assert "孙丽" not in await team(asked)

    await asked.presses(WORKER, "导入名册", private=True)
    await asked.says(WORKER, "孙丽 委员 兼职 五个程序 区医院 2026-12-01", private=True)
    assert asked.last(WORKER).splitlines()[:2] == [
        "名册核对：新任1人，留任8人，离任0人。",
        "新任：孙丽（委员，兼职，区医院，2026年12月1日（周二）起）",
    ]
    await asked.presses(WORKER, "确认导入", private=True)

    assert "孙丽" not in await team(asked)
    assert "孙丽" in await team(asked, date(2026, 12, 1))
    async with asked.group.app.database.begin() as db:
        assert len(await people.with_name(db, community_id=1, name="孙丽")) == 1


async def test_earlier_beginning_of_a_term_is_a_change(asked: Chat) -> None:
    assert await asked.says(
        WORKER, "陈敏 委员 兼职 五个程序 第一小学 2026-01-01", private=True
    ) == [
        "名册核对：新任0人，留任9人（其中1人有变动），离任0人。\n"
        "变动：陈敏（第一小学）任职自2026年1月1日（周四）起\n"
        "这份名册没有写到的8人保持不变。"
    ]
    await asked.presses(WORKER, "确认导入", private=True)

    assert await team(asked, date(2026, 10, 15)) == ["陈敏"]


async def test_last_worker_cannot_be_dropped_by_a_roster(asked: Chat) -> None:
    assert await asked.says(WORKER, "王岚 委员 无 农贸市场\n李书明 书记 专职", private=True) != []
    content = book(
        ["王岚", "", "委员", "无", "", "书记"],
        headings=[*HEADINGS, "身份"],
    )

    assert (await asked.sends_file(WORKER, "名册.xlsx", content))[-1] == (
        "至少要保留一名已确认身份的党务工作者。请先增加一名党务工作者，待其确认身份后再办理。"
    )


async def test_slips_go_to_the_worker_in_private(asked: Chat) -> None:
    await asked.says(WORKER, "张伟 委员 兼职 邮政支局\n李娜 委员 兼职 农贸市场", private=True)
    await asked.presses(WORKER, "确认导入", private=True)
    await asked.presses(WORKER, "绑定条", private=True)
    assert asked.last(WORKER) == (
        "将为2位还没有确认身份的同志各发一个新码，此前发的码同时作废。请确认："
    )
    await asked.presses(WORKER, "生成绑定条", private=True)

    assert asked.last(WORKER) == (
        "绑定条已生成，共2人。请打印后沿虚线裁开，分别交给本人。\n"
        "每个码只用一次；此前发的码已作废。\n"
        "幸福里社区绑定条（11月18日）.docx"
    )
    old = codes(asked)
    assert list(old) == ["张伟", "李娜"]

    await asked.presses(WORKER, "绑定条", private=True)
    await asked.presses(WORKER, "生成绑定条", private=True)
    new = codes(asked)
    assert (await asked.says(STRANGER, f"/start {old['张伟']}", private=True))[0].startswith(
        "绑定码无效或已使用。"
    )
    assert (await asked.says(STRANGER, f"/start {new['张伟']}", private=True))[0].startswith(
        "已确认身份：张伟（幸福里社区委员，邮政支局）。"
    )


async def test_no_slips_where_everybody_is_bound(chat: Chat) -> None:
    await chat.says(WORKER, "/roster", private=True)

    assert await chat.presses(WORKER, "绑定条", private=True) == [
        "名册中的同志都已确认身份，不需要绑定条。"
    ]


def codes(chat: Chat) -> dict[str, str]:
    """What the newest slips say: the code of each person."""
    sent = chat.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    document = Document(io.BytesIO(chat.group.telegram.files[sent["document"]["file_id"]]))
    found = {}
    for row in document.tables[0].rows:
        for cell in row.cells[1::2]:
            lines = [paragraph.text for paragraph in cell.paragraphs]
            if lines[0]:
                found[lines[0]] = lines[5].removeprefix("/bind ")
    return found
