"""Passages that say the same: in two documents, not in one."""

import numpy as np

from knowledge import twins
from knowledge.postings import merge
from tests.knowledge import shelf

RULE = "居民公约由居民会议讨论制定，报街道办事处备案，由居民委员会监督执行"
COUNTRY = f"第一条 {RULE}。\n第二条 {RULE}，每年修订。\n第三条 停车证每户不超过两张。"
CITY = f"第一条 {RULE}。\n第二条 图书每次可以借阅三册。"
INDEX = merge(
    [shelf.volume("d1", "条例", COUNTRY).segment, shelf.volume("d2", "办法", CITY).segment]
)


def same(passages: list[int]) -> list[bool]:
    return list(twins.same(INDEX, np.array(passages)))


def test_rule_of_another_document_says_the_same() -> None:
    assert same([0, 3, 2, 4]) == [True, True, False, False]


def test_rule_of_the_same_document_does_not() -> None:
    assert same([0, 1]) == [True, False]


def test_passage_alone_says_the_same_as_itself() -> None:
    assert same([2]) == [True]


def test_it_is_not_looked_far_behind() -> None:
    far = [0, *[2] * twins.MOST, 3]

    assert same(far) == [True, *[False] * (len(far) - 1)]


def test_passage_without_a_word_says_the_same_as_none() -> None:
    omitted = merge(
        [
            shelf.volume("d1", "规则", "第一条 略。").segment,
            shelf.volume("d2", "办法", CITY).segment,
        ]
    )

    assert list(twins.same(omitted, np.array([0, 1]))) == [True, False]
    assert list(twins.same(omitted, np.array([1, 0]))) == [True, False]
