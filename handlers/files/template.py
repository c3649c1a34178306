"""A community's own form of the meeting record, filled in a child process that may do nothing else."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handlers.files.word import AUTHOR
from handlers.texts import templates as texts
from handlers.texts.meetings import FOR_REFERENCE
from handlers.texts.record import FIELDS
from handlers.texts.resolutions import TO_FILL

PROGRAM = Path(__file__).with_name("filling.py")
LARGEST = 2 * 1024 * 1024  # bytes
PATIENCE = 10.0  # seconds by the wall clock; of its own the child has three


@dataclass
class TemplateError(Exception):
    """Why a template cannot be used, as one sentence with its remedy."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


def check(content: bytes, *, at: datetime) -> None:
    """TemplateError if the form cannot be filled. Slow: not inside a transaction."""
    fill(content, dict.fromkeys(FIELDS, TO_FILL), title="", first=(), made_at=at)


def fill(
    content: bytes,
    values: Mapping[str, str],
    *,
    title: str,
    first: Sequence[str],
    made_at: datetime,
) -> bytes:
    """The form filled, with the lines no record goes without. TemplateError."""
    if len(content) > LARGEST:
        raise TemplateError(texts.refused("large"))
    order = {
        "template": base64.b64encode(content).decode(),
        "values": dict(values),
        "first": list(first),
        "last": FOR_REFERENCE,
        "author": AUTHOR,
        "title": title,
        "made_at": made_at.astimezone(UTC).isoformat(),
    }
    answer = _answer(json.dumps(order).encode())
    if "content" not in answer:
        raise TemplateError(texts.refused(answer["problem"], answer["name"]))
    return base64.b64decode(answer["content"])


def _answer(order: bytes) -> dict[str, str]:
    """What the child makes of it. It sees no environment, no folder of ours on its path."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of the template in the line
            [sys.executable, "-I", str(PROGRAM)],
            input=order,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env=kept,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateError(texts.refused("heavy")) from error
    if done.returncode < 0:  # a limit ended it
        raise TemplateError(texts.refused("heavy"))
    done.check_returncode()
    answer: dict[str, str] = json.loads(done.stdout)
    return answer
