"""人员变动 in private chat: leaving, coming, a whole re-election, roles handed over; and the units."""

from datetime import date, datetime, timedelta

from bot.rehearsal import cast
from records import people, terms
from records.calendar import CHINA
from records.model import Capacity
from scheduler.upkeep import upkeep
from tests.chat import FULL_TIMER, LIAISON, MEMBER, SECRETARY, STRANGER, WORKER, Chat

TODAY = date(2026, 11, 18)
UNBOUND = "还没有确认您的身份。请点工作人员给您的个人链接，或发送：/bind 绑定码"
KEEP_ONE = "至少要保留一名已确认身份的党务工作者。请先增加一名党务工作者，待其确认身份后再办理。"
NEW_TEAM = """李书明 书记 专职 上级任命
赵卫国 委员 专职 直接进入
陈敏 委员 兼职 五个程序 第一小学
张伟 副书记 专职 直接进入"""


async def pressed(chat: Chat, *labels: str) -> str:
    """The worker opens 人员变动 and presses one button after another."""
    await chat.says(WORKER, "/roster", private=True)
    for label in ("人员变动", *labels):
        await chat.presses(WORKER, label, private=True)
    return chat.last(WORKER)


async def team(chat: Chat, day: date = TODAY) -> list[str]:
    async with chat.group.app.database.begin() as db:
        found = terms.on(await terms.of_community(db, community_id=1), day)
    return [term.person.name for term in found if term.capacity is Capacity.VOTING]


async def test_member_leaves_history_stays_and_the_binding_ends(chat: Chat) -> None:
    assert await pressed(chat, "离任", "陈敏（第一小学）") == (
        "陈敏（第一小学）自哪天起离任？请选择，或写日期，例如：11月20日"
    )
    assert await chat.says(WORKER, "11月10日", private=True) == [
        "离任日期只能是今天及以前，不早于任职日2026年11月18日（周三）。请核对后重新写。"
    ]
    await chat.presses(WORKER, "今天（11月18日）", private=True)
    assert chat.shown(WORKER)[-2] == (
        "陈敏（第一小学，委员，兼职）自2026年11月18日（周三）起离任。\n"
        "历史记录保留，账号绑定随之解除。"
    )

    await chat.presses(WORKER, "确认离任", private=True)

    assert chat.shown(WORKER)[-2] == (
        "已登记：陈敏（第一小学）自2026年11月18日（周三）起离任。\n"
        "历史记录保留，账号绑定随之解除。\n"
        "班子成员总数8人，规定到会人数6人。委员数8名：专职2名，兼职6名。\n"
        "委员数8名，问答第2问为“原则上9-11名”，请核对席位。\n"
        "兼职6名，问答第2问为“原则上配备7-9名,辖区单位多的可适当增加,"
        "辖区单位少的可适当减少”，请核对席位。\n"
        "以上只作提示，不影响办理。"
    )
    assert MEMBER not in await team(chat)
    assert await chat.says(MEMBER, "/attend", private=True) == [UNBOUND]


async def test_leaving_may_be_typed_and_lies_between_the_term_and_today(chat: Chat) -> None:
    later = datetime(2026, 12, 3, 10, tzinfo=CHINA)
    await chat.says(WORKER, "/roster", at=later, private=True)
    await chat.presses(WORKER, "人员变动", private=True)
    await chat.presses(WORKER, "离任", private=True)
    assert await chat.says(WORKER, "没有这个人", private=True) == [
        "名册中没有“没有这个人”。请核对姓名，或先在名册登记。"
    ]
    await chat.says(WORKER, "孙丽", private=True)
    assert await chat.says(WORKER, "不知道", private=True) == [
        "没有看懂日期。请按这样写：2026年12月1日"
    ]
    (shown,) = await chat.says(WORKER, "12月1日", private=True)
    assert shown.startswith("孙丽（区医院，委员，兼职）自2026年12月1日（周二）起离任。")
    await chat.presses(WORKER, "确认离任", private=True)

    assert "孙丽" in await team(chat, date(2026, 11, 30))
    assert "孙丽" not in await team(chat, date(2026, 12, 1))


async def test_who_has_left_does_not_leave_again(chat: Chat) -> None:
    await pressed(chat, "离任", "陈敏（第一小学）", "今天（11月18日）", "确认离任")
    await pressed(chat, "离任")

    assert await chat.says(WORKER, "陈敏", private=True) == [
        "名册中没有“陈敏”。请核对姓名，或先在名册登记。"
    ]


async def test_who_also_speaks_for_a_unit_may_leave_only_the_team(chat: Chat) -> None:
    await chat.says(WORKER, "/units", private=True)
    await chat.presses(WORKER, "第一小学", private=True)
    await chat.presses(WORKER, "更换联络员", private=True)
    await chat.says(WORKER, "陈敏", private=True)

    asked = await pressed(chat, "离任", "陈敏（第一小学）", "今天（11月18日）")
    assert "同时不再担任：联络员。" in asked
    await chat.presses(WORKER, "只离开班子，仍任联络员", private=True)

    assert "仍任联络员。" in chat.last(WORKER)
    assert MEMBER not in await team(chat)
    assert (await chat.says(MEMBER, "/contact", private=True)) != [UNBOUND]


