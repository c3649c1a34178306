"""Which document a question names, in full or as people shorten it."""

import pytest

from knowledge.passages import Document
from knowledge.titles import Titles

REGULATION = "中共重庆市委组织部街道社区党组织工作规定"


def _document(key: str, title: str) -> Document:
    return Document(key, title, None, None, None, None, "", "")


TITLES = Titles(
    [
        _document("d1", "社会救助暂行办法"),
        _document("d2", "中华人民共和国城市居民委员会组织法"),
        _document("d3", "北京市实施《中华人民共和国城市居民委员会组织法》办法"),
        _document("d4", "重庆市志愿服务条例"),
        _document("d5", "中华人民共和国个人信息保护法"),
        _document("d6", "停车场工作规定"),
    ],
    others=[_document("reg", REGULATION)],
)


@pytest.mark.parametrize(
    ("question", "key", "rest"),
    [
        ("社会救助暂行办法第三条", "d1", "第三条"),
        ("社会救助办法第二十六条说的啥", "d1", "第二十六条说的啥"),
        ("居委会组织法第二十二条是怎么说的", "d2", "第二十二条是怎么说"),
        ("北京市实施城市居民委员会组织法办法第二十九条", "d3", "第二十九条"),
        ("请问北京的实施办法第三十条", "d3", "请问 第三十条"),
        ("《重庆志愿服务条例》第四十条", "d4", "第四十条"),
        ("志愿服务条例里志愿者有哪些义务", "d4", "志愿者有哪些义务"),
        ("个保法第十条", "d5", "第十条"),
        ("停车场工作规定第二条", "d6", "第二条"),
    ],
)
def test_document_is_named(question: str, key: str, rest: str) -> None:
    found = TITLES.named(question)

    assert found is not None
    assert (found[0].key, found[1]) == (key, rest)


@pytest.mark.parametrize(
    "question",
    [
        "工作规定第七条",  # two may be meant, one of them a shipped one
        "街道社区党组织工作规定第七条",
        "管理办法第三条",
        "民法典第十条",
        "救助办法怎么申请",  # neither cited nor the end of a title
        "第七条",
        "低保怎么申请",
    ],
)
def test_no_document_is_named(question: str) -> None:
    assert TITLES.named(question) is None


def test_document_out_of_view_is_not_named() -> None:
    assert TITLES.named("个保法第十条", frozenset({"d1"})) is None
