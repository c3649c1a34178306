"""What is said about the settings: the question, the original sentence, what it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.calculations import HALF, TWO_THIRDS
from handlers.texts.duties import FREQUENCIES, SET_BY_US
from handlers.texts.office import BACK, pairs
from handlers.texts.text import Text, bold, lines, quote
from records.model import Community, Half, PassMark, QuorumBase, Settings, Window

NOT_SAID = "文件未作规定。"
RECORD_FORM = "会议记录模板"
HEARS = (
    "机器人是群管理员身份或关闭了隐私模式的，会收到群里全部消息，其他聊天不保存、不分析；"
    "如不需要，可在 @BotFather 用 /setprivacy 开启隐私模式，并取消其管理员身份。"
)


@dataclass(frozen=True)
class Option:
    label: str
    value: Any


@dataclass(frozen=True)
class Question:
    """A setting: its name, the sentence it reads (None where the documents say nothing), its options."""

    title: str
    source: str | None
    note: str
    options: Mapping[str, Option]


FREQUENCY_OPTIONS: Mapping[str, Option] = {
    "none": Option("暂不设定", None),
    **{one.value: Option(words, one) for one, words in FREQUENCIES.items()},
}
QUESTIONS: Mapping[str, Question] = {
    "quorum_base": Question(
        "三分之二的基数",
        f"问答第7问“{TWO_THIRDS}”",
        "原文未写按什么人数计算。",
        {
            "team": Option("班子成员总数（请假仍计入）", QuorumBase.TEAM),
            "without": Option("扣除请假人数", QuorumBase.WITHOUT_EXCUSED),
        },
    ),
    "online_counts": Question(
        "线上参会",
        f"问答第7问“{TWO_THIRDS}”",
        "原文未写线上参会是否计入。",
        {"yes": Option("计入到会，单列人数", value=True), "no": Option("不计入到会", value=False)},
    ),
    "pass_mark": Question(
        "工作会议通过比例",
        None,
        "第7问只规定了联席会议的通过比例。",
        {
            "none": Option("暂不设定", None),
            "half": Option("半数以上", PassMark.HALF),
            "thirds": Option("三分之二以上", PassMark.TWO_THIRDS),
        },
    ),
    "half": Question(
        "恰为半数的既定口径",
        f"问答第7问“{HALF}”",
        "原文未写“半数以上”是否含恰好一半。既定口径须经集体研究并登记日期。",
        {
            "none": Option("未登记，由主持人认定", None),
            "enough": Option("恰为半数算达到", Half.IS_ENOUGH),
            "too_little": Option("恰为半数算未达到", Half.IS_TOO_LITTLE),
        },
    ),
    "late_after": Question(
        "迟到",
        None,
        "",
        {
            "none": Option("不登记迟到", None),
            "10": Option("超过10分钟", 10),
            "15": Option("超过15分钟", 15),
            "30": Option("超过30分钟", 30),
        },
    ),
    "window": Question(
        "双述双评的“年终”",
        "问答第6问“年终召开双述双评会议”",
        "原文未写“年终”起止。",
        {
            "to_jan": Option("12月1日至次年1月31日", Window.TO_JANUARY),
            "to_mid": Option("12月1日至次年1月15日", Window.TO_MID_JANUARY),
            "dec": Option("12月1日至12月31日", Window.DECEMBER),
            "from_nov": Option("11月15日至次年1月31日", Window.FROM_MID_NOVEMBER),
        },
    ),
    "upward_report": Question(
        "向驻区单位上级报告的频次",
        "问答第6问“定期〔向〕驻区单位上级组织人事部门报告辖区单位党组织共建工作开展情况”",
        "原文未写频次；未设定的不提醒。",
        FREQUENCY_OPTIONS,
    ),
    "public_review": Question(
        "组织群众监督评议的频次",
        "规定第十二条“定期组织群众对社区服务工作进行监督评议”",
        "原文未写频次；未设定的不提醒。",
        FREQUENCY_OPTIONS,
    ),
    "names_study": Question(
        "通知中“经研究”",
        None,
        "",
        {"yes": Option("写“经研究”", value=True), "no": Option("不写“经研究”", value=False)},
    ),
    "button_votes": Question(
        "按钮表决",
        None,
        "表决默认登记票数；按钮表决在私聊中进行，群里只公布结果。",
        {"no": Option("关闭", value=False), "yes": Option("开启", value=True)},
    ),
}


def overview(community: Community, found: Settings) -> Text:
    """Every setting with the sentence it reads."""
    parts: list[Text | str | None] = [bold(f"{community.name}设置")]
    for number, (name, question) in enumerate(QUESTIONS.items(), start=1):
        parts += [f"{number}. {question.title}：{_value(name, found)}", _source(question)]
    return lines(*parts, HEARS)


def _source(question: Question) -> str:
    return question.source if question.source is not None else NOT_SAID


def _value(name: str, found: Settings) -> str:
    """What stands, and that it is the community's own where it is."""
    value = getattr(found, name)
    label = next(one.label for one in QUESTIONS[name].options.values() if one.value == value)
    if name == "half" and found.half_decided_on is not None:
        label += f"，{dates.full_day(found.half_decided_on)}集体研究"
    if name == "window" or value != getattr(Settings(), name):
        return f"{label}（{SET_BY_US}）"
    return f"{label}（默认）"


def overview_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    return pairs(
        [
            Button(question.title, "setting", f"{community.id}:{name}")
            for name, question in QUESTIONS.items()
        ]
        + [Button(RECORD_FORM, "recordform", str(community.id))]
    )


def one(name: str, found: Settings) -> Text:
    question = QUESTIONS[name]
    return lines(
        bold(f"{question.title}：{_value(name, found)}"),
        quote(_source(question)),
        question.note or None,
    )


def one_buttons(community: Community, name: str, found: Settings) -> tuple[tuple[Button, ...], ...]:
    """What it may be instead."""
    carried = f"{community.id}:{name}"
    others = [
        (Button(option.label, "setting", f"{carried}:{key}"),)
        for key, option in QUESTIONS[name].options.items()
        if option.value != getattr(found, name)
    ]
    return (*others, (Button(BACK, "settings", f"{community.id}:back"),))


def which_day(half: Half) -> Text:
    option = next(one for one in QUESTIONS["half"].options.values() if one.value is half)
    return Text(f"{option.label}。请写集体研究的日期，例如：2026年11月10日")
