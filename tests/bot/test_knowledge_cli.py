"""`run.py knowledge`: documents brought in, listed, shown and withdrawn at the keyboard."""

from pathlib import Path

import pytest

from tests.bot.terminal import dangwu
from tests.handlers.documents import ANSWER, RULES, TITLE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "停车管理办法.txt"
    path.write_text(RULES, "utf-8")
    return path


def test_file_is_shown_agreed_to_and_published(environment: dict[str, str], file: Path) -> None:
    no = dangwu("knowledge", "add", file, env=environment, typed="n\n")
    assert (no.returncode, no.stdout) == (1, "")
    assert no.stderr.startswith(
        f"正在核对 {file.name}……\n《{TITLE}》可以收录，尚未发布。\n内容：按条款分为4条。\n"
    )
    assert no.stderr.endswith("是否发布（y/n）：没有发布，没有改动。\n")

    yes = dangwu("knowledge", "add", file, env=environment, typed="y\n")
    assert (yes.returncode, yes.stdout) == (0, "d1\n")
    assert yes.stderr.endswith(f"是否发布（y/n）：已发布《{TITLE}》，用于各社区。\n")
    listed = dangwu("knowledge", "list", env=environment)
    assert listed.stdout.splitlines() == [
        f"d1\t已发布\t各社区\t第1版\t{TITLE}",
        "reg\t随助手提供\t各社区\t第1版\t重庆市街道社区党组织工作规定",
        "faq\t随助手提供\t各社区\t第1版\t社区“大党委”问答",
    ]


def test_card_is_given_in_options_and_a_version_replaced(
    environment: dict[str, str], file: Path
) -> None:
    dangwu("knowledge", "add", file, "--yes", env=environment)
    file.write_text(RULES.replace("四小时", "六小时"), "utf-8")
    options = ("--date", "2026-06-08", "--region", "幸福里社区", "--status", "现行有效")
    added = dangwu("knowledge", "add", file, "--yes", "--replaces", "d1", *options, env=environment)
    assert (added.returncode, added.stdout) == (0, "d2\n")

    shown = dangwu("knowledge", "show", "d2", "--text", env=environment)
    assert shown.stdout.startswith(
        f"《{TITLE}》　第2版\n文号：幸居委〔2026〕3号\n发文机关：未载明\n日期：2026年6月8日\n"
        "适用地域：幸福里社区\n来源：上传的文件“停车管理办法.txt”\n效力状态：现行有效\n"
    )
    assert f"\n\n第四条 {ANSWER.replace('四', '六')}。\n" in shown.stdout
    listed = dangwu("knowledge", "list", env=environment)
    assert listed.stdout.splitlines()[1] == f"d1\t已被取代\t各社区\t第1版\t{TITLE}"


def test_of_several_files_the_bad_one_is_named(
    environment: dict[str, str], file: Path, tmp_path: Path
) -> None:
    old = tmp_path / "通知.wps"
    old.write_bytes(b"old")
    added = dangwu("knowledge", "add", old, tmp_path / "无.txt", file, "--yes", env=environment)

    assert (added.returncode, added.stdout) == (1, "d1\n")
    assert "通知.wps：WPS 格式的文件不能读取。请另存为 .docx 后再发。\n" in added.stderr
    assert "无.txt：打不开文件。请核对文件名和权限。\n" in added.stderr
    again = dangwu("knowledge", "add", file, "--yes", env=environment)
    assert again.stderr.endswith(f"{file.name}：《{TITLE}》已收录，内容相同，不再重复收录。\n")


def test_wrong_calls_get_a_sentence(environment: dict[str, str], file: Path) -> None:
    for words, sentence in (
        (
            ("add", file, "--status", "有效"),
            "“效力状态”不能是“有效”。请写现行有效、是否现行有效待核实、参考材料中的一项。",
        ),
        (
            ("add", file, "--community", "光明社区"),
            "没有社区“光明社区”。请核对名称，或先用 community import 导入名册。",
        ),
        (
            ("add", file, file, "--title", "办法"),
            "--title、--number、--date 和 --replaces 每次只用于一个文件。请分次收录。",
        ),
        (("show", "d9"), "没有编号为 d9 的文件。编号请用 knowledge list 查看。"),
        (("withdraw", "reg"), "没有编号为 reg 的文件。编号请用 knowledge list 查看。"),
    ):
        wrong = dangwu("knowledge", *words, env=environment)
        assert (wrong.returncode, wrong.stdout, wrong.stderr) == (1, "", sentence + "\n")


def test_what_is_past_its_end_is_marked_until_it_is_confirmed(
    environment: dict[str, str], file: Path
) -> None:
    dangwu("knowledge", "add", file, "--valid-until", "2020年1月1日", "--yes", env=environment)
    listed = dangwu("knowledge", "list", env=environment).stdout.splitlines()
    assert listed[0] == f"d1\t已发布，请核对是否仍然有效\t各社区\t第1版\t{TITLE}"

    confirmed = dangwu("knowledge", "confirm", "d1", env=environment)
    assert confirmed.stdout == f"《{TITLE}》仍然有效，已登记，一年后再请核对。\n"
    listed = dangwu("knowledge", "list", env=environment).stdout.splitlines()
    assert listed[0] == f"d1\t已发布\t各社区\t第1版\t{TITLE}"

    dangwu("knowledge", "withdraw", "d1", "--yes", env=environment)
    gone = dangwu("knowledge", "confirm", "d1", env=environment)
    assert (gone.returncode, gone.stderr) == (1, f"《{TITLE}》已撤回，不需要核对。\n")


def test_withdrawal_is_asked_once_and_verified(environment: dict[str, str], file: Path) -> None:
    dangwu("knowledge", "add", file, "--yes", env=environment)
    no = dangwu("knowledge", "withdraw", "d1", env=environment, typed="")
    assert (no.returncode, no.stdout) == (0, "没有撤回，没有改动。\n")

    gone = dangwu("knowledge", "withdraw", "d1", "--yes", env=environment)
    assert (gone.returncode, gone.stdout) == (
        0,
        f"《{TITLE}》\n已撤回，核验：答复、检索、原文均已查不到。\n",
    )
    again = dangwu("knowledge", "withdraw", "d1", "--yes", env=environment)
    assert (again.returncode, again.stderr) == (
        1,
        f"《{TITLE}》没有发布或已撤回，不需要撤回。\n",
    )
    shown = dangwu("knowledge", "show", "d1", "--text", env=environment)
    assert shown.stdout.endswith("状态：已撤回\n")
