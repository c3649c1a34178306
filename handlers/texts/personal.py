"""What is said about a person's own data."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.meetings import KINDS
from handlers.texts.people import address
from handlers.texts.roll import MARKS
from handlers.texts.setup import ROLES
from handlers.texts.text import Text, bold, lines
from records.attendance import Own
from records.model import Community, Person, Post, Presence, Seat
from records.terms import Term

POSTS = {Post.SECRETARY: "书记", Post.DEPUTY: "副书记", Post.MEMBER: "委员"}
SEATS = {Seat.FULL_TIME: "专职", Seat.PART_TIME: "兼职", None: "席位无"}
WRITE = "请写明要更正的内容，将转给工作人员办理。"
HANDED_ON = "已转工作人员，更正后会告诉您。"
ERASE = (
    "删除后：账号绑定、提问和未办完的操作立即清除，不再收到提醒；"
    "会议台账中的签到记录属于会议材料，按期限保留（当年和上一年），到期只留人数。确认删除吗？"
)
ERASED = "已删除账号绑定和提问。如需重新使用，请向工作人员索取绑定码。"
KEPT = "签到明细保留当年和上一年，到期只留人数；只有您本人和工作人员能看到。"


def shown(
    person: Person,
    community: Community,
    terms: Sequence[Term],
    bound_on: date | None,
    records: Sequence[Own],
) -> Text:
    held = "、".join(name for role, name in ROLES.items() if role in person.roles) or "无"
    unit = f"，{person.unit.name}" if person.unit else ""
    account = f"账号：已于{dates.full_day(bound_on)}绑定" if bound_on else "账号：未绑定"
    return lines(
        bold(f"我的信息（{community.name}）"),
        f"姓名：{person.name}{unit}；身份：{held}",
        *(f"任职：{_term(term)}" for term in terms),
        account,
        *(f"会议：{_record(one)}" for one in records),
        KEPT,
    )


def _term(term: Term) -> str:
    until = dates.full_day(term.until) if term.until else "今"
    return f"{POSTS[term.post]}（{SEATS[term.seat]}），{dates.full_day(term.since)}至{until}"


def _record(one: Own) -> str:
    when = f"{dates.day(one.starts_at)}{KINDS[one.kind]}"
    if one.mark.presence is Presence.COMING:
        return f"{when}，回复能到会"
    return f"{when}，{MARKS.get(one.mark, '到会')}（{dates.clock(one.at)}）"


def buttons() -> tuple[tuple[Button, ...], ...]:
    return ((Button("需要更正", "putright"), Button("删除我的信息", "erase")),)


def erase_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((Button("确认删除", "erase", "yes"), Button("取消", "drop")),)


def to_worker(person: Person, words: str) -> Text:
    return Text(f"{address(person)}提出更正本人信息：{words}")
