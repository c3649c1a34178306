"""Fills a community's Word template. A program of its own, started by template.py and allowed nothing.

It reads an order (JSON) and writes what came of it (JSON). Whoever wrote the template is not
trusted: Jinja's sandbox holds it, and the limits of the system hold what might leave the sandbox.
"""

import base64
import contextlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from jinja2 import Environment, StrictUndefined, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

LIMITS = {
    "RLIMIT_CPU": 3,  # seconds
    "RLIMIT_AS": 512 * 1024 * 1024,
    "RLIMIT_FSIZE": 0,  # no byte into any file
    "RLIMIT_NOFILE": 3,  # nothing is opened besides the three pipes
    "RLIMIT_NPROC": 0,
    "RLIMIT_CORE": 0,
}
UNPACKED = 20 * 1024 * 1024  # bytes
TOO_MUCH = (MemoryError, RecursionError, OverflowError)
LONGEST = 100_000  # characters a paragraph may become


@dataclass
class Refused(Exception):
    """`problem` is a key of handlers/texts/templates.py; `name` is the field nobody knows."""

    problem: str
    name: str = ""


def confine() -> None:
    """From here on no file, no process, little time and memory; as far as the system can."""
    try:
        import resource
    except ImportError:  # Windows; the starter's patience still ends
        return
    for name, limit in LIMITS.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def rehearse() -> None:
    """Python loads parts of itself only when they are used: all are used once while files open."""
    lines = {"first": ["a"], "last": "b", "author": "c", "title": "d"}
    for words in ("{% if 名 == '一' %}{% endif %}{{ 名|trim }}", "{{ 名.一 }}", "{{ 名"):
        document, stream = Document(), io.BytesIO()
        document.add_paragraph(words)
        document.save(stream)
        template = base64.b64encode(stream.getvalue()).decode()
        answer({**lines, "template": template, "values": {"名": "<"}, "made_at": "2026-01-01"})


def fill(order: Mapping[str, Any]) -> bytes:
    """The template with its fields filled, its first and last lines added. Refused."""
    document = _opened(base64.b64decode(order["template"]))
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.globals.clear()
    filled = False
    for paragraph in _paragraphs(document):
        for runs in _groups(_runs(paragraph)):
            source = "".join(run.text for run in runs)
            words = _rendered(environment, source, order["values"])
            filled = filled or words != source
            runs[0].text = words
            for run in runs[1:]:
                run.text = ""
    if not filled:
        raise Refused("empty")
    for line in reversed(order["first"]):
        document.element.body.insert(0, document.add_paragraph(line)._p)  # noqa: SLF001
    document.add_paragraph(order["last"])
    properties = document.core_properties
    properties.author, properties.title = order["author"], order["title"]
    properties.created = properties.modified = datetime.fromisoformat(order["made_at"])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _opened(content: bytes) -> WordDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        document = Document(io.BytesIO(content)) if unpacked <= UNPACKED else None
    except MemoryError:
        raise
    except Exception as error:  # zip, XML and packaging each have their own
        raise Refused("broken") from error
    if document is None:
        raise Refused("large")
    return document


def _paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    """All of them: in tables and frames, in headers and footers."""
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    related = document.part.rels.values()
    parts = [one.target_part.element for one in related if one.reltype in kinds]
    for root in (document.element.body, *parts):
        for element in list(root.iter(qn("w:p"))):
            yield Paragraph(element, document._body)  # noqa: SLF001 - frames are not in the API


def _runs(paragraph: Paragraph) -> list[Run]:
    """Those with words, also in links; not those of a paragraph in a frame in this one."""
    element = paragraph._p  # noqa: SLF001 - as above
    found = [Run(one, paragraph) for one in element.xpath(".//w:r[not(ancestor::w:txbxContent)]")]
    if element.xpath("ancestor::w:txbxContent"):
        found = [Run(one, paragraph) for one in element.xpath(".//w:r")]
    return [run for run in found if run.text]


def _groups(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Word cuts a line into runs where it likes: those that hold one placeholder together.

    A paragraph with a statement is one group, or its beginning and its end would be torn apart.
    """
    has_statement = "{%" in "".join(run.text for run in runs)
    group: list[Run] = []
    for run in runs:
        group.append(run)
        words = "".join(one.text for one in group)
        if "{" not in words:
            group = []
        elif not has_statement and _is_whole(words):
            yield group
            group = []
    if group:
        yield group


def _is_whole(words: str) -> bool:
    pairs = (("{{", "}}"), ("{#", "#}"))
    return not words.endswith("{") and all(
        words.count(begin) == words.count(end) for begin, end in pairs
    )


def _rendered(environment: Environment, source: str, values: Mapping[str, str]) -> str:
    try:
        unknown = meta.find_undeclared_variables(environment.parse(source)) - values.keys()
        words = "" if unknown else _words(environment, source, values)
    except TOO_MUCH:
        raise
    except SecurityError as error:
        raise Refused("forbidden") from error
    except Exception as error:  # a template may go wrong as any program may
        raise Refused("syntax") from error
    if unknown:
        raise Refused("unknown", min(unknown))
    if len(words) > LONGEST:
        raise Refused("heavy")
    return words


def _words(environment: Environment, source: str, values: Mapping[str, str]) -> str:
    """Autoescape answers with markup; a run of Word holds plain words and escapes them itself."""
    tokens = environment.lex(source)
    safe = "".join(str(escape(w)) if kind == "data" else w for _line, kind, w in tokens)
    return Markup(environment.from_string(safe).render(values)).unescape()  # noqa: S704


def answer(order: Mapping[str, Any]) -> dict[str, str]:
    try:
        return {"content": base64.b64encode(fill(order)).decode()}
    except Refused as refused:
        return {"problem": refused.problem, "name": refused.name}
    except TOO_MUCH:
        return {"problem": "heavy", "name": ""}
    except Exception:  # Word would have mended it; python-docx cannot
        return {"problem": "broken", "name": ""}


def main() -> None:
    order = json.load(sys.stdin.buffer)
    rehearse()
    confine()
    sys.stdout.buffer.write(json.dumps(answer(order)).encode())


if __name__ == "__main__":
    main()
