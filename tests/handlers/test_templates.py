"""A community's own form of the meeting record: filled in a child process that can do nothing else."""

import base64
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from handlers.files import filling, record, template
from handlers.files.template import TemplateError
from handlers.texts.record import FIELDS
from records import jobs, templates
from records.calendar import CHINA
from records.database import Database
from tests.records.facts import START, USER_IDS, person, planned, settled

AT = datetime(2026, 11, 25, 16, 0, tzinfo=CHINA)
THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
FOR_REFERENCE = "电子记录仅作工作参考，以组织部门要求为准。"
VALUES = dict.fromkeys(FIELDS, "（待补充）") | {
    "名称": "11月工作会议",
    "主持人": "<b>李书明</b> & {{ 名称 }}",
    "议题": "1. 加装电梯\n2. 年底走访",
}
FORBIDDEN = "模板中有不允许的内容，没有执行。请只写栏目，例如“{{ 名称 }}”。"
WRONG = "模板中的栏目写法有误。请写成“{{ 名称 }}”这样，两边各两个花括号。"
HEAVY = "模板处理时间过长或内容过多。请精简后重新上传。"
LARGE = "模板过大，请删去图片等内容后重新上传（不超过2MB）。"
BROKEN = "打不开模板。请用 Word 另存为 .docx 后重新上传。"


def form(*paragraphs: str) -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def filled(content: bytes, *, first: tuple[str, ...] = ()) -> WordDocument:
    made = template.fill(content, VALUES, title="会议记录", first=first, made_at=AT)
    return Document(io.BytesIO(made))


def words(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def refused(content: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        filled(content)
    return str(caught.value)


def test_fields_are_filled_wherever_they_stand() -> None:
    document = Document()
    document.add_paragraph("会议：{{ 名称 }}（{{主持人}}）")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "{{ 议题 }}"
    document.sections[0].header.paragraphs[0].text = "{{ 名称 }}"

    found = filled(saved(document), first=("到会不足三分之二，会议未召开。", "补录"))

    assert words(found) == [
        "到会不足三分之二，会议未召开。",
        "补录",
        "会议：11月工作会议（<b>李书明</b> & {{ 名称 }}）",
        FOR_REFERENCE,
    ]
    assert found.tables[0].rows[0].cells[1].text == "1. 加装电梯\n2. 年底走访"
    assert found.sections[0].header.paragraphs[0].text == "11月工作会议"


def test_field_that_word_has_cut_into_pieces_is_one_and_keeps_the_others_bold() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("名称 & 地点：").bold = True
    for piece in ("{", "{ 名", "称 }", "}", "；"):
        paragraph.add_run(piece)
    paragraph.add_run("完").bold = True

    (line, _last) = filled(saved(document)).paragraphs

    assert [(run.text, run.bold) for run in line.runs if run.text] == [
        ("名称 & 地点：", True),
        ("11月工作会议", None),
        ("；", None),
        ("完", True),
    ]


def test_statement_over_several_pieces_is_followed() -> None:
    document = Document()
    paragraph = document.add_paragraph("{% if 缺席 == '无' %}全到")
    paragraph.add_run("{% else %}缺席：{{ 缺席 }} &lt; {% endif %}")

    assert words(filled(saved(document)))[0] == "缺席：（待补充） &lt; "


def test_field_in_a_text_box_and_in_a_link_is_filled() -> None:
    document = Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = (
        f"<w:r {space}><w:pict><w:txbxContent><w:p><w:r><w:t>{{{{ 名称 }}}}</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    link = f"<w:hyperlink {space}><w:r><w:t>{{{{ 名称 }}}}</w:t></w:r></w:hyperlink>"
    for xml in (box, link):
        document.add_paragraph()._p.append(parse_xml(xml))

    written = filled(saved(document)).element.xpath("//w:t")

    assert [one.text for one in written][:2] == ["11月工作会议", "11月工作会议"]


def test_form_filled_is_the_assistants_and_of_the_day_it_was_asked_for() -> None:
    properties = filled(form("{{ 名称 }}")).core_properties

    assert (properties.author, properties.title) == ("党务助手", "会议记录")
    assert properties.created == properties.modified == AT.astimezone(UTC)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ cycler.__init__.__globals__.os.popen('touch FILE').read() }}",
        "{{ self.__init__.__globals__.__builtins__.open('FILE', 'w') }}",
        "{{ 名称.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ (''|attr('__class__')).__mro__ }}",
        "{{ '{0.__class__.__init__.__globals__}'.format(名称) }}",
        "{{ ''['__class__'] }}",
        "{{ 名称|map(attribute='__class__')|first }}",
        "{% include 'FILE' %}",
        "{% import 'os' as os %}{{ os }}",
        "{% for key in [].__class__.__base__.__subclasses__() %}{{ key }}{% endfor %}",
        "{% set found = 名称.__class__ %}{{ found.mro() }}",
    ],
)
def test_template_that_tries_to_run_a_command_runs_nothing(attack: str, tmp_path: Path) -> None:
    file = tmp_path / "touched"

    sentence = refused(form(attack.replace("FILE", str(file))))

    assert sentence in {
        FORBIDDEN,
        WRONG,
        f"模板中的“cycler”不是会议记录的栏目。可用的栏目：{'、'.join(FIELDS)}。",
    }
    assert not file.exists()


