"""The people and the community of the rehearsal. All of them are invented."""

from dataclasses import dataclass

from records.model import Entry, Post, Role, Seat
from records.roster import Roster, RosterPerson, RosterUnit

GROUP_ID = -1001000000001
GROUP_TITLE = "幸福里社区大党委工作群"
BOT_NAME, BOT_USERNAME = "党务助手", "xingfuli_dangwu_bot"
TOKEN = "1000:rehearsal-of-the-community-group"  # noqa: S105 - of the local server only

SCHOOL, HOSPITAL, PROPERTY = "第一小学", "区医院", "幸福里物业公司"
POWER, POLICE, VETERANS = "供电所", "派出所", "老干部党支部"
SHOPS, BANK, HOME = "商圈联合党支部", "建设银行幸福里支行", "阳光养老院"
POST_OFFICE, MARKET, BRANCH = "邮政支局", "农贸市场", "幸福里社区党支部"

OWING = (SCHOOL, HOSPITAL, PROPERTY, POWER, POLICE, VETERANS, SHOPS, BANK, HOME, POST_OFFICE)


@dataclass(frozen=True)
class Player:
    """Somebody one may be on the page; `in_front` is offered without opening the fold."""

    user_id: int
    name: str
    part: str
    in_front: bool = True
    in_group: bool = True


@dataclass(frozen=True)
class Suggestion:
    """Something to try with one press, by whoever is on or by the person it suits.

    What is only `typed` stands in the line, so that the assistant lists what it finds.
    """

    words: str
    by: str | None = None
    in_group: bool = True
    typed: bool = False


CAST = (
    Player(1001, "李书明", "书记"),
    Player(1002, "王岚", "党务工作者"),
    Player(1003, "赵卫国", "专职委员"),
    Player(1004, "陈敏", f"兼职委员（{SCHOOL}）"),
    Player(1005, "刘强", f"联络员（{BANK}）"),
    Player(1006, "周游", "群外人员", in_group=False),
    Player(1007, "孙丽", f"兼职委员（{HOSPITAL}）", in_front=False),
    Player(1008, "吴海", f"兼职委员（{PROPERTY}）", in_front=False),
    Player(1009, "郑洁", f"兼职委员（{POWER}）", in_front=False),
    Player(1010, "冯涛", f"兼职委员（{POLICE}）", in_front=False),
    Player(1011, "何静", f"兼职委员（{VETERANS}）", in_front=False),
    Player(1012, "马建军", f"兼职委员（{SHOPS}）", in_front=False),
    Player(1013, "张华", "街道工作人员", in_front=False, in_group=False),
)
STAFF = "张华"
USER_IDS = {player.name: player.user_id for player in CAST}


def _part_time(name: str, unit: str) -> RosterPerson:
    return RosterPerson(name, unit, Post.MEMBER, Seat.PART_TIME, Entry.FIVE_STEPS)


ROSTER = Roster(
    "幸福里社区",
    "人民街道",
    (
        *(RosterUnit(name, is_local=True, has_party_organisation=True) for name in OWING),
        RosterUnit(MARKET, is_local=True, has_party_organisation=False),
        RosterUnit(BRANCH, is_local=False, has_party_organisation=True),
    ),
    (
        RosterPerson(
            "李书明",
            None,
            Post.SECRETARY,
            Seat.FULL_TIME,
            Entry.APPOINTED,
            roles=frozenset({Role.PARTY_SECRETARY}),
        ),
        RosterPerson("赵卫国", None, Post.DEPUTY, Seat.FULL_TIME, Entry.DIRECT),
        _part_time("陈敏", SCHOOL),
        _part_time("孙丽", HOSPITAL),
        _part_time("吴海", PROPERTY),
        _part_time("郑洁", POWER),
        _part_time("冯涛", POLICE),
        _part_time("何静", VETERANS),
        _part_time("马建军", SHOPS),
        RosterPerson("王岚", roles=frozenset({Role.PARTY_WORKER})),
        RosterPerson("刘强", BANK, roles=frozenset({Role.LIAISON})),
    ),
)

SUGGESTIONS = (
    Suggestion("/ask 工作会议要多少人到会才能开"),
    Suggestion("/ask 我们社区63名党员，设什么组织"),
    Suggestion(f"@{BOT_USERNAME} 驻区单位多久联系一次"),
    Suggestion(f"@{BOT_USERNAME} 兼职委员", typed=True),
    Suggestion("/newmeeting 现在 工作会议 二楼会议室", "王岚"),
    Suggestion("/opensign", "王岚"),
    Suggestion("/attend", "陈敏"),
    Suggestion("/closesign", "王岚"),
    Suggestion("/contact", "刘强", in_group=False),
    Suggestion("/deed", "刘强", in_group=False),
    Suggestion("/duty", "刘强", in_group=False),
    Suggestion("/duty", "王岚", in_group=False),
    Suggestion("/docs", "王岚", in_group=False),
    Suggestion("/unanswered", "王岚", in_group=False),
    Suggestion("/overview", STAFF, in_group=False),
    Suggestion("/help"),
)