async def test_last_worker_cannot_leave_before_another_has_confirmed(chat: Chat) -> None:
    await pressed(chat, "离任", "王岚", "今天（11月18日）")
    assert await chat.presses(WORKER, "确认离任", private=True) == [KEEP_ONE]
    assert await pressed(chat, "身份移交") == (
        "书记、党务工作者身份\n李书明：书记（已确认身份）\n王岚：党务工作者（已确认身份）"
    )
    await chat.presses(WORKER, "移除王岚", private=True)
    assert await chat.presses(WORKER, "确认移除", private=True) == [KEEP_ONE]


async def test_role_is_handed_over(chat: Chat) -> None:
    await pressed(chat, "身份移交", "增加党务工作者")
    assert (await chat.says(WORKER, "赵卫国", private=True))[0].startswith(
        "已增加党务工作者：赵卫国。\n书记、党务工作者身份\n"
    )
    assert (await chat.says(FULL_TIMER, "/roster", private=True))[0].startswith(
        "幸福里社区班子名册"
    )

    await pressed(chat, "身份移交", "移除王岚", "确认移除")

    assert chat.last(WORKER).splitlines()[0] == "王岚不再担任党务工作者。"
    assert await chat.says(WORKER, "/roster", private=True) == [UNBOUND]


async def test_new_worker_outside_the_team_gets_a_slip(chat: Chat) -> None:
    await pressed(chat, "身份移交", "增加党务工作者")
    (answer,) = await chat.says(WORKER, "周游", private=True)

    assert "周游：党务工作者（未确认身份）" in answer
    await chat.presses(WORKER, "绑定条", private=True)
    assert chat.last(WORKER).startswith("将为1位")


async def test_two_managers_are_advised(chat: Chat) -> None:
    await pressed(chat, "离任", "李书明", "今天（11月18日）", "确认离任")

    assert (await pressed(chat, "身份移交")).splitlines()[-1] == (
        "建议至少有两名党务工作者或书记已确认身份。"
    )


async def test_somebody_new_is_a_line_of_the_roster(chat: Chat) -> None:
    assert await pressed(chat, "新任") == (
        "请写新任的同志，每人一行，例如：\n"
        "张伟 委员 兼职 五个程序 第一小学 2026-12-01\n"
        "末尾的日期是任职起始日期，不写的从今天算起。"
    )
    await chat.says(WORKER, "张伟 委员 兼职 五个程序 邮政支局", private=True)
    await chat.presses(WORKER, "确认导入", private=True)

    assert "张伟" in await team(chat)


async def test_whole_team_is_elected_from_a_day_on(chat: Chat) -> None:
    await pressed(chat, "整体换届")
    assert await chat.says(WORKER, "2028年1月1日", private=True) == [
        "换届日期应在今天前后一年以内。请核对后重新写。"
    ]
    (how,) = await chat.says(WORKER, "2026年12月1日", private=True)
    assert how.splitlines()[:2] == [
        "新一届班子自2026年12月1日（周二）起。请发送完整的新名册：",
        "没有写到的现任班子成员，到前一天离任。",
    ]

    (preview,) = await chat.says(WORKER, NEW_TEAM, private=True)
    assert preview.splitlines()[:4] == [
        "换届核对（自2026年12月1日（周二）起）：新任1人，留任3人（其中1人有变动），离任6人。",
        "新任：张伟（副书记，专职）",
        "变动：赵卫国副书记改为委员",
        "离任：孙丽（区医院），任职至2026年11月30日（周一）、"
        "吴海（幸福里物业公司），任职至2026年11月30日（周一）、"
        "郑洁（供电所），任职至2026年11月30日（周一）、"
        "冯涛（派出所），任职至2026年11月30日（周一）、"
        "何静（老干部党支部），任职至2026年11月30日（周一）、"
        "马建军（商圈联合党支部），任职至2026年11月30日（周一）",
    ]
    await chat.presses(WORKER, "确认导入", private=True)

    assert len(await team(chat)) == 9
    assert await team(chat, date(2026, 12, 1)) == ["李书明", "张伟", "赵卫国", "陈敏"]
    assert await chat.says("孙丽", "/attend", private=True) != [UNBOUND]


