"""Computed answers in the chat: the result first, then the clause, the caveat and the card."""

from tests.chat import MEMBER, Chat

CARD_OF_REGULATION = "出处：《重庆市街道社区党组织工作规定》第四条 ｜渝委发〔2006〕25号印发 ｜2006年7月25日 ｜时效待核实"
CARD_OF_FAQ = "出处：社区“大党委”问答 第7问 ｜发文机关、文号、日期原文未载明（网络转载稿）"


async def test_membership_of_sixty_three(chat: Chat) -> None:
    (answer,) = await chat.says(MEMBER, "/ask 我们社区63名党员，设什么组织")

    assert answer.splitlines() == [
        "按63名党员测算：可设立党总支。",
        "党员人数在50名以上、100名以下的,设立党总支",
        '另有规定：党员人数接近100名,辖区内"两新"组织较多、工作任务较重的社区,经上级党组织批准,也可设立党委',
        "以上级党组织的规定和答复为准。",
        CARD_OF_REGULATION,
    ]


async def test_fifty_falls_in_both_and_two_in_none(chat: Chat) -> None:
    (both,) = await chat.says(MEMBER, "50名党员设什么组织", private=True)
    (none,) = await chat.says(MEMBER, "2名党员能设支部吗", private=True)

    assert (
        both.splitlines()[0] == "按50名党员测算：可设立党支部或党总支（第四条的两句在50名处重叠）。"
    )
    assert none.splitlines() == [
        "第四条未规定社区党员不足3名的情形，请报街道党工委确定。",
        CARD_OF_REGULATION,
    ]


async def test_turnout_in_the_group_is_held_against_its_roster(chat: Chat) -> None:
    (in_group,) = await chat.says(MEMBER, "/ask 来了5个人，能开会吗")
    (private,) = await chat.says(MEMBER, "来了5个人，能开会吗", private=True)

    assert in_group.splitlines() == [
        "按在册9人，到会5人：还差1人（三分之二为6人）。",
        "参会人数不少于三分之二方可召开",
        "三分之二按班子成员总数计算：请假的同志仍计入，列席不计入。",
        CARD_OF_FAQ,
    ]
    assert private == ("班子成员在册多少人？请连同到会人数一起写，例如：班子9人，到会5人，能开会吗")


async def test_verdicts_on_turnout_and_consent(chat: Chat) -> None:
    first_lines = [
        (await chat.says(MEMBER, question, private=True))[0].splitlines()[0]
        for question in (
            "班子9人，到会6人，能开会吗",
            "班子9人，到会12人，能开会吗",
            "联席会议8人参会，5人同意，能通过吗",
            "联席会议8人参会，4人同意，能通过吗",
            "联席会议8人参会，3人同意，能通过吗",
            "3人同意，能形成决议吗",
        )
    ]

    assert first_lines == [
        "班子9人，到会6人：可以召开（三分之二为6人）。",
        "前后人数对不上，请核对后再问。",
        "参会班子成员8人，同意5人：达到半数以上。",
        "参会班子成员8人，同意4人：恰为半数，请主持人认定。",
        "参会班子成员8人，同意3人：未达到半数以上。",
        "参会班子成员多少人？请连同同意人数一起写，例如：联席会议8人参会，5人同意，能通过吗",
    ]


async def test_committee_is_compared_with_the_figures_in_principle(chat: Chat) -> None:
    (fits,) = await chat.says(MEMBER, "专职2名、兼职8名可以吗", private=True)
    (off,) = await chat.says(MEMBER, "专职3名、兼职5名可以吗", private=True)

    assert fits.splitlines()[0] == "专职2名、兼职8名，合计10名：符合原则上的数字。"
    assert off.splitlines()[0] == (
        "专职3名、兼职5名，合计8名：与原则上的数字不一致："
        "合计8名（原则上9-11名），专职3名（原则上1-2名），兼职5名（原则上7-9名）。"
    )


async def test_calculator_takes_numbers_by_buttons(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/calc", private=True) == ["请选择要测算的内容："]
    assert chat.buttons(MEMBER) == ["组织形式", "能否开会", "能否通过", "委员构成"]
    for label in ("能否开会", "确定", "1", "清除", "9", "确定"):
        await chat.presses(MEMBER, label, private=True)
    assert chat.shown(MEMBER)[-1] == "能否开会\n班子成员人数：9\n到会班子成员人数：请按数字"

    for label in ("5", "确定"):
        await chat.presses(MEMBER, label, private=True)
    assert chat.shown(MEMBER)[-1].splitlines()[0] == "班子9人，到会5人：还差1人（三分之二为6人）。"


async def test_calculator_computes_the_form_for_a_membership(chat: Chat) -> None:
    await chat.says(MEMBER, "测算", private=True)
    for label in ("组织形式", "6", "3", "确定"):
        await chat.presses(MEMBER, label, private=True)

    assert chat.shown(MEMBER)[-1].splitlines()[0] == "按63名党员测算：可设立党总支。"
