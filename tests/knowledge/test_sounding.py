"""Characters that only sound right, and pinyin, stand for the words of the documents."""

import pytest

from knowledge.sounding import sounding

KNOWN = {"教育", "救助", "申请", "强迫", "物业", "民主", "收费"}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("教玉救助怎么办", {"教玉": ("教育",)}),
        ("深请低保", {"深请": ("申请",)}),
        ("能不能强破居民", {"强破": ("强迫",)}),
        ("明主选举", {"明主": ("民主",)}),
        ("wuye shoufei", {"wuye": ("物业",), "shoufei": ("收费",)}),
        ("教育救助怎么申请", {}),
        ("我就是想问", {}),
    ],
)
def test_words_of_the_documents_are_heard(question: str, meant: dict[str, tuple[str, ...]]) -> None:
    assert dict(sounding(question, KNOWN)) == meant
