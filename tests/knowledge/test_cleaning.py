"""What is mended in the sources, and what is left as it stands."""

from collections import Counter

from knowledge.cleaning import Cleaned, Flaw, Repair, clean, decode
from knowledge.library import Library


def test_every_repair_of_the_shipped_sources_is_logged(library: Library) -> None:
    regulation, answers = library.documents

    assert Counter(repair.flaw for repair in regulation.repairs) == {Flaw.BROKEN_LINE: 4}
    assert Counter(repair.flaw for repair in answers.repairs) == {
        Flaw.PINYIN: 288,
        Flaw.BULLET: 4,
        Flaw.SCRIPT: 26,
    }


def test_pinyin_notes_go_and_brackets_of_the_text_stay() -> None:
    assert clean("社區(qū)公示(公示七天)(PPT)") == Cleaned(
        "社区公示(公示七天)(PPT)",
        (
            Repair(Flaw.PINYIN, 1, "(qū)", ""),
            Repair(Flaw.SCRIPT, 1, "社區公示(公示七天)(PPT)", "社区公示(公示七天)(PPT)"),
        ),
    )


def test_lost_bullet_goes_and_question_mark_stays() -> None:
    assert clean("大党委要干啥?\n?宣传") == Cleaned(
        "大党委要干啥?\n宣传", (Repair(Flaw.BULLET, 2, "?", ""),)
    )


def test_line_that_breaks_inside_a_title_is_joined() -> None:
    assert clean("根据《\n中国共产党章程》制定\n第二条") == Cleaned(
        "根据《中国共产党章程》制定\n第二条",
        (Repair(Flaw.BROKEN_LINE, 2, "\n中国共产党章程》制定", "中国共产党章程》制定"),),
    )


def test_slips_and_punctuation_of_the_source_stay(library: Library) -> None:
    text = "\n".join(passage.text for passage in library.passages)

    slips = (
        "责任制的实施法》",
        "社区党组组对",
        "定期驻区单位上级组织人事部门",
        '"两新"组织',
        "“大党委”",
    )
    assert [slip for slip in slips if slip not in text] == []


def test_encodings_of_chinese_text_files_are_told_apart() -> None:
    text = "第一条 街道、社区"

    encodings = ("utf-8", "utf-8-sig", "utf-16", "gb18030")
    assert [decode(text.encode(name)) for name in encodings] == [text] * 4
