"""What is said while a community is set up, and at home once it is."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts.office import DROP, pairs
from handlers.texts.roster import how
from handlers.texts.setup import ROLES, home
from handlers.texts.text import Text, lines
from records.model import Community, Person, Post, Role
from records.roster import RosterPerson

CHECKING = "正在核对您在该群的管理员身份，请稍候。"
STEPS = "共两步：社区名称、班子成员名册。其余都有默认设置，以后可改。"
WRITE_COMMUNITY = "第一步：请写明街道和社区名称，例如：人民街道 幸福里社区"
WRITE_ROSTER = "第二步：班子成员名册。"
WHO = "您是名册中的哪位？选定后完成导入，并确认您的身份。"
NOT_LISTED = "名册中没有我"
WRITE_NAME = "请写您的姓名，将登记为党务工作者："
MOST_NAMES = 90  # buttons of a message
DEFAULTS = "三分之二的基数等口径先按默认，每项附原文，见 /settings。"
TWO = "建议至少有两名党务工作者或书记确认身份，以便一人离岗后仍能办理。"


def already(community: Community) -> Text:
    return Text(f"该群已设置为{community.name}的工作群。请使用工作人员给您的个人链接确认身份。")


def first_step() -> Text:
    return lines("已核对，可以设置。", STEPS, WRITE_COMMUNITY)


def second_step(name: str, subdistrict: str) -> Text:
    place = f"{name}（{subdistrict}）" if subdistrict else name
    return how(f"社区名称：{place}。", WRITE_ROSTER)


def cancel() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def who_are_you() -> Text:
    return Text(WHO)


def people_buttons(people: Sequence[RosterPerson]) -> tuple[tuple[Button, ...], ...]:
    """Everybody by his place in the roster; of a very long one those who may well be it."""
    listed = list(enumerate(people))
    if len(listed) > MOST_NAMES:
        listed = [(place, one) for place, one in listed if one.post in LEADING or one.roles]
    keys = [Button(_named(one), "me", str(place)) for place, one in listed[:MOST_NAMES]]
    return (*pairs(keys), (Button(NOT_LISTED, "me"), DROP))


LEADING = (Post.SECRETARY, Post.DEPUTY)


def _named(one: RosterPerson) -> str:
    return f"{one.name}（{one.unit}）" if one.unit else one.name


def write_name() -> Text:
    return Text(WRITE_NAME)


def founded(community: Community, person: Person, team: int) -> Text:
    held = [
        name for role, name in ROLES.items() if role in person.roles and role is not Role.MEMBER
    ]
    return lines(
        f"设置完成：{community.name}，班子成员{team}人。",
        f"已确认您的身份：{person.name}（{'、'.join(held)}）。",
        *home(community),
        DEFAULTS,
        TWO,
    )


def home_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    number = str(community.id)
    return (
        (Button("班子名册", "roster", number), Button("单位名录", "units", number)),
        (Button("绑定条", "slips", number), Button("设置", "settings", number)),
    )
