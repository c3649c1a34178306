"""Documents without standard questions of ours: found, compared with the shipped ones, kept out of view, taken away."""

import zlib

import pytest

from knowledge import segments
from knowledge.aspects import ASPECTS
from knowledge.library import Answer, Library, Suggestions
from tests.knowledge import shelf

COUNTRY = """第一条 为了发挥居民自治的作用，制定本条例。
第二条 居民公约由居民会议讨论制定，报街道办事处备案，由居民委员会监督执行。
第三条 居民小组组长由居民小组推选。"""
CITY = """第一条 根据《居民公约条例》，结合本市实际情况，制定本办法。
第二条 居民公约由居民会议讨论制定，报所在地街道办事处备案，由居民委员会监督执行。
第三条 居民委员会的办公用房由区人民政府统筹解决。"""
SHIPPED = frozenset({"reg", "faq"})


@pytest.fixture(scope="module")
def furnished(library: Library) -> Library:
    return shelf.furnished(library)


@pytest.mark.parametrize(
    ("question", "passage", "words"),
    [
        ("外来车辆停放超过两小时怎么收费", "d1-4", "每小时三元"),
        ("占用消防通道停车由谁处理", "d1-6", "消防救援机构"),
        ("图书丢了要赔多少", "d2-3", "原价赔偿"),
        ("一次能借几本书，能借多久", "d2-2", "三册"),
        ("停车证丢了怎么补办", "d3-1", "当天补发"),
    ],
)
def test_clause_of_an_added_document_is_found(
    furnished: Library, question: str, passage: str, words: str
) -> None:
    found = furnished.answer(question)
    match found:
        case Answer():
            places = {found.passage.id: found.passage.text}
        case Suggestions():
            places = {one.passage.id: one.passage.text for one in found.items}
        case _:
            places = {}

    assert words in places.get(passage, "")


def test_shipped_documents_answer_as_before(furnished: Library, library: Library) -> None:
    for question in ("工作会议要多少人到会", "驻区单位多久联系沟通一次", "兼职委员怎么产生"):
        assert furnished.answer(question) == library.answer(question)


def test_document_that_is_named_answers_alone(furnished: Library) -> None:
    found = furnished.answer("幸福里小区机动车停放管理办法第四条")

    assert isinstance(found, Answer)
    assert found.passage.id == "d1-4"


def test_title_in_a_question_does_not_choose_the_article(furnished: Library) -> None:
    named = furnished.answer("幸福里小区机动车停放管理办法里外来机动车停两个多小时怎么收停车费")
    alone = furnished.answer("幸福里小区机动车停放管理办法")

    assert isinstance(named, Answer | Suggestions)
    first = named if isinstance(named, Answer) else named.items[0]
    assert first.passage.id == "d1-4"
    assert isinstance(alone, Suggestions)
    assert [one.passage.id for one in alone.items] == ["d1-1", "d1-2", "d1-3"]


def test_article_without_a_name_is_of_the_shipped_regulation(furnished: Library) -> None:
    found = furnished.answer("第四条")

    assert isinstance(found, Answer)
    assert found.passage.id == "reg-4"


@pytest.mark.parametrize("view", [SHIPPED, SHIPPED | {"d2"}])
def test_what_is_out_of_view_is_neither_said_nor_suggested(
    furnished: Library, view: frozenset[str]
) -> None:
    for question in ("外来车辆停放超过两小时怎么收费", "停车证", "占用消防通道停车由谁处理"):
        found = furnished.answer(question, view=view)
        hits = furnished.search(question, view=view)
        keys = {hit.passage.document.key for hit in hits}
        if isinstance(found, Answer):
            keys.add(found.passage.document.key)
            keys |= {one.passage.document.key for one in found.others}
        if isinstance(found, Suggestions):
            keys |= {one.passage.document.key for one in found.items}

        assert keys <= view


