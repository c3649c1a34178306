"""Chinese numerals: 三十一 and 31."""

DIGITS = "零一二三四五六七八九"
VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}


def chinese(number: int) -> str:
    """三十一 for 31, 一百零五 for 105; for 0 to 9,999."""
    said, gap = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if not digit:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + DIGITS[digit] + unit
        gap = False
    return (said.removeprefix("一") if said.startswith("一十") else said) or DIGITS[0]


def number(text: str) -> int | None:
    """31 for 三十一, 31 or ３１; None for anything else."""
    if text.isdecimal():
        return int(text[:6])
    if not text or any(char not in VALUES and char not in UNITS for char in text):
        return None
    if not set(text) & UNITS.keys():
        return int("".join(str(VALUES[char]) for char in text))
    total, last = 0, 0
    for char in text:
        if char in UNITS:
            total += (last or 1) * UNITS[char]
            last = 0
            continue
        last = VALUES[char]
    return total + last
