"""What a roster changes, as it is shown before it is agreed to and after."""

from collections.abc import Iterable
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.calculations import PART_TIME
from handlers.texts.office import DROP, named
from handlers.texts.roster import ENTRIES, POSTS, SEATS, listed, member, numbers
from handlers.texts.setup import ROLES
from handlers.texts.text import Text, bold, lines
from records import composition
from records.composition import Composition, Doubt
from records.model import Capacity, Person, Role
from records.terms import Term
from records.turnover import Turnover

UNCHANGED = "名册没有变化，不需要导入。"
CHANGED_MEANWHILE = "名册在此期间有变化，请按最新的核对结果确认。"
ADVICE = "以上只作提示，不影响办理。"
COMPARE = "请对照街道党工委的批复核对名单。"
SIZE = "原则上9-11名"
FULL_TIME = "1-2名"
DIRECT = "第一书记和社区党委成员直接进入“大党委”班子"
SEND_AGAIN = (DROP,)
CAPACITIES = {Capacity.VOTING: "班子成员", Capacity.NON_VOTING: "列席"}
NEXT_SLIPS = "新任的同志还没有确认身份，可点“绑定条”打印个人链接。"


def preview(
    found: Turnover, ignored: int, *, elected_on: date | None = None, is_first: bool = False
) -> Text:
    """What would change, counts first; the figures of 第2问 only where the composition changes."""
    if found.is_empty:
        return lines(UNCHANGED, _ignored(ignored))
    return lines(
        _counts(found, elected_on, is_first=is_first),
        listed("名单" if is_first else "新任", [_joins(one, found.day) for one in found.joining]),
        listed("变动", [_differs(*one) for one in found.changed]),
        listed("离任", [_leaves(one) for one in found.leaving]),
        listed("以往任职", [member(one) for one in found.former]),
        listed("其他人员", [_with_roles(one) for one in found.newcomers]),
        listed("身份变动", [_with_roles(one) for one in found.roles]),
        listed("新登记单位", found.units),
        "单位的“驻区单位”“有党组织”两项请在 /units 核对。" if found.units else None,
        f"这份名册没有写到的{found.unnamed}人保持不变。" if found.unnamed else None,
        *warnings(composition.of(found.before), composition.of(found.after)),
        _ignored(ignored),
        COMPARE if is_first else None,
    )


def _counts(found: Turnover, elected_on: date | None, *, is_first: bool) -> Text:
    if is_first:
        team = composition.of(found.after).team
        return bold(
            f"名册核对：{found.community.name}班子成员{team}人，其他人员{len(found.newcomers)}人。"
        )
    changed = f"（其中{len(found.changed)}人有变动）" if found.changed else ""
    counts = (
        f"新任{len(found.joining)}人，留任{len(found.staying) + len(found.changed)}人{changed}，"
        f"离任{len(found.leaving)}人。"
    )
    if elected_on is not None:
        return bold(f"换届核对（自{dates.full_day(elected_on)}起）：{counts}")
    return bold(f"名册核对：{counts}")


def _ignored(columns: int) -> str | None:
    return f"已忽略{columns}列，未保存。" if columns else None


def _joins(term: Term, day: date) -> str:
    """What is known of a new term; the day it begins if that is another."""
    unit = f"，{term.person.unit.name}" if term.person.unit is not None else ""
    guest = "，列席" if term.capacity is Capacity.NON_VOTING else ""
    since = f"，{dates.full_day(term.since)}起" if term.since != day else ""
    return f"{term.person.name}（{POSTS[term.post]}，{SEATS[term.seat]}{guest}{unit}{since}）"


def _differs(old: Term, new: Term) -> str:
    changes = [
        f"{names[before]}改为{names[after]}"  # type: ignore[index]
        for names, before, after in (
            (POSTS, old.post, new.post),
            (SEATS, old.seat, new.seat),
            (ENTRIES, old.entry, new.entry),
            (CAPACITIES, old.capacity, new.capacity),
        )
        if before is not after
    ]
    if old.id == new.id and old.since != new.since:
        changes.append(f"任职自{dates.full_day(new.since)}起")
    if old.until != new.until:
        until = dates.full_day(new.until) if new.until is not None else "今后"
        changes.append(f"任职至{until}")
    return f"{named(new.person)}{'，'.join(changes)}"


def _leaves(term: Term) -> str:
    until = f"，任职至{dates.full_day(term.until)}" if term.until is not None else ""
    return f"{named(term.person)}{until}"


def _with_roles(person: Person) -> str:
    held = [
        name for role, name in ROLES.items() if role in person.roles and role is not Role.MEMBER
    ]
    return f"{named(person)}：{'、'.join(held) or '无'}"


def preview_buttons(community_id: int | None, seen: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button("确认导入", "loaded", f"{community_id or 0}:{seen}"), DROP),)


def warnings(before: Composition, after: Composition) -> Iterable[str]:
    """Where the figures of 第2问 do not fit, once: not again while the composition stays."""
    if before == after or not after.team:
        return ()
    found = [_doubt(doubt, after) for doubt in composition.doubts(after)]
    return (*found, ADVICE) if found else ()


def _doubt(doubt: Doubt, found: Composition) -> str:
    match doubt:
        case Doubt.SEATS:
            uncounted = "" if found.secretary_is_counted else "书记未计入委员数。"
            return f"委员数{found.seats}名，问答第2问为“{SIZE}”，请核对席位。{uncounted}"
        case Doubt.FULL_TIME:
            direct = f"问答第3问“{DIRECT}”，不占席位的请写“无”。" if found.direct > 2 else ""
            return (
                f"专职{found.full_time}名，问答第2问为“{FULL_TIME}”（原则上），请核对席位。{direct}"
            )
        case Doubt.PART_TIME:
            return f"兼职{found.part_time}名，问答第2问为“{PART_TIME}”，请核对席位。"
        case Doubt.SECRETARY:
            return f"书记{found.secretaries}名，请核对职务。"


def loaded(found: Turnover) -> Text:
    """The result, the team's size with its two thirds."""
    after = composition.of(found.after)
    return lines(
        f"已导入：新任{len(found.joining)}人，离任{len(found.leaving)}人。{numbers(after)}",
        NEXT_SLIPS if found.joining or found.newcomers else None,
    )
