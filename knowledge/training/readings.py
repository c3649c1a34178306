"""Writes which characters have which toneless reading: python -m knowledge.training.readings."""

from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from pypinyin import Style, pinyin

DOMAIN = {
    "重": "zhong",
    "行": "xing",
    "长": "zhang",
    "会": "hui",
    "都": "du",
    "还": "hai",
    "了": "le",
}
"""Of characters with several readings, the one that these documents and questions use most."""


def main() -> None:
    """Write knowledge/sources/readings.txt: a syllable and its characters on each line."""
    folder = Path(str(files("knowledge"))) / "sources"
    text = (folder / "words.txt").read_text(encoding="utf-8")
    readings: defaultdict[str, list[str]] = defaultdict(list)
    for char in sorted(
        {char for char in text if "\u4e00" <= char <= "\u9fff"}
        | {char for char in _common() if char}
    ):
        readings[DOMAIN.get(char) or pinyin(char, style=Style.NORMAL)[0][0]].append(char)
    lines = [
        f"{syllable} {''.join(chars)}"
        for syllable, chars in sorted(readings.items())
        if syllable.isascii()
    ]
    (folder / "readings.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _common() -> list[str]:
    """The characters of GB 2312, which every keyboard offers."""
    return [
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    ]


if __name__ == "__main__":
    main()
