"""What is said about the roster: who is on it, how it is handed in, what it would change."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import DROP, named
from handlers.texts.setup import ROLES
from handlers.texts.text import Text, bold, lines
from records import composition, rules
from records.composition import Composition
from records.model import Capacity, Community, Entry, Person, Post, Role, Seat
from records.terms import Term

POSTS = {Post.SECRETARY: "书记", Post.DEPUTY: "副书记", Post.MEMBER: "委员"}
SEATS = {Seat.FULL_TIME: "专职", Seat.PART_TIME: "兼职", None: "无席位"}
ENTRIES = {
    Entry.DIRECT: "直接进入",
    Entry.FIVE_STEPS: "五个程序",
    Entry.APPOINTED: "上级任命",
    None: "进入方式未填",
}
NAMES_SHOWN = 40
NAME = "班子名册"
HOW = (
    "请粘贴名册文字（每人一行），或发送填好的 Excel 模板。",
    "每行依次写姓名、职务、席位、进入方式、单位，用空格隔开，例如：",
    "张伟 书记 专职 直接进入 幸福里社区党委",
    "陈敏 委员 兼职 五个程序 第一小学",
    "王岚 党务工作者",
    "人数较多的请用模板。无需填写电话、身份证号。",
)
SEND_NEW = "请写新任的同志，每人一行，例如："
NEW_EXAMPLE = "张伟 委员 兼职 五个程序 第一小学 2026-12-01"
NEW_HOW = "末尾的日期是任职起始日期，不写的从今天算起。"
FORM_FOLLOWS = "模板正在生成，稍后发到这里。"
FORM = "名册模板，内有现有名册。填好后直接发到这里。"
EMPTY_FORM = "名册模板。填好后直接发到这里；写法见“填表说明”。"
FORM_NAME = "名册模板.xlsx"
READING = "已收到名册，正在核对。"
UNKNOWN_KIND = "名册请发送 .xlsx 文件，或直接粘贴文字。"
SLIPS_FOLLOW = "正在生成绑定条，稍后发到这里。"


def roster(
    community: Community,
    found: Sequence[Term],
    people: Sequence[Person],
    bound: set[int],
    day: date,
) -> Text:
    """The list: numbers first, then who holds which post and seat, then the others."""
    today = [term for term in found if term.covers(day)]
    team = [term for term in today if term.capacity is Capacity.VOTING]
    guests = [term for term in today if term.capacity is Capacity.NON_VOTING]
    coming = [term for term in found if term.since > day and not term.is_over(term.since)]
    holders = {term.person.id for term in found if not term.is_over(day)}
    others = [one for one in people if one.roles - {Role.MEMBER}]
    unbound = {one.id for one in others} | holders
    return lines(
        bold(f"{community.name}{NAME}"),
        numbers(composition.of(today)),
        *(f"{POSTS[term.post]}：{member(term)}" for term in team if term.post is not Post.MEMBER),
        listed("委员", [member(term) for term in team if term.post is Post.MEMBER]),
        listed("列席", [member(term) for term in guests]),
        listed("将任职", [f"{member(one)}自{dates.day(one.since)}起" for one in coming]),
        *(
            listed(ROLES[role], [named(one) for one in others if role in one.roles])
            for role in (Role.PARTY_WORKER, Role.LIAISON)
        ),
        f"未确认身份：{len(unbound - bound)}人。",
    )


def numbers(found: Composition) -> str:
    needed = rules.quorum(found.team)
    uncounted = "" if found.secretary_is_counted or not found.secretaries else "书记未计入委员数。"
    return (
        f"班子成员总数{found.team}人，规定到会人数{needed}人。"
        f"委员数{found.seats}名：专职{found.full_time}名，兼职{found.part_time}名。{uncounted}"
    )


def member(term: Term) -> str:
    unit = f"，{term.person.unit.name}" if term.person.unit is not None else ""
    until = f"，任职至{dates.full_day(term.until)}" if term.until is not None else ""
    return f"{term.person.name}（{SEATS[term.seat]}{unit}{until}）"


def listed(title: str, names: Sequence[str]) -> str | None:
    """A line of names; the first forty of many."""
    if not names:
        return None
    more = f"等{len(names)}人" if len(names) > NAMES_SHOWN else ""
    return f"{title}：{'、'.join(names[:NAMES_SHOWN])}{more}"


def roster_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    number = str(community.id)
    return (
        (Button("人员变动", "people", number), Button("导入名册", "import", number)),
        (Button("绑定条", "slips", number), Button("单位名录", "units", number)),
    )


def how(*before: str) -> Text:
    return lines(*before, *HOW)


def how_new() -> Text:
    return lines(SEND_NEW, NEW_EXAMPLE, NEW_HOW)


def how_buttons(community_id: int | None) -> tuple[tuple[Button, ...], ...]:
    return ((Button("下载模板", "rosterform", str(community_id or 0)), DROP),)


def other_community(theirs: str, ours: str) -> str:
    return f"文件中的社区是“{theirs[:40]}”，不是{ours}。请核对后再发。"


def slips_asked(number: int) -> Text:
    return Text(f"将为{number}位还没有确认身份的同志各发一个新码，此前发的码同时作废。请确认：")


def slips_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    return ((Button("生成绑定条", "slips", f"{community.id}:yes"), DROP),)


def slips(number: int) -> Text:
    return lines(
        f"绑定条已生成，共{number}人。请打印后沿虚线裁开，分别交给本人。",
        "每个码只用一次；此前发的码已作废。",
    )
