"""`run.py ask`: one question or a file of them, to the shipped documents and those that the operator published."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.bot.terminal import dangwu
from tests.handlers.documents import ANSWER, RULES, TITLE

FIELDS = ["id", "answer", "citation", "highlight", "suggestions", "suggested", "text", "ms"]
PARKING = "访客车辆停放不得超过几小时"


def asked_at_once(
    questions: Mapping[str, str], folder: Path, env: Mapping[str, str]
) -> dict[str, Any]:
    """The row of each question, by its id."""
    file = folder / "questions.jsonl"
    lines = [json.dumps({"id": name, "q": words}) for name, words in questions.items()]
    file.write_text("\n".join(lines), "utf-8")
    asked = dangwu("ask", "--batch", file, env=env)
    assert (asked.returncode, asked.stderr) == (0, "")
    rows = map(json.loads, asked.stdout.splitlines())
    return {row["id"]: row for row in rows}


def test_one_question_prints_one_answer_and_nothing_else(environment: dict[str, str]) -> None:
    asked = dangwu("ask", "民主生活会", "每年召开几次", env=environment)

    assert (asked.returncode, asked.stderr) == (0, "")
    assert "每年应召开一次民主生活会" in asked.stdout.splitlines()[0]
    assert asked.stdout.splitlines()[-1].startswith(
        "出处：《重庆市街道社区党组织工作规定》第二十二条"
    )


def test_batch_answers_line_by_line_in_the_scorers_form(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '{"id": "a", "q": "民主生活会每年召开几次"}\n\n'
        '{"id": "b", "q": "会上干些什么", "follows": "a"}\n'
        '{"id": "c", "q": "明天下不下雨"}\n',
        "utf-8",
    )
    asked = dangwu("ask", "--batch", file, env=environment)
    rows = [json.loads(line) for line in asked.stdout.splitlines()]

    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert all(list(row) == FIELDS for row in rows)
    assert (rows[0]["answer"], rows[2]["answer"]) == ("reg-22", None)
    assert rows[0]["citation"] == "《重庆市街道社区党组织工作规定》第二十二条"
    assert rows[2]["citation"] is None
    assert rows[0]["highlight"] in rows[0]["text"]
    assert rows[2]["text"].startswith("已收录的文件中未找到相关规定")


@pytest.mark.parametrize("content", ["not json\n", '{"id": 1}\n', "[]\n"])
def test_batch_that_cannot_be_read_names_the_line(
    environment: dict[str, str], tmp_path: Path, content: str
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(content, "utf-8")
    asked = dangwu("ask", "--batch", file, env=environment)

    assert (asked.returncode, asked.stdout) == (1, "")
    assert "第1行不是" in asked.stderr


def test_documents_that_the_operator_published_are_asked_too(
    environment: dict[str, str], tmp_path: Path
) -> None:
    document = tmp_path / "停车管理办法.txt"
    document.write_text(RULES, "utf-8")
    assert dangwu("knowledge", "add", document, "--yes", env=environment).stdout == "d1\n"

    questions = {"a": PARKING, "b": "民主生活会每年召开几次", "c": "兼职委员"}
    rows = asked_at_once(questions, tmp_path, environment)
    assert (rows["a"]["answer"], rows["a"]["citation"]) == ("d1-4", f"《{TITLE}》第四条")
    assert rows["a"]["highlight"] == ANSWER
    assert rows["b"]["citation"] == "《重庆市街道社区党组织工作规定》第二十二条"
    assert rows["c"]["answer"] is None
    assert rows["c"]["suggestions"][0] == "faq-2"
    assert rows["c"]["suggested"][0] == "《社区“大党委”问答》第2问"
    said = dangwu("ask", PARKING, env=environment)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith(ANSWER)

    dangwu("knowledge", "withdraw", "d1", "--yes", env=environment)
    rows = asked_at_once(questions, tmp_path, environment)
    assert (rows["a"]["answer"], rows["a"]["citation"]) == (None, None)


def test_documents_of_one_community_and_past_their_end_are_not_asked(
    environment: dict[str, str], tmp_path: Path
) -> None:
    roster, document = tmp_path / "名册.xlsx", tmp_path / "停车管理办法.txt"
    document.write_text(RULES, "utf-8")
    dangwu("community", "template", roster, env=environment)
    dangwu("community", "import", roster, env=environment)
    for options in (("--community", "幸福里社区"), ("--valid-until", "2020-01-01")):
        added = dangwu("knowledge", "add", document, *options, "--yes", env=environment)
        assert added.returncode == 0

    rows = asked_at_once({"a": PARKING}, tmp_path, environment)
    assert (rows["a"]["answer"], rows["a"]["citation"]) == (None, None)


def test_asking_makes_no_database_where_there_is_none(
    environment: dict[str, str], tmp_path: Path
) -> None:
    assert dangwu("ask", PARKING, env=environment).returncode == 0
    assert not (tmp_path / "data").exists()


def test_database_that_cannot_be_read_gets_a_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "dangwu.sqlite3").write_bytes(b"no database" * 100)
    asked = dangwu("ask", PARKING, env=environment)

    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr.startswith("数据库打不开")
