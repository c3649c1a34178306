"""The lists 需求、资源、项目 and volunteer activities: a line to add, a button for the state, no names."""

from tests.chat import MEMBER, SECRETARY, WORKER, Chat

STALE = "这个按钮已失效，请重新发送命令。"


async def lists(chat: Chat, *labels: str) -> None:
    await chat.says(WORKER, "/visit", private=True)
    for label in ("需求、资源、项目", *labels):
        await chat.presses(WORKER, label, private=True)


async def test_line_is_added_and_its_state_changed(chat: Chat) -> None:
    await lists(chat)
    assert chat.last(WORKER) == "幸福里社区需求、资源、项目\n请选择："
    assert chat.buttons(WORKER) == ["需求", "资源", "项目", "志愿服务活动"]
    await chat.presses(WORKER, "项目", private=True)
    assert chat.last(WORKER) == "幸福里社区项目：0项\n还没有登记。"
    await chat.presses(WORKER, "新增项目", private=True)
    assert chat.last(WORKER) == (
        "请写一行项目：标题；单位；共建单位；状态；日期。后四项可以不写。\n"
        "例如：老旧电梯改造；建设银行；物业公司；进行中；11月20日\n不写居民、职工姓名。"
    )
    assert await chat.says(
        WORKER, "老旧电梯改造；建设银行；物业公司；进行中；11月10日", private=True
    ) == [
        "幸福里社区项目：1项\n"
        "1. 老旧电梯改造（建设银行幸福里支行，共建单位物业公司）：进行中，2026年11月10日\n"
        "点编号改状态。"
    ]

    await chat.presses(WORKER, "1", private=True)
    assert chat.buttons(WORKER) == ["拟办", "办结", "写错了，删除", "返回"]
    await chat.presses(WORKER, "办结", private=True)
    assert chat.last(WORKER) == (
        "项目\n老旧电梯改造（建设银行幸福里支行，共建单位物业公司）：办结，2026年11月18日"
    )
    await chat.presses(WORKER, "写错了，删除", private=True)
    assert chat.last(WORKER) == "幸福里社区项目：0项\n还没有登记。"


async def test_most_of_a_line_may_be_missing_and_plans_lie_ahead(chat: Chat) -> None:
    await lists(chat, "需求", "新增需求")
    await chat.says(WORKER, "增加停车位", private=True)
    await chat.presses(WORKER, "新增需求", private=True)
    await chat.says(WORKER, "活动室修缮；第一小学；拟办；12月1日", private=True)

    assert chat.last(WORKER).splitlines()[1:3] == [
        "1. 活动室修缮（第一小学）：拟办，2026年12月1日",
        "2. 增加停车位：拟办，2026年11月18日",
    ]
    await chat.presses(WORKER, "返回", private=True)
    assert chat.last(WORKER) == "幸福里社区需求、资源、项目\n请选择："


async def test_line_that_cannot_be_is_refused(chat: Chat) -> None:
    await lists(chat, "资源", "新增资源")
    for words, refused in (
        ("；", "还没有写内容。请写一行，先写标题，各项用“；”隔开，例如：清洁家园；11月15日"),
        ("会议室；光明小学", "名录中没有“光明小学”，或该单位不登记此项。请按名录中的全称填写。"),
        ("会议室；第一小学；甲；乙", "内容为空或太长。请缩短后重写。"),
        ("室" * 101, "内容为空或太长。请缩短后重写。"),
        ("会议室；11月31日", "没有看懂日期。请按这样写：12月20日"),
        ("会议室 13800000000", "内容像电话或身份证号，不能保存。请删去后再发。"),
    ):
        assert await chat.says(WORKER, words, private=True) == [refused]


async def test_more_lines_than_a_page_are_turned_to(chat: Chat) -> None:
    await lists(chat, "需求", "新增需求")
    for number in range(1, 22):
        await chat.says(WORKER, f"增加停车位{number}", private=True)
        await chat.presses(WORKER, "新增需求", private=True)
    await lists(chat, "需求")
    assert chat.last(WORKER).splitlines()[0] == "幸福里社区需求：21项（第1页，共2页）"
    await chat.presses(WORKER, "下一页", private=True)

    assert chat.last(WORKER).splitlines()[0] == "幸福里社区需求：21项（第2页，共2页）"
    assert chat.last(WORKER).splitlines()[1].startswith("21. ")
    assert chat.buttons(WORKER) == ["21", "上一页", "新增需求", "返回"]


async def test_activity_has_units_and_a_head_count(chat: Chat) -> None:
    await lists(chat, "志愿服务活动")
    assert chat.last(WORKER) == "幸福里社区志愿服务活动：0次\n还没有登记。"
    await chat.presses(WORKER, "登记活动", private=True)
    assert chat.last(WORKER) == (
        "请写一行：活动；日期；参加单位；人数。\n"
        "例如：清洁家园；11月15日；第一小学、区医院；32人\n只写单位和人数，不写姓名。"
    )
    understood = "没有看懂这一行。请按这样写：清洁家园；11月15日；第一小学、区医院；32人"
    assert await chat.says(WORKER, "清洁家园；11月15日；第一小学", private=True) == [understood]
    assert await chat.says(WORKER, "清洁家园；2026年11月19日；32人", private=True) == [
        "日期不能在今天以后。请改写后重发。"
    ]
    assert await chat.says(WORKER, "清洁家园；11月15日；第一小学、区医院；32人", private=True) == [
        "幸福里社区志愿服务活动：1次\n1. 2026年11月15日 清洁家园，第一小学、区医院，32人次"
    ]
    await chat.presses(WORKER, "删除1", private=True)
    assert chat.last(WORKER) == "幸福里社区志愿服务活动：0次\n还没有登记。"


async def test_lists_belong_to_whoever_manages(chat: Chat) -> None:
    member = chat.group.telegram.history[1004][-1]["message_id"]
    for data in ("projects:1", "project:1:1", "projectline:1:need", "activities:1"):
        assert await chat.presses_on(MEMBER, 1004, member, data) == [
            "该操作由书记或党务工作者办理。"
        ]
    await lists(chat, "需求", "新增需求")
    await chat.says(WORKER, "增加停车位", private=True)
    secretary = chat.group.telegram.history[1001][-1]["message_id"]
    for data in (
        "project:1:9",
        "project:1:x",
        "project:1:1:lost",
        "projectline:1:dream",
        "activities:1:9",
        "activities:1:x",
    ):
        assert await chat.presses_on(SECRETARY, 1001, secretary, data) == [STALE]
