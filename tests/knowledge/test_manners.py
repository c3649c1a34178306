"""What is meant as a question, what is a person's own matter, and what is masked."""

import pytest

from knowledge import manners

NAMES = ("张伟", "陈敏")


@pytest.mark.parametrize(
    "question",
    [
        "张伟为什么没当选",
        "王同志的待遇怎么算",
        "他的工资谁发",
        "我的低保什么时候批",
        "谁的工资最高",
        "某某的提拔问题",
        "老王的退休手续怎么办",
        "受了处分还能当委员吗",
        "我要上访找哪里",
        "信访件多久答复",
        "投诉楼上邻居",
        "举报有人乱收费",
        "我的电话13812345678，帮我查一下",
        "１３８１２３４５６７８是谁的",
        "身份证50010119900101123X能办吗",
        "手机***********打不通",
    ],
)
def test_a_persons_own_matter_is_recognised(question: str) -> None:
    assert manners.is_personal(question, NAMES)


@pytest.mark.parametrize(
    "question",
    [
        "工资谁发？",
        "谁发工资",
        "兼职委员有没有补贴",
        "党员同志的待遇有规定吗",
        "投诉电话是多少",
        "我们社区补贴谁发",
        "我的问题是食堂几点开门",
        "电动车能上楼吗",
        "社区食堂几点开门",
        "渝委发〔2006〕25号文件还有效吗",
        "2026年11月25日开会吗",
    ],
)
def test_general_question_is_nobodys_own_matter(question: str) -> None:
    assert not manners.is_personal(question, NAMES)


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("打13812345678没人接", "打***********没人接"),
        ("打１３８ 1234-5678没人接", "打*************没人接"),
        ("座机023-62345678", "座机************"),
        ("证号50010119900101123X。", "证号******************。"),
        ("渝委发〔2006〕25号，2026年11月25日", "渝委发〔2006〕25号，2026年11月25日"),
    ],
)
def test_private_numbers_are_masked(question: str, kept: str) -> None:
    assert manners.masked(question) == kept


def test_what_is_not_meant_as_a_question() -> None:
    meant = ("几点", "jidian kaimen", "食堂几点开门")
    not_meant = ("", "？", "嗯", "。。。", "😀😀😀", "12345", "x", "qwrt", "\u200b！？")

    assert [manners.asks(words) for words in meant] == [True] * len(meant)
    assert [manners.asks(words) for words in not_meant] == [False] * len(not_meant)