def test_article_is_suggested_with_its_title_beside_another_document(library: Library) -> None:
    texts = {
        "机动车停放管理办法": "第一条 机动车的停车证每户限办两张。",
        "电动车停放管理办法": "第一条 电动车的号牌每户限办三张。",
    }
    volumes = [shelf.volume(f"d{n}", *one) for n, one in enumerate(texts.items(), start=1)]
    both = library.with_volumes(volumes).answer("限办")
    alone = library.with_volumes(volumes).answer("电动车停放管理办法")

    assert isinstance(both, Suggestions)
    assert {one.question for one in both.items} == {
        f"{title}{text.replace(' ', '：').rstrip('。')}" for title, text in texts.items()
    }
    assert isinstance(alone, Suggestions)
    assert [one.question for one in alone.items] == ["第一条：电动车的号牌每户限办三张。"]


def test_same_question_of_two_lists_is_suggested_with_their_titles(library: Library) -> None:
    titles = ("物业常见问题", "幸福市向阳区和平街道社区服务常见问题")
    pairs = "问：停车证怎么补办？\n答：带上身份证，到{}登记。"
    lists = [
        shelf.volume(f"d{number}", title, pairs.format(title), "pairs")
        for number, title in enumerate(titles, start=1)
    ]
    suggested = library.with_volumes(lists).answer("证怎么办")
    answered = library.with_volumes(lists).answer("停车证怎么补办")

    assert isinstance(suggested, Suggestions)
    offered = {one.question for one in suggested.items}
    assert offered == {
        "物业常见问题：停车证怎么补办？",
        "…区和平街道社区服务常见问题：停车证怎么补办？",
    }
    assert isinstance(answered, Answer)
    (other,) = answered.others
    assert other.question in offered


def test_shipped_documents_can_be_out_of_view(furnished: Library) -> None:
    found = furnished.answer("工作会议要多少人到会", view=frozenset({"d1"}))
    hits = furnished.search("工作会议", view=frozenset({"d1"}))

    assert not isinstance(found, Answer)
    assert {hit.passage.document.key for hit in hits} <= {"d1"}


def test_standard_question_answers_outright(library: Library) -> None:
    asked = shelf.parking(ask=[("3", "每户不超过两张", "我家三台车能不能都办证")])
    found = library.with_volumes([asked]).answer("我家三台车能不能都办证？")

    assert isinstance(found, Answer)
    assert (found.passage.id, found.clause.text) == ("d1-3", "每户不超过两张")


@pytest.mark.parametrize("question", ["党费怎么交", "能不能请假", "请问食堂几点开饭？"])
def test_question_typed_as_it_is_listed_answers_outright(library: Library, question: str) -> None:
    """Also where hardly a word of it counts, or the shipped documents have something like it."""
    listed = f"问：{question}\n答：请到社区党群服务中心办理。"
    volumes = [shelf.volume("d4", "常见问题", listed, "pairs"), shelf.parking()]
    found = library.with_volumes(volumes).answer(question)

    assert isinstance(found, Answer)
    assert found.passage.id == "d4-1"


def test_volume_that_is_taken_away_is_gone(furnished: Library) -> None:
    without = furnished.with_volumes([shelf.reading_room()])

    assert without.passage("d1-4") is None
    assert {one.document.key for one in without.passages} == SHIPPED | {"d2"}
    assert {hit.passage.document.key for hit in without.search("停车泊位")} <= SHIPPED | {"d2"}


def test_far_questions_are_declined(furnished: Library) -> None:
    for question in ("红烧肉怎么做才好吃", "明天会下雨吗", "手机卡顿怎么办"):
        assert not isinstance(furnished.answer(question), Answer)


def test_search_has_each_passage_once_and_pages(furnished: Library) -> None:
    every = furnished.search("图书", limit=50)
    paged = furnished.search("图书", limit=2) + furnished.search("图书", offset=2, limit=48)

    assert len({hit.passage.id for hit in every}) == len(every)
    assert paged == every
    assert every[0].passage.document.key == "d2"


def test_segment_comes_back_as_it_was() -> None:
    segment = shelf.parking().segment
    again = segments.from_bytes(segment.to_bytes())

    assert again is not None
    assert shelf.plain(again) == shelf.plain(segment)
    assert segment.says.any()
    assert segment.said.any()


def test_other_aspects_need_another_format() -> None:
    """Whoever changes what a clause says (aspects.ASPECTS) raises FORMAT and notes the new sum here."""
    patterns = "\n".join(one.said.pattern for one in ASPECTS)

    assert (segments.FORMAT, zlib.crc32(patterns.encode())) == (4, 2475177702)


