"""Standard questions for a document that nobody has written any for."""

import pytest

from knowledge.passages import Document, Passage
from knowledge.proposals import LONGEST, propose, trials
from knowledge.splitting import passages_of

DOCUMENT = Document("d1", "中华人民共和国楼道法", None, None, None, None, "现行", "导入")


def split(form: str, *lines: str) -> tuple[Passage, ...]:
    return passages_of(DOCUMENT, form, "\n".join(lines))


def asked(form: str, *lines: str) -> list[tuple[str, str]]:
    return [(one.question, one.clause.text) for one in propose(split(form, *lines))]


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("本法所称楼道，是指住宅里共用的通道。", "什么是楼道？"),
        ("志愿者，是指自愿服务的人。", "什么是志愿者？"),
        ("物业公司应当自接到投诉之日起15日内作出答复。", "物业公司要在几日内作出答复？"),
        ("居委会应当在三个工作日内公布结果。", "居委会要在几个工作日内公布结果？"),
        ("业主大会每年至少召开一次会议。", "业主大会每年要召开几次会议？"),
        (
            "违反本法规定，占用楼道堆放杂物的，由街道办事处处200元罚款。",
            "占用楼道堆放杂物怎么处罚？",
        ),
        ("居民委员会由主任、副主任和委员共五至九人组成。", "居民委员会由多少人组成？"),
        ("民政部门负责本行政区域内的楼道管理工作。", "楼道管理工作由谁负责？"),
        ("业主可以委托代理人参加会议。", "业主可以委托代理人参加会议吗？"),
        ("本法由民政部负责解释。", "楼道法由谁负责解释？"),
        ("本法自2024年1月1日起施行。", "楼道法从什么时候起施行？"),
    ],
)
def test_clause_is_asked_for(words: str, question: str) -> None:
    assert asked("regulation", f"第一条 {words}") == [(question, words)]


@pytest.mark.parametrize(
    "words",
    [
        "其应当自收到之日起15日内作出答复。",
        "有下列情形之一的，由街道办事处处200元罚款。",
        "任何组织和个人不得侵害居民的权益。",
        "前款所列部门统称管理部门。",
        "国家鼓励居民互相帮助。",
    ],
)
def test_no_question_is_better_than_a_clumsy_one(words: str) -> None:
    assert asked("regulation", f"第一条 {words}") == []


def test_list_is_asked_for_as_a_whole() -> None:
    lines = (
        "第二条 业主享有下列权利：",
        "（一）使用楼道；",
        "（二）提出建议。",
        "业主应当爱护楼道。",
    )

    assert asked("regulation", *lines) == [
        ("业主享有哪些权利？", "业主享有下列权利：\n（一）使用楼道；\n（二）提出建议。")
    ]


def test_chapter_is_asked_for_once_and_general_ones_never() -> None:
    assert [
        question
        for question, _clause in asked(
            "regulation",
            "第一章 总则",
            "第一条 甲。",
            "第二章 楼道的使用",
            "第二条 乙。",
            "第三条 丙。",
        )
    ] == ["关于楼道的使用有哪些规定？"]


def test_question_of_a_list_is_taken_as_it_is() -> None:
    assert asked("pairs", "问：收费吗？", "答：不收费。") == [("收费吗？", "不收费。")]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("一、申请条件", "申请条件是什么？"),
        ("办理流程", "办理流程是怎样的？"),
        ("所需材料", "所需材料有哪些？"),
        ("低保金发放", "低保金发放有什么规定？"),
        ("谁来办理？", "谁来办理？"),
    ],
)
def test_heading_becomes_a_question(heading: str, question: str) -> None:
    assert asked("text", f"# {heading}", "看这里。") == [(question, "看这里。")]


def test_questions_are_short_few_and_asked_once() -> None:
    lines = [
        f"第{number}条 业主可以参加会议。业主可以提出建议。业主可以查阅账目。业主可以委托他人。"
        for number in "一二"
    ]

    proposals = propose(split("regulation", *lines))

    assert [(one.passage_id, one.question) for one in proposals] == [
        ("d1-1", "业主可以参加会议吗？"),
        ("d1-1", "业主可以提出建议吗？"),
        ("d1-1", "业主可以查阅账目吗？"),
        ("d1-2", "业主可以委托他人吗？"),
    ]
    assert all(len(one.question) <= LONGEST for one in proposals)


def test_trials_come_from_different_parts_of_the_document() -> None:
    lines = [f"问：{number}号门收费吗？\n答：不收。" for number in range(1, 10)]

    assert trials(split("pairs", *"\n".join(lines).split("\n"))) == [
        "2号门收费吗？",
        "5号门收费吗？",
        "8号门收费吗？",
    ]


def test_document_without_proposals_is_tried_by_its_articles() -> None:
    assert trials(split("regulation", "第一条 甲。", "第二条 乙。")) == [
        "中华人民共和国楼道法第一条是怎么规定的？",
        "中华人民共和国楼道法第二条是怎么规定的？",
    ]
    articles = "第一条 为了管好楼道，制定本办法。", "第二条 乙。", "第三条 丙。"
    assert trials(split("regulation", *articles))[1:] == [
        "中华人民共和国楼道法第二条是怎么规定的？",
        "中华人民共和国楼道法第三条是怎么规定的？",
    ]
