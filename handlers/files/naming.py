"""Names that people write: of a community with its subdistrict, of a person, of a unit."""

import re

from handlers.files.cells import LONGEST, UNSEEN, is_private, words

SUBDISTRICT = re.compile(r"(?P<before>.{1,20}?(?:街道办事处|街道|镇|乡))(?P<after>.+)")
ENDING = re.compile(r"(?:街道|镇|乡)$")
LONGEST_COMMUNITY = 50
OFFICE = "办事处"


def community_in(written: str) -> tuple[str, str] | None:
    """幸福里社区 and 人民街道, in either order, together or apart; the subdistrict may be missing."""
    parts = [part for part in re.split(r"[\s,，、;；]+", words(written)) if part]
    if len(parts) == 1:
        match = SUBDISTRICT.fullmatch(parts[0])
        parts = [match["before"], match["after"]] if match is not None else parts
    parts = [part.removesuffix(OFFICE) for part in parts]
    if len(parts) == 2 and ENDING.search(parts[0]) and not ENDING.search(parts[1]):
        parts.reverse()
    if not 1 <= len(parts) <= 2 or not all(_is_fine(part, LONGEST_COMMUNITY) for part in parts):
        return None
    return parts[0], parts[1] if len(parts) == 2 else ""


def is_name(written: str) -> bool:
    """Of a person or a unit: not empty, not long, no number that belongs to a person."""
    return _is_fine(written, LONGEST)


def _is_fine(written: str, longest: int) -> bool:
    hidden = UNSEEN.search(written) or is_private(written) or "\n" in written
    return bool(written.strip()) and len(written) <= longest and not hidden
