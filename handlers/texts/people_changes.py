"""What is said while people come and go."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import DROP, named, pairs
from handlers.texts.roster import POSTS, SEATS, numbers
from handlers.texts.setup import ROLES
from handlers.texts.text import Text, bold, lines
from records.composition import Composition
from records.model import Community, Person, Role
from records.roles import ENOUGH
from records.terms import Term

MOST_NAMES = 90  # buttons of a message
WHO_LEAVES = "请选择离任的同志，或写姓名："
ELECTION_DAY = "请写新一届班子的起始日期，例如：2026年12月1日"
WHO_WORKS = "请写姓名，例如：王岚；与他人同名的连同单位一起写。"
KEPT = "历史记录保留，账号绑定随之解除。"
TWO = "建议至少有两名党务工作者或书记已确认身份。"


def what_changes(community: Community) -> Text:
    return Text(f"{community.name}人员变动，请选择：")


def change_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    number = str(community.id)
    return (
        (Button("离任", "departing", number), Button("新任", "incoming", number)),
        (Button("整体换届", "election", number), Button("身份移交", "handover", number)),
        (DROP,),
    )


def who_leaves() -> Text:
    return Text(WHO_LEAVES)


def leaver_buttons(
    community: Community, people: Sequence[Person]
) -> tuple[tuple[Button, ...], ...]:
    """Everybody; of very many the name is typed."""
    listed = people if len(people) <= MOST_NAMES else ()
    keys = [Button(named(one), "departing", f"{community.id}:{one.id}") for one in listed]
    return (*pairs(keys), (DROP,))


def which_day(person: Person) -> Text:
    return Text(f"{named(person)}自哪天起离任？请选择，或写日期，例如：11月20日")


def day_buttons(
    community: Community, person: Person, today: date
) -> tuple[tuple[Button, ...], ...]:
    carried = f"{community.id}:{person.id}:{today.isoformat()}"
    return ((Button(f"今天（{dates.day(today)}）", "departing", carried), DROP),)


def leaving(person: Person, term: Term | None, on: date) -> Text:
    """What leaving means, to be agreed to."""
    held = _other_roles(person)
    about = [person.unit.name] if person.unit is not None else []
    about += [POSTS[term.post], SEATS[term.seat]] if term is not None else []
    office = f"（{'，'.join(about)}）" if about else ""
    return lines(
        bold(f"{person.name}{office}自{dates.full_day(on)}起离任。"),
        f"同时不再担任：{'、'.join(held)}。" if held else None,
        KEPT,
    )


def _other_roles(person: Person) -> list[str]:
    return [name for role, name in ROLES.items() if role in person.roles and role in KEEPABLE]


KEEPABLE = (Role.PARTY_WORKER, Role.LIAISON)


def leaving_buttons(
    community: Community, person: Person, term: Term | None, on: date
) -> tuple[tuple[Button, ...], ...]:
    """With a role beside the post, only the post may be left."""
    carried = f"{community.id}:{person.id}:{on.isoformat()}"
    held = _other_roles(person)
    rows = ((Button("确认离任", "left", carried), DROP),)
    if not held or term is None:
        return rows
    label = f"只离开班子，仍任{'、'.join(held)}"
    return (*rows, (Button(label, "left", f"{carried}:keep"),))


def left(person: Person, on: date, after: Composition, *, keeps: bool) -> Text:
    kept = f"仍任{'、'.join(_other_roles(person))}。" if keeps else KEPT
    return lines(f"已登记：{named(person)}自{dates.full_day(on)}起离任。", kept, numbers(after))


def with_lines(words: Text, more: Iterable[str]) -> Text:
    return lines(words, *more)


def which_election_day() -> Text:
    return Text(ELECTION_DAY)


def whole_roster(on: date) -> Sequence[str]:
    return (
        f"新一届班子自{dates.full_day(on)}起。请发送完整的新名册：",
        "没有写到的现任班子成员，到前一天离任。",
    )


def managers(people: Sequence[Person], bound: set[int], done: str) -> Text:
    """Who manages; two who have confirmed it are advised."""
    confirmed = sum(one.id in bound for one in people)
    return lines(
        done or None,
        bold("书记、党务工作者身份"),
        *(_manager(one, bound) for one in people),
        TWO if confirmed < ENOUGH else None,
    )


def _manager(person: Person, bound: set[int]) -> str:
    held = [name for role, name in ROLES.items() if role in person.roles and role in MANAGING]
    state = "已确认身份" if person.id in bound else "未确认身份"
    return f"{named(person)}：{'、'.join(held)}（{state}）"


MANAGING = (Role.PARTY_SECRETARY, Role.PARTY_WORKER)


def manager_buttons(
    community: Community, people: Sequence[Person]
) -> tuple[tuple[Button, ...], ...]:
    workers = [one for one in people if Role.PARTY_WORKER in one.roles][:MOST_NAMES]
    return (
        (Button("增加党务工作者", "newworker", str(community.id)),),
        *(
            (Button(f"移除{named(one)}", "noworker", f"{community.id}:{one.id}"),)
            for one in workers
        ),
        (Button("绑定条", "slips", str(community.id)), DROP),
    )


def who_works() -> Text:
    return Text(WHO_WORKS)


def became_worker(person: Person) -> str:
    return f"已增加党务工作者：{named(person)}。"


def takes_away(person: Person) -> Text:
    return lines(
        f"{named(person)}将不再担任党务工作者，请确认。", "没有其他职务的，账号绑定随之解除。"
    )


def take_buttons(community: Community, person: Person) -> tuple[tuple[Button, ...], ...]:
    carried = f"{community.id}:{person.id}:yes"
    return ((Button("确认移除", "noworker", carried), DROP),)


def no_worker_any_more(person: Person) -> str:
    return f"{named(person)}不再担任党务工作者。"
