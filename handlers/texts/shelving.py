"""What stands on the card of an answer that a community has taught itself."""

from handlers.texts import dates
from records.calendar import day_of
from records.model import Role
from records.taught import Taught

TITLE = "本社区补充"
ROLES = {Role.PARTY_SECRETARY: "书记", Role.PARTY_WORKER: "党务工作者"}


def label(one: Taught) -> str:
    """第3条."""
    return f"第{one.number}条"


def origin(one: Taught, community: str) -> str:
    """幸福里社区党务工作者答复 ｜2026年11月26日 ｜2027年11月26日前复核, as further parts of a footer."""
    who = f"{community}{ROLES.get(one.author_role, '工作人员')}答复"
    review = [f"{dates.long_day(one.review_on)}前复核"] if one.review_on else []
    return " ｜".join([who, dates.long_day(day_of(one.taught_at)), *review])