def test_outside_the_sandbox_the_child_still_opens_and_starts_nothing(tmp_path: Path) -> None:
    """The second wall, should somebody find a way over the first."""
    pytest.importorskip("resource")
    attacks = {
        "open": f"open({str(tmp_path / 'touched')!r}, 'w')",
        "read": "open('/etc/passwd').read()",
        "popen": f"os.popen('touch {tmp_path / 'touched'}')",
        "socket": "socket.socket()",
        "memory": "bytearray(2 * 1024 ** 3)",
    }
    program = "\n".join(
        [
            "import os, socket, sys",
            f"sys.path.insert(0, {str(template.PROGRAM.parent)!r})",
            "import filling",
            "filling.confine()",
            *(
                line
                for name, attack in attacks.items()
                for line in (
                    "try:",
                    f"    {attack}",
                    f"    print({name!r})",
                    "except BaseException: pass",
                )
            ),
        ]
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=False, text=True
    )

    assert (done.stdout, done.returncode) == ("", 0), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_child_is_told_nothing_of_the_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spy = tmp_path / "filling.py"
    spy.write_text(
        "import base64, json, os, sys\n"
        "found = {'path': sys.path, 'environment': sorted(os.environ)}\n"
        "print(json.dumps({'content': base64.b64encode(json.dumps(found).encode()).decode()}))\n"
    )
    monkeypatch.setattr(template, "PROGRAM", spy)
    monkeypatch.setenv("TELEGRAM_TOKEN", "x")

    told = json.loads(template.fill(b"", {}, title="", first=(), made_at=AT))

    assert set(told["environment"]) <= {"LC_CTYPE", "SYSTEMROOT"}
    assert str(Path(__file__).parents[2]) not in told["path"]
    assert str(tmp_path) not in told["path"]


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        (
            "{{ 会议名称 }}",
            f"模板中的“会议名称”不是会议记录的栏目。可用的栏目：{'、'.join(FIELDS)}。",
        ),
        ("{{ 名称 ", WRONG),
        ("{{ 名称.长度 }}", WRONG),
        ("{% for 甲 in 名称 %}", WRONG),
        ("{{ 名称() }}", WRONG),
        ("{{ 1 // 0 }}", WRONG),
        ("{{ 'a' * (10 ** 10) }}", HEAVY),
        ("{{ 'a' * (10 ** 6) }}", HEAVY),
        ("{{ 9 ** (9 ** 9) }}", HEAVY),
        (
            "{% set l = [1] * 9999 %}"
            "{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}",
            HEAVY,
        ),
    ],
)
def test_template_that_cannot_be_filled_is_refused_with_what_to_do(
    paragraph: str, sentence: str
) -> None:
    assert refused(form(paragraph)) == sentence


UNPACKED = 100 * 1024 * 1024


def _bomb() -> bytes:
    """Small, but 100 MB unpacked."""
    return _with("word/document.xml", b" " * UNPACKED)


def _lying_bomb() -> bytes:
    """As above, but the directory of the archive says one byte."""
    return _bomb().replace(UNPACKED.to_bytes(4, "little"), (1).to_bytes(4, "little"))


