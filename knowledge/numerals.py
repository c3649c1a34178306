"""Chinese numerals: 三十一 and 31."""

DIGITS = "零一二三四五六七八九"
VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100}


def chinese(number: int) -> str:
    """三十一 for 31; for 1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else DIGITS[tens]) + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


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
