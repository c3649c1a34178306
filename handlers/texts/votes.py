"""What is said about votes: three numbers, the denominator, and what the clause makes of them."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.calling import DROP
from handlers.texts.meetings import title
from handlers.texts.text import Text, bold, lines
from records import rules
from records.model import (
    AgendaItem,
    Choice,
    Half,
    Manner,
    Meeting,
    MeetingKind,
    PassMark,
    Person,
    Settings,
    Settlement,
    Vote,
)
from records.rules import Majority

MANNERS = {
    Manner.HANDS: "举手",
    Manner.VOICE: "口头",
    Manner.SECRET: "无记名",
    Manner.NAMED: "记名",
    Manner.BUTTONS: "按钮",
}
CHOICES = {Choice.AGREE: "同意", Choice.AGAINST: "不同意", Choice.ABSTAIN: "弃权"}
VERDICTS = {
    Majority.REACHED: "达到半数以上。",
    Majority.NOT_REACHED: "未达到半数以上。",
    Majority.EXACTLY_HALF: "恰为半数，请主持人认定。",
}
TWO_THIRDS = {Majority.REACHED: "达到三分之二以上。", Majority.NOT_REACHED: "未达到三分之二以上。"}
FIGURES_ONLY = "通过比例文件未作规定，只列票数。"
SET_HERE = "管理员设定，非文件原文"
HALF = "依据：问答第7问“参会“大党委”班子成员中半数以上同意方可形成“大党委”决议”"
SETTLEMENTS = {
    Settlement.AGAIN: "再议后重新表决",
    Settlement.REFERRED: "暂缓，请示街道党工委",
    Settlement.BY_READING: "按本社区既定口径认定",
}
READINGS = {Half.IS_ENOUGH: "恰为半数视为达到", Half.IS_TOO_LITTLE: "恰为半数视为未达到"}
WHICH_ITEM = "请选择表决的事项："
OTHER_ITEM = "其他事项"
ALL_AGREE = "一致同意"
ENDED = "结束表决"


def which_item(meeting: Meeting) -> Text:
    return Text(f"{title(meeting)}：{WHICH_ITEM}")


def item_buttons(meeting: Meeting, items: Sequence[AgendaItem]) -> tuple[tuple[Button, ...], ...]:
    keys = [
        (Button(f"{item.position}. {item.title}", "item", f"{meeting.id}:{item.position}"),)
        for item in items
    ]
    return (*keys, (Button(OTHER_ITEM, "item", f"{meeting.id}:0"),))


def write_item(meeting: Meeting) -> Text:
    return Text(f"{title(meeting)}：请写表决的事项，例如：老旧电梯改造方案")


def which_manner(item: str) -> Text:
    return Text(f"{item}：请选择表决方式。")


def manner_buttons(
    meeting: Meeting, position: int, *, by_buttons: bool
) -> tuple[tuple[Button, ...], ...]:
    keys = [
        Button(name, "manner", f"{meeting.id}:{position}:{manner.value}")
        for manner, name in MANNERS.items()
        if by_buttons or manner is not Manner.BUTTONS
    ]
    return tuple(tuple(keys[place : place + 2]) for place in range(0, len(keys), 2))


def write_numbers(item: str, manner: Manner, present: int) -> Text:
    return lines(
        f"{item}（{MANNERS[manner]}），在场班子成员{present}人。",
        "请依次写同意、不同意、弃权三个数，例如："
        f"{max(present - 2, 0)} {min(1, present)} {min(1, max(present - 1, 0))}",
    )


def number_buttons(
    meeting: Meeting, position: int, manner: Manner, present: int
) -> tuple[tuple[Button, ...], ...]:
    carried = f"{meeting.id}:{position}:{manner.value}:{present}"
    return ((Button(ALL_AGREE, "counted", carried), DROP),)


def result(meeting: Meeting, vote: Vote, settings: Settings) -> Text:
    """The verdict first, with its denominator; then the other numbers, the manner and the clause."""
    is_joint = meeting.kind is MeetingKind.JOINT
    unvoted = vote.present - vote.agreed - vote.against - vote.abstained
    missing = f"，未表态{unvoted}人" if unvoted else ""
    return lines(
        bold(
            f"{vote.title}：参会班子成员{vote.present}人，同意{vote.agreed}人。"
            f"{verdict(meeting, vote, settings)}"
        ),
        f"不同意{vote.against}人，弃权{vote.abstained}人{missing}；{MANNERS[vote.manner]}表决。"
        "分母为表决时在场的班子成员，弃权计入，列席不计。",
        HALF if is_joint else None,
    )


def verdict(meeting: Meeting, vote: Vote, settings: Settings) -> str:
    found = rules.vote_result(meeting.kind, vote, settings)
    if found is None:
        return (
            f"{'工作会议' if meeting.kind is MeetingKind.WORKING else '本次会议'}的{FIGURES_ONLY}"
        )
    if meeting.kind is MeetingKind.JOINT:
        return VERDICTS[found]
    words = TWO_THIRDS if settings.pass_mark is PassMark.TWO_THIRDS else VERDICTS
    return f"{words[found]}（{SET_HERE}）"


def result_buttons(
    meeting: Meeting, vote: Vote, settings: Settings
) -> tuple[tuple[Button, ...], ...]:
    """Exactly half is for the host to settle; the third way only where a reading was decided."""
    found = rules.vote_result(meeting.kind, vote, settings)
    if found is Majority.EXACTLY_HALF and vote.settlement is None:
        offered = [
            settlement
            for settlement in SETTLEMENTS
            if settlement is not Settlement.BY_READING or settings.half is not None
        ]
        carried = f"{meeting.id}:{vote.id}"
        ways = [
            (Button(SETTLEMENTS[settlement], "settle", f"{carried}:{settlement.value}"),)
            for settlement in offered
        ]
        return (*ways, (Button("撤销这次登记", "undovote", carried),))
    undo = Button("撤销这次登记", "undovote", f"{meeting.id}:{vote.id}")
    return (*more_buttons(meeting), (undo,))


def more_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    return ((Button("登记表决", "vote", number), Button("议定事项", "resolve", number)),)


def undone(vote: Vote) -> Text:
    return Text(f"已撤销：{vote.title}的表决登记。")


def unsettled(votes: Sequence[Vote]) -> Text:
    """Before the list is confirmed: what the host has not yet settled."""
    titles = "、".join(vote.title for vote in votes)
    return Text(f"还有{len(votes)}项恰为半数，尚未认定：{titles}。请主持人先认定。仍要确认名单吗？")


def settled(vote: Vote, settings: Settings, by: Person, when: str, *, host: Person | None) -> Text:
    """Who settled it, who registered that, and when: kept in the ledger."""
    is_host = host is not None and host.id == by.id
    who = by.name if host is None or is_host else f"主持人{host.name}认定，{by.name}登记"
    signed = f"（{who}，{when}）"
    if vote.settlement is Settlement.BY_READING and settings.half and settings.half_decided_on:
        reading = READINGS[settings.half]
        on = dates.full_day(settings.half_decided_on)
        outcome = "达到" if settings.half is Half.IS_ENOUGH else "未达到"
        return lines(
            f"{vote.title}：按本社区既定口径认定为{outcome}{signed}。",
            f"口径：{reading}，{on}集体研究确定。{SET_HERE}。",
        )
    words = SETTLEMENTS[vote.settlement or Settlement.AGAIN]
    return Text(f"{vote.title}：恰为半数，{words}{signed}。")


def ask(meeting: Meeting, vote: Vote) -> Text:
    """To each of those who may vote, in private."""
    return lines(bold(f"{title(meeting)}表决：{vote.title}"), "请选择，结束表决前可以改。")


def ask_buttons(meeting: Meeting, vote: Vote) -> tuple[tuple[Button, ...], ...]:
    return (
        tuple(
            Button(words, "cast", f"{meeting.id}:{vote.id}:{choice.value}")
            for choice, words in CHOICES.items()
        ),
    )


def cast(choice: Choice) -> str:
    return f"已记下：{CHOICES[choice]}。结束表决前可以改。"


def running(meeting: Meeting, vote: Vote, voted: int, unreachable: Sequence[Person]) -> Text:
    """To the worker: how many have voted, never how."""
    names = "、".join(person.name for person in unreachable)
    return lines(
        f"{title(meeting)}按钮表决：{vote.title}",
        f"在场班子成员{vote.present}人，已表态{voted}人。",
        f"没有绑定账号，收不到表决：{names}。如有不便，请改用举手登记。" if names else None,
    )


def running_buttons(meeting: Meeting, vote: Vote) -> tuple[tuple[Button, ...], ...]:
    return ((Button(ENDED, "endvote", f"{meeting.id}:{vote.id}"),),)


def card_key(vote: Vote) -> str:
    return f"vote:{vote.id}"