def _billion_laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10)
    )
    body = (
        f'<!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><w:document xmlns:w="http://schemas.'
        'openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e9;</w:t></w:r>'
        "</w:p></w:body></w:document>"
    )
    return _with("word/document.xml", body.encode())


def _with(name: str, content: bytes) -> bytes:
    source, stream = zipfile.ZipFile(io.BytesIO(form("{{ 名称 }}"))), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.namelist():
            archive.writestr(entry, content if entry == name else source.read(entry))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (lambda: b"", {BROKEN}),
        (lambda: b"no zip at all", {BROKEN}),
        (lambda: form("{{ 名称 }}")[:2000], {BROKEN}),
        (lambda: _with("word/document.xml", b"<w:document"), {BROKEN}),
        (lambda: b"x" * (template.LARGEST + 1), {LARGE}),
        (_bomb, {LARGE}),
        (_lying_bomb, {BROKEN, LARGE}),
    ],
    ids=["empty", "no zip", "cut off", "no xml", "too large", "zip bomb", "lying zip bomb"],
)
def test_file_that_is_no_word_file_or_too_large_is_refused(
    content: Callable[[], bytes], sentences: set[str]
) -> None:
    assert refused(content()) in sentences


def test_laughing_xml_stays_small() -> None:
    try:
        found = words(filled(_billion_laughs()))
    except TemplateError:
        return
    assert len("".join(found)) < 1000


def test_child_that_takes_too_long_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sleeper = tmp_path / "filling.py"
    sleeper.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(template, "PROGRAM", sleeper)
    monkeypatch.setattr(template, "PATIENCE", 0.2)

    assert refused(form("{{ 名称 }}")) == HEAVY


def test_form_is_checked_before_it_is_kept() -> None:
    template.check(form("{{ 名称 }}", "{{ 记录人签字 }}"), at=AT)

    with pytest.raises(TemplateError):
        template.check(form("{{ 会议名称 }}"), at=AT)


def test_program_answers_as_it_does_in_the_child() -> None:
    order = {
        "template": base64.b64encode(form("{{ 名称 }}")).decode(),
        "values": VALUES,
        "first": [],
        "last": FOR_REFERENCE,
        "author": "党务助手",
        "title": "会议记录",
        "made_at": AT.astimezone(UTC).isoformat(),
    }

    answer = filling.answer(order)

    found = Document(io.BytesIO(base64.b64decode(answer["content"])))
    assert words(found) == ["11月工作会议", FOR_REFERENCE]


async def test_record_is_written_in_the_form_of_the_community(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker = await person(db, "王岚")
        await templates.put(db, form("老式样"), by=worker, at=AT)
        await templates.put(db, form("《{{ 名称 }}》记录", "到会：{{ 实到 }}"), by=worker, at=AT)
        meeting = await planned(db, THREE_PM, at=START)
        await record.order(db, meeting, chat_id=USER_IDS["王岚"], at=AT)
        job = await jobs.lease(db, owner="test")
        assert job is not None
        facts = await record.gather(db, job.body)

    message = record.render(facts)

    assert message.attachment is not None
    assert message.attachment.name == "幸福里社区大党委11月工作会议记录（11月25日）.docx"
    assert words(Document(io.BytesIO(message.attachment.content))) == [
        "《幸福里社区大党委11月工作会议》记录",
        "到会：（待补充）",
        FOR_REFERENCE,
    ]


async def test_record_takes_the_standard_form_where_the_own_one_fails(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker = await person(db, "王岚")
        await templates.put(db, b"no zip at all", by=worker, at=AT)
        meeting = await planned(db, THREE_PM, at=START)
        await record.order(db, meeting, chat_id=USER_IDS["王岚"], at=AT)
        job = await jobs.lease(db, owner="test")
        assert job is not None
        facts = await record.gather(db, job.body)
        await templates.drop(db, by=worker, at=AT)
        assert await templates.of(db, facts.community.id) is None

    message = record.render(facts)

    assert message.text.plain.splitlines() == [
        BROKEN,
        "本社区的模板没有用上，会议记录草稿已按标准格式生成。",
        FOR_REFERENCE,
    ]
    assert message.attachment is not None
    standard = Document(io.BytesIO(message.attachment.content))
    assert words(standard)[0] == "幸福里社区大党委11月工作会议记录"
