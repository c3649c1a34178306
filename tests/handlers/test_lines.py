"""What people write in one line is read as they mean it, or not at all."""

from datetime import date

import pytest

from handlers import lines
from handlers.lines import ResolutionLine, VoteLine
from records.errors import DayUnknown, VotesNotUnderstood, WordsTooLong
from records.model import Manner

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("电梯改造 举手 同意7 不同意1 弃权1", VoteLine("电梯改造", Manner.HANDS, (7, 1, 1))),
        (
            "电梯改造，无记名表决，赞成五人，反对两人",
            VoteLine("电梯改造", Manner.SECRET, (5, 2, 0)),
        ),
        ("举手之劳活动 口头 同意8", VoteLine("举手之劳活动", Manner.VOICE, (8, 0, 0))),
        ("预算 同意：6票，不赞成：2票", VoteLine("预算", Manner.HANDS, (6, 2, 0))),
    ],
)
def test_vote_in_one_line(words: str, read: VoteLine) -> None:
    assert lines.read_vote(words) == read


@pytest.mark.parametrize(
    "words",
    [
        "电梯 0票同意，5票不同意，1票弃权",
        "电梯 7票同意 1票不同意",
        "电梯 都同意",
        "同意8",
        "按钮 同意8",
    ],
)
def test_vote_that_could_be_read_two_ways_is_not_read(words: str) -> None:
    with pytest.raises(VotesNotUnderstood):
        lines.read_vote(words)


def test_resolutions_are_read_one_a_line() -> None:
    words = "1. 加装扶手；李强；12月20日\n2. 补充清单，孙丽，12月30日\n把路灯修好，尽快"

    assert lines.read_resolutions(words, today=TODAY) == [
        ResolutionLine("加装扶手", "李强", date(2026, 12, 20)),
        ResolutionLine("补充清单", "孙丽", date(2026, 12, 30)),
        ResolutionLine("把路灯修好，尽快", "", None),
    ]


def test_resolution_with_an_impossible_day_is_refused() -> None:
    with pytest.raises(DayUnknown):
        lines.read_resolutions("补充清单，孙丽，2月30日", today=TODAY)
    with pytest.raises(WordsTooLong):
        lines.read_resolutions(" \n", today=TODAY)
