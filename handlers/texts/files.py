"""What is said with the files of a year: the ledger, the picture, 年底材料; and what stands in them."""

from datetime import date

from handlers.texts import dates
from handlers.texts.duties import NOT_UNDONE
from handlers.texts.meetings import FOR_REFERENCE
from handlers.texts.text import Text, lines
from records.model import Community

NOTHING = "没有登记。"
NO_UNITS = "没有列入联系沟通和实事好事的驻区单位。"
PICTURE = "联系沟通和实事好事登记情况"
COLUMNS = ("上半年联系沟通", "下半年联系沟通", "实事好事")
"""Of the picture, as `UnitEntry.states` has them."""


def day(value: date) -> str:
    """2026年11月25日."""
    return f"{value.year}年{dates.day(value)}"


def owner(community: Community, year: int) -> str:
    """幸福里社区2026年."""
    return f"{community.name}{year}年"


def ledger(community: Community, year: int) -> Text:
    return lines(f"{owner(community, year)}台账已导出。", FOR_REFERENCE)


def picture(community: Community, year: int, *, page: int, pages: int) -> Text:
    number = f"（第{page}页，共{pages}页）" if pages > 1 else ""
    return lines(f"{owner(community, year)}{PICTURE}{number}。", NOT_UNDONE)


def year_end(community: Community, year: int) -> Text:
    return lines(
        f"{owner(community, year)}年底材料已生成，请先看其中的“清单”。", FOR_REFERENCE, NOT_UNDONE
    )
