"""The arrangement of a year's holidays as an operator writes it down: a text or CSV file, a line for each day."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from datetime import date
from pathlib import Path
from unicodedata import normalize

from handlers.files.cells import SHOWN
from records.errors import BadHolidays

DAY = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?")
HEADING = "日期"
AROUND = "\t ,;\u200b\ufeff"
IS_WORKED = {
    "休": False,
    "休息": False,
    "放假": False,
    "班": True,
    "上班": True,
    "补班": True,
}
HOW = "请每行写一天，放假写作“2027-01-01,休”，上班写作“2027-02-07,班”。"


def read(path: Path) -> dict[date, bool]:
    """Whether each of the days is worked; of two lines for a day the later one. BadHolidays."""
    lines = [
        (number, line)
        for number, written in enumerate(_text(path).splitlines(), start=1)
        if (line := normalize("NFKC", written).replace('"', "").strip(AROUND))
    ]
    if lines and lines[0][1].startswith(HEADING):
        lines = lines[1:]
    if not lines:
        raise BadHolidays(f"文件中没有日期。{HOW}")
    return dict(_day(number, line) for number, line in lines)


def _day(number: int, line: str) -> tuple[date, bool]:
    match = DAY.match(line)
    if match is None:
        raise BadHolidays(f"第{number}行：“{line[:SHOWN]}”没有写明是哪一天。{HOW}")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:  # 30 February
        raise BadHolidays(f"第{number}行：没有{match[0]}这一天。请核对日期。") from error
    word = line[match.end() :].strip(AROUND)
    if word not in IS_WORKED:
        fault = f"“{word[:SHOWN]}”没有看懂" if word else "没有写休或班"
        raise BadHolidays(f"第{number}行：{fault}。{HOW}")
    return day, IS_WORKED[word]


def _text(path: Path) -> str:
    """As Excel, Notepad and WPS write it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadHolidays(f"找不到文件：{path}。请核对文件名。") from error
    except OSError as error:
        raise BadHolidays(f"打不开 {path.name}。请核对文件后再导入。") from error
    is_wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadHolidays(f"{path.name} 不是文本文件。请另存为 .csv 或 .txt 后再导入。")