async def test_who_was_not_elected_again_is_unbound_on_the_day(chat: Chat) -> None:
    await pressed(chat, "整体换届")
    await chat.says(WORKER, "2026年12月1日", private=True)
    await chat.says(WORKER, NEW_TEAM, private=True)
    await chat.presses(WORKER, "确认导入", private=True)
    day = datetime(2026, 12, 1, 1, tzinfo=CHINA)

    for moment, bound in ((day - timedelta(hours=2), 11), (day, 5)):
        chat.group.clock.move_to(moment)
        await upkeep(chat.group.app.database, folder=chat.group.folder, now=moment)
        async with chat.group.app.database.begin() as db:
            assert len(await people.bound(db, community_id=1)) == bound
    assert await chat.says("孙丽", "/attend", private=True) == [UNBOUND]
    assert await chat.says(LIAISON, "/contact", private=True) != [UNBOUND]


async def test_new_party_secretary_takes_over_by_the_re_election(chat: Chat) -> None:
    await pressed(chat, "整体换届")
    await chat.says(WORKER, "今天", private=True)
    await chat.says(WORKER, "陈敏 书记 专职 上级任命 第一小学\n李书明 委员 专职", private=True)
    await chat.presses(WORKER, "确认导入", private=True)

    assert (await chat.says(MEMBER, "/roster", private=True))[0].startswith("幸福里社区班子名册")
    assert await chat.says(SECRETARY, "/roster", private=True) == ["该操作由书记或党务工作者办理。"]


async def test_units_are_listed_with_marks_and_liaisons(chat: Chat) -> None:
    (listed,) = await chat.says(WORKER, "单位名录", private=True)

    assert listed.splitlines()[0] == "幸福里社区单位名录：12个单位，其中10个列入每半年联系沟通"
    assert "建设银行幸福里支行：驻区单位，有党组织，联络员刘强" in listed
    assert "农贸市场：驻区单位，没有党组织" in listed

    await chat.presses(WORKER, "农贸市场", private=True)
    assert chat.last(WORKER) == "农贸市场\n驻区单位，没有党组织。\n联络员：未登记。"
    await chat.presses(WORKER, "标为有党组织", private=True)
    assert chat.last(WORKER) == "农贸市场\n驻区单位，有党组织。\n联络员：未登记。"
    await chat.presses(WORKER, "返回", private=True)
    assert chat.last(WORKER).splitlines()[0].endswith("其中11个列入每半年联系沟通")

    await chat.presses(WORKER, "农贸市场", private=True)
    await chat.presses(WORKER, "改为不是驻区单位", private=True)
    await chat.presses(WORKER, "返回", private=True)
    assert chat.last(WORKER).splitlines()[0].endswith("其中10个列入每半年联系沟通")


async def test_new_units_are_marked_at_once_then_the_exceptions(chat: Chat) -> None:
    await chat.says(WORKER, "/units", private=True)
    await chat.presses(WORKER, "新增单位", private=True)
    assert await chat.says(WORKER, "第一小学", private=True) == [
        "名录中已有“第一小学”，不再重复登记。"
    ]
    (listed,) = await chat.says(WORKER, "税务所\n消防站", private=True)
    assert "税务所：两项未标\n消防站：两项未标" in listed

    await chat.presses(WORKER, "未标的都标为驻区单位、有党组织", private=True)

    assert "税务所：驻区单位，有党组织\n消防站：驻区单位，有党组织" in chat.last(WORKER)
    assert "（两项未标）" not in chat.last(WORKER)


async def test_new_liaison_takes_the_place_of_the_old_one(chat: Chat) -> None:
    await chat.says(WORKER, "/units", private=True)
    await chat.presses(WORKER, "建设银行幸福里支行", private=True)
    await chat.presses(WORKER, "更换联络员", private=True)
    (shown,) = await chat.says(WORKER, "钱进", private=True)

    assert shown == "建设银行幸福里支行\n驻区单位，有党组织。\n联络员：钱进。"
    assert await chat.says(LIAISON, "/contact", private=True) == [UNBOUND]


async def test_forged_buttons_of_an_office_change_nothing(chat: Chat) -> None:
    await chat.says(MEMBER, "/help", private=True)
    await chat.says(WORKER, "/roster", private=True)
    for name in (MEMBER, STRANGER, WORKER):
        place = cast.USER_IDS[name]
        await chat.says(name, "/help", private=True)
        number = chat.group.telegram.history[place][-1]["message_id"]
        for data in (
            "left:1:3:2026-11-18", "left:99:3:2026-11-18", "left:1:x:y", "noworker:1:10:yes",
            "departing:1:999", "unit:1:999", "unit:1", "mark:1:1:x:1", "setting:1:nosuch",
            "setting:1:half:x", "loaded:1:abc", "loaded:", "me:0", "me", "slips:2:yes", "left:1",
            "people", "rosterform:99",
        ):  # fmt: skip
            if name == WORKER and data == "left:1:3:2026-11-18":
                continue
            assert len(await chat.presses_on(name, place, number, data)) == 1, (name, data)
    assert "死信" not in "".join(chat.shown(WORKER))
    assert len(await team(chat)) == 9