@pytest.mark.parametrize(
    "content",
    [b"", b"not an index", shelf.parking().segment.to_bytes()[:40]],
    ids=["empty", "other", "cut"],
)
def test_damaged_segment_is_none(content: bytes) -> None:
    assert segments.from_bytes(content) is None


def test_question_after_another_is_also_read_by_itself(library: Library) -> None:
    shelved = library.with_volumes([shelf.parking()])
    alone = shelved.answer("外来车怎么收费")
    after = shelved.answer("外来车怎么收费", previous=["访客车辆停放管理办法第四条说的什么"])

    assert isinstance(alone, Answer)
    assert after == alone


def test_word_that_nobody_knows_is_missed(furnished: Library) -> None:
    """It stands in no dictionary and in no document; the rest of the question fits as before."""
    asked, strange = furnished.search("图书丢了要赔多少"), furnished.search("鳎鳗图书丢了要赔多少")

    assert asked[0].passage.id == strange[0].passage.id == "d2-3"
    assert strange[0].score < asked[0].score


def test_passage_that_is_nearly_as_likely_is_named_beside_the_answer(library: Library) -> None:
    """The national rule and the city's say the same; what is of another document carries its title."""
    country = shelf.volume("d1", "居民公约条例", COUNTRY)
    city = shelf.volume("d2", "幸福市实施《居民公约条例》办法", CITY)

    found = library.with_volumes([country, city]).answer("居民公约由谁制定")

    assert isinstance(found, Answer)
    assert found.passage.id == "d1-2"
    assert [one.question for one in found.others] == ["幸福市实施《居民公约条例》办法第二条"]


def test_answer_that_nothing_comes_near_stands_alone(furnished: Library) -> None:
    found = furnished.answer("停车证丢了怎么补办")

    assert isinstance(found, Answer)
    assert found.others == ()


def test_article_of_one_character_takes_no_question_down(library: Library) -> None:
    omitted = (
        "第一条 停车证每户不超过两张。\n第二条 略。\n"
        "第三条 外来车辆停放超过两小时的，每小时三元。\n第四条 略。"
    )
    shelved = library.with_volumes([shelf.volume("d1", "停车规则", omitted)])
    empty = library.with_volumes([shelf.volume("d1", "规则", "第一条 略。")])
    question = "工作会议要多少人到会"

    assert shelved.search("外来车怎么收费")[0].passage.id == "d1-3"
    assert shelved.search("停车证每户几张")[0].passage.id == "d1-1"
    assert empty.answer(question) == library.answer(question)


def test_answer_of_one_character_is_an_answer(library: Library) -> None:
    text = "问：能不能请假？\n答：能。\n问：停车证多少钱？\n答：十元。"
    shelved = library.with_volumes([shelf.volume("d5", "常见问题", text, "pairs"), shelf.parking()])

    answer = shelved.answer("能不能请假")

    assert isinstance(answer, Answer)
    assert answer.passage.id == "d5-1"


def test_standard_question_without_a_word_is_not_what_was_typed(library: Library) -> None:
    asked = [("4", "按照每小时三元收取停车费", "借")]
    shelved = library.with_volumes([shelf.parking(ask=asked)])

    found = shelved.answer("停车qqqqxx怎么停车")

    assert not isinstance(found, Answer)


def test_of_two_equal_standard_questions_the_first_stands(library: Library) -> None:
    asked = [
        ("3", "停车证由物业服务企业免费发放", "停车证免费吗"),
        ("3", "每户不超过两张", "停车证免费吗？"),
    ]
    shelved = library.with_volumes([shelf.parking(ask=asked)])

    answer = shelved.answer("停车证免费吗")

    assert isinstance(answer, Answer)
    assert answer.clause.text == "停车证由物业服务企业免费发放"


def test_short_question_on_something_else_is_not_answered_by_what_was_asked_before(
    library: Library,
) -> None:
    shelved = library.with_volumes([shelf.parking()])
    before = ["外来车怎么收费"]

    assert isinstance(shelved.answer(before[0]), Answer)
    for question in ("体检费谁报销", "公园几点开门"):
        assert shelved.answer(question, previous=before) == shelved.answer(question)
