"""Cuts jieba's dictionary to the words a community's group uses: python -m knowledge.training.dictionary."""

from importlib.resources import files
from pathlib import Path

from knowledge.library import Library

COMMON = 300
"""Words seen at least so often in jieba's corpus are kept, and all that stand in the documents."""


def main() -> None:
    """Write knowledge/sources/words.txt."""
    text = "\n".join(passage.text for passage in Library.load().passages)
    kept = [
        f"{word} {count}"
        for word, count, *_ in map(str.split, _rows())
        if len(word) <= 4 and (int(count) >= COMMON or word in text)
    ]
    target = Path(str(files("knowledge"))) / "sources" / "words.txt"
    target.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _rows() -> list[str]:
    return (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    main()
