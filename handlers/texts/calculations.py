"""What a clause makes of the asker's own numbers: the result, the clause, the caveat."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts.questions import footer
from handlers.texts.text import Text, bold, fold, lines, quote
from knowledge.calculations import (
    ALMOST_A_HUNDRED,
    Consent,
    Form,
    Membership,
    Numbers,
    Seats,
    Turnout,
    forms,
)
from knowledge.passages import Passage
from records import rules
from records.rules import Majority

LONGEST_NUMBER = 5  # digits
SUPERIOR = "以上级党组织的规定和答复为准。"
TWO_THIRDS = "参会人数不少于三分之二方可召开"
HALF = "参会“大党委”班子成员中半数以上同意方可形成“大党委”决议"
SIZE, PART_TIME = (
    "原则上9-11名,其中专职委员1-2名",
    "原则上配备7-9名,辖区单位多的可适当增加,辖区单位少的可适当减少",
)
NAMES = {Form.BRANCH: "党支部", Form.GENERAL_BRANCH: "党总支", Form.COMMITTEE: "党委"}
TOO_FEW = "第四条未规定社区党员不足3名的情形，请报街道党工委确定。"
ASK_TEAM = "班子成员在册多少人？请连同到会人数一起写，例如：班子9人，到会5人，能开会吗"
ASK_PRESENT = "参会班子成员多少人？请连同同意人数一起写，例如：联席会议8人参会，5人同意，能通过吗"
CHOOSE = "请选择要测算的内容："
FORM, MAY_MEET, MAY_PASS, COMPOSITION = "组织形式", "能否开会", "能否通过", "委员构成"
MEMBERS, TEAM, PRESENT = "党员人数", "班子成员人数", "到会班子成员人数"
ATTENDING, AGREED = "参会班子成员人数", "同意人数"
FULL_TIME, PART_TIME_SEATS = "专职委员人数", "兼职委员人数"
CHECK = "前后人数对不上，请核对后再问。"
VERDICTS = {
    Majority.REACHED: "达到半数以上。",
    Majority.NOT_REACHED: "未达到半数以上。",
    Majority.EXACTLY_HALF: "恰为半数，请主持人认定。",
}


def choice_buttons(offered: Sequence[tuple[str, str]]) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(label, "calc", f"{key}/"),) for key, label in offered)


def entry(label: str, asked: Sequence[str], entered: Sequence[str]) -> Text:
    """What has been entered so far; the number being entered is the last."""
    shown = [f"{name}：{words or '请按数字'}" for name, words in zip(asked, entered, strict=False)]
    return lines(bold(label), *shown)


def pad(state: str, number: str) -> tuple[tuple[Button, ...], ...]:
    """A number pad: digits lengthen the last number, 清除 empties it, 确定 goes on."""

    def digit(words: str) -> Button:
        return Button(words, "calc", state + words if len(number) < LONGEST_NUMBER else state)

    cleared = Button("清除", "calc", state.removesuffix(number) if number else state)
    confirm = Button("确定", "calc", f"{state}/" if number else state)
    rows = ("123", "456", "789")
    return (*(tuple(digit(words) for words in row) for row in rows), (cleared, digit("0"), confirm))


def clause_of(numbers: Numbers) -> tuple[str, str]:
    """The passage a computation stands on, and its words."""
    match numbers:
        case Membership(members):
            possible = forms(members)
            return "reg-4", possible[0].value if possible else Form.BRANCH.value
        case Turnout():
            return "faq-7", TWO_THIRDS
        case Consent():
            return "faq-7", HALF
        case Seats():
            return "faq-2", SIZE


def result(numbers: Numbers, passage: Passage, *, on_roster: int | None = None) -> Text:
    """The result first, then the clause, then the caveat; or what is still missing."""
    match numbers:
        case Membership():
            return membership(numbers, passage)
        case Turnout():
            return turnout(numbers, passage, on_roster=on_roster)
        case Consent():
            return consent(numbers, passage)
        case Seats():
            return seats(numbers, passage)


def membership(asked: Membership, passage: Passage) -> Text:
    """第四条: both forms at 50; the sentence on almost 100 is shown from 51 on, never applied."""
    possible = forms(asked.members)
    if not possible:
        return lines(bold(TOO_FEW), footer(passage, passage.body))
    names = "或".join(NAMES[form] for form in possible)
    overlap = "（第四条的两句在50名处重叠）" if len(possible) > 1 else ""
    shown_too = fold(f"另有规定：{ALMOST_A_HUNDRED}") if 50 < asked.members <= 100 else None
    return lines(
        bold(f"按{asked.members}名党员测算：可设立{names}{overlap}。"),
        *(quote(form.value) for form in possible),
        shown_too,
        SUPERIOR,
        footer(passage, passage.clause(possible[0].value)),
    )


def turnout(asked: Turnout, passage: Passage, *, on_roster: int | None) -> Text:
    """第7问: two thirds of the team; `on_roster` is the team of the group's own community."""
    team = asked.team if asked.team is not None else on_roster
    if team is None or asked.present is None:
        return Text(ASK_TEAM)
    if not 0 <= asked.present <= team or team == 0:
        return Text(CHECK)
    base = f"班子{team}人" if asked.team is not None else f"按在册{team}人"
    needed = rules.quorum(team)
    missing = needed - asked.present
    verdict = (
        f"还差{missing}人（三分之二为{needed}人）"
        if missing > 0
        else f"可以召开（三分之二为{needed}人）"
    )
    return lines(
        bold(f"{base}，到会{asked.present}人：{verdict}。"),
        quote(TWO_THIRDS),
        "三分之二按班子成员总数计算：请假的同志仍计入，列席不计入。",
        footer(passage, passage.clause(TWO_THIRDS)),
    )


def consent(asked: Consent, passage: Passage) -> Text:
    """第7问: one half of those of the team who attend; exactly half is for the host to settle."""
    if asked.present is None:
        return Text(ASK_PRESENT)
    if not 0 <= asked.agreed <= asked.present or asked.present == 0:
        return Text(CHECK)
    verdict = VERDICTS[rules.majority(present=asked.present, agreed=asked.agreed)]
    return lines(
        bold(f"参会班子成员{asked.present}人，同意{asked.agreed}人：{verdict}"),
        quote(HALF),
        "分母为参会的班子成员：弃权计入，列席不计入。",
        footer(passage, passage.clause(HALF)),
    )


def seats(asked: Seats, passage: Passage) -> Text:
    """第2问, in principle: what lies outside the figures is named, nothing is forbidden."""
    total = asked.full_time + asked.part_time
    off = [
        f"{name}{count}名（原则上{least}-{most}名）"
        for name, count, least, most in (
            ("合计", total, 9, 11),
            ("专职", asked.full_time, 1, 2),
            ("兼职", asked.part_time, 7, 9),
        )
        if not least <= count <= most
    ]
    verdict = f"与原则上的数字不一致：{'，'.join(off)}" if off else "符合原则上的数字"
    return lines(
        bold(f"专职{asked.full_time}名、兼职{asked.part_time}名，合计{total}名：{verdict}。"),
        quote(SIZE),
        quote(PART_TIME),
        SUPERIOR,
        footer(passage, passage.clause(SIZE)),
    )
