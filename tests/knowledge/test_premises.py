"""Premises are held against the clause; words of two meanings are asked back; manners are no questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import homonyms, manners, premises
from knowledge.library import Library
from knowledge.manners import Manner
from knowledge.premises import MAJORITY, QUORUM, Premise

MONTHLY = "每月至少召开1次工作会议或党建联席会议"
HALF_YEARLY = "定期联系沟通,每半年至少1次"
YEARLY = "每年应召开一次民主生活会"


@pytest.mark.parametrize(
    ("question", "clause", "premise"),
    [
        ("工作会议来一半人就能开了吧", QUORUM[1], Premise.CONTRADICTED),
        ("听说工作会议要三分之二到会", QUORUM[1], Premise.CONFIRMED),
        ("工作会议要求多少人到会", QUORUM[1], None),
        ("联席会议全票同意才算通过吧", MAJORITY[1], Premise.CONTRADICTED),
        ("大党委一季度碰一次头就行吧", MONTHLY, Premise.CONTRADICTED),
        ("大党委每个月要开会，对吧", MONTHLY, Premise.CONFIRMED),
        ("大党委多久开一次会", MONTHLY, None),
        ("驻区单位每年联系一回就可以吧", HALF_YEARLY, Premise.CONTRADICTED),
        ("民主生活会是不是每半年开一次", YEARLY, Premise.CONTRADICTED),
        ("兼职委员要占社区编制吧", "不占社区职数、编制", Premise.CONTRADICTED),
        ("兼职委员不占社区编制对吧", "不占社区职数、编制", Premise.CONFIRMED),
        ("进了大党委，隶属关系要改变是吗", "不改变其党组织隶属关系", Premise.CONTRADICTED),
        ("大党委归区委领导对吧", "“大党委”隶属于街道党工委", Premise.CONTRADICTED),
        ("", QUORUM[1], None),
    ],
)
def test_premise_is_held_against_the_clause(
    question: str, clause: str, premise: Premise | None
) -> None:
    assert premises.check(question, clause) is premise


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("工作会议来一半人就能开了吧", QUORUM),
        ("开会过半数到场就行吧", QUORUM),
        ("联席会议三分之二同意才算通过吧", MAJORITY),
        ("工作会议过半数同意就通过吧", None),
        ("联席会议过半到会就行吧", None),
        ("工作会议要多少人到会", None),
    ],
)
def test_fraction_is_about_turnout_or_about_votes(
    question: str, place: tuple[str, str] | None
) -> None:
    assert premises.subject(question) == place


@pytest.mark.parametrize(
    ("question", "passages"),
    [
        ("工作会议有什么要求", ["faq-7", "reg-14"]),
        ("报到怎么规定的", ["reg-29", "faq-6"]),
        ("什么叫双重管理", ["reg-29", "faq-1"]),
        ("群众评议怎么搞", ["reg-12", "faq-6"]),
        ("专职和兼职啥意思", ["faq-2", "reg-21"]),
        ("大党委工作会议有什么要求", None),
        ("工作会议要多少人到会", None),
        ("在职党员报到怎么规定的", None),
        ("驻区单位党组织报到", None),
        ("社区服务由谁来评议", None),
        ("兼职委员怎么产生", None),
        ("民主生活会", None),
    ],
)
def test_word_of_two_meanings_is_asked_back_only_if_it_stands_alone(
    question: str, passages: list[str] | None
) -> None:
    senses = homonyms.ambiguous(question)

    assert (senses and [sense.passage for sense in senses]) == passages


def test_every_sense_stands_in_the_documents(library: Library) -> None:
    for homonym in homonyms.HOMONYMS:
        for sense in homonym.senses:
            passage = library.passage(sense.passage)
            assert passage is not None
            assert passage.clause(sense.clause).text == sense.clause


@pytest.mark.parametrize(
    ("words", "manner"),
    [
        ("你好", Manner.GREETING),
        ("大家早上好！", Manner.GREETING),
        ("收到，谢谢！", Manner.THANKS),
        ("你到底是谁啊", Manner.WHO),
        ("这个傻瓜机器人", Manner.ABUSE),
        ("哪个委员表现最差", Manner.OUT_OF_BOUNDS),
        ("请假次数最多的是谁", Manner.OUT_OF_BOUNDS),
        ("大党委好不好", None),
        ("党员评比表彰", None),
        ("对驻区单位党组织的评价结果报给谁", None),
        ("", None),
    ],
)
def test_manners_are_no_questions(words: str, manner: Manner | None) -> None:
    assert manners.read(words) is manner


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_is_read_without_fail(question: str, clause: str) -> None:
    premises.check(question, clause)
    premises.subject(question)
    homonyms.ambiguous(question)
    manners.read(question)
