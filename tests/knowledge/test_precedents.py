"""Questions once asked of other documents: who asks alike is answered by a clause alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.precedents import Near, Precedents, asked, collect
from knowledge.segments import compared, from_bytes
from tests.knowledge import shelf

ANSWERED = {
    "两家单位都说不归自己管": "涉及两个以上部门的，由共同的上级机关指定承办单位",
    "楼道里堆杂物谁来清": "物业服务企业应当清理占用疏散通道的物品",
    "押金什么时候退": "应当在三个工作日内退还保证金",
}
DECLINED = ("清理一次收多少钱", "押金能不能分期交")


@pytest.fixture(scope="module")
def precedents() -> Precedents:
    answered = [(asked(question), compared(answer)) for question, answer in ANSWERED.items()]
    return Precedents(collect([*answered, *((asked(one), set()) for one in DECLINED)]))


def near(precedents: Precedents, question: str) -> Near:
    """As beside documents that have every word of the answers."""
    vocabulary = {
        term: number
        for number, term in enumerate(sorted(set().union(*map(compared, ANSWERED.values()))))
    }
    rarity = np.ones(len(vocabulary), np.float32)
    return precedents.near(asked(question), rarity, precedents.numbers(vocabulary))


def test_same_question_is_wholly_alike_and_brings_its_answer(precedents: Precedents) -> None:
    found = near(precedents, "押金什么时候退")

    assert found.alike[0] == pytest.approx(1.0)
    assert len(found.terms) == len(found.answers.T)
    assert np.count_nonzero(found.answers[0]) == len(compared(ANSWERED["押金什么时候退"]))


def test_declined_question_brings_no_answer(precedents: Precedents) -> None:
    found = near(precedents, "押金能不能分期交")

    assert found.declined == pytest.approx(1.0)
    assert found.alike[0] < 1


def test_question_about_nothing_known_has_no_precedent(precedents: Precedents) -> None:
    found = near(precedents, "xyz")

    assert (len(found.alike), len(found.terms), found.declined) == (0, 0, 0.0)


@given(st.text("两家单位都说不归自己管楼道押金清理收多少钱能分期", min_size=1, max_size=20))
def test_likeness_is_a_cosine_and_descends(precedents: Precedents, question: str) -> None:
    alike = near(precedents, question).alike

    assert ((alike > 0) & (alike < 1 + 1e-9)).all()
    assert (np.diff(alike) <= 0).all()


def test_words_of_an_answer_that_documents_lack_count_against_it(precedents: Precedents) -> None:
    known = precedents.numbers({"保证": 0, "退还": 1})
    found = precedents.near(asked("押金什么时候退"), np.ones(2, np.float32), known)

    assert sorted(found.terms.tolist()) == [0, 1]
    assert found.answers[0].sum() < 1


def test_precedents_are_kept_as_a_segment() -> None:
    segment = collect([({"押金"}, {"退还", "保证金"}), ({"分期"}, set())])
    again = from_bytes(segment.to_bytes())

    assert again is not None
    assert shelf.plain(again) == shelf.plain(segment)


def test_clause_without_a_word_of_the_question_is_found(library: Library) -> None:
    rules = shelf.volume(
        "d1",
        "幸福街道办事规则",
        "第一条 本规则适用于幸福街道各科室。\n第二条 群众来访应当当日登记。\n"
        "第三条 涉及两个以上部门职责的事项，由共同的上级机关确定承办单位。\n第四条 档案保存十年。",
    )
    shelved = library.with_volumes([rules])

    found = shelved.search("这件事几家都往外推，到底归哪家接")

    assert found[0].passage.id == "d1-3"
