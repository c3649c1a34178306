"""`run.py` as a newcomer meets it: real starts of a small copy of the project, without a network."""

import ast
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

RUN = Path(__file__).parent.parent / "run.py"

PREPARING = "正在准备运行环境（只需一次，约一分钟）……"
PREPARED = "运行环境已准备好。"
WAITING = "另一个窗口正在准备运行环境，请稍候……"
NO_PIP = "这个 Python 没有 pip。请先安装（Debian、Ubuntu：apt install python3-pip）后再试。"
NO_NETWORK = "没能下载所需的软件包。请检查网络和 pip 的软件源设置后再试。"
OTHER_PACKAGE = "软件包与 requirements.lock 不符。请换一个 pip 软件源后再试。"

# Stands for the bot and for pytest: says what the locked package taught it and what it was asked.
ANSWERING = """
import os, sys, greeting
print(greeting.WORDS, *sys.argv[1:])
if "--pid" in sys.argv:
    print(os.getpid())
sys.exit(2 if "--oops" in sys.argv else 0)
"""


@dataclass(frozen=True)
class Heard:
    code: int
    results: str
    progress: list[str]


@dataclass(frozen=True)
class Project:
    """A copy of the project whose lock asks for one small package, found in a folder beside it."""

    folder: Path
    python: Path = Path(sys.executable)

    @property
    def environment(self) -> Path:
        return self.folder / ".venv"

    @property
    def lock(self) -> Path:
        return self.folder / "requirements.lock"

    def begin(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        found_in = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": (self.folder / "packages").as_uri()}
        return subprocess.Popen(
            [self.python, self.folder / "run.py", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=self.folder.parent,
            env=own
            | {"PIP_CONFIG_FILE": os.devnull, "PYTHONNOUSERSITE": "1"}
            | (settings or found_in),
        )

    def start(self, *arguments: str, **settings: str) -> Heard:
        return heard(self.begin(*arguments, **settings))


def heard(start: subprocess.Popen[str]) -> Heard:
    results, progress = start.communicate()
    return Heard(start.returncode, results, progress.splitlines())


def copy_of_the_project(folder: Path) -> Project:
    (folder / "bot").mkdir(parents=True)
    shutil.copy(RUN, folder)
    for module in ("bot/__main__.py", "pytest.py"):
        (folder / module).write_text(ANSWERING, encoding="utf-8")
    package = folder / "packages" / "greeting-1.0-py3-none-any.whl"
    package.parent.mkdir()
    files = {
        "greeting.py": 'WORDS = "你好"\n',
        "greeting-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n",
        "greeting-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "greeting-1.0.dist-info/RECORD": "greeting.py,,\n",
    }
    with zipfile.ZipFile(package, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    pinned = hashlib.sha256(package.read_bytes()).hexdigest()
    (folder / "requirements.lock").write_text(f"greeting==1.0 --hash=sha256:{pinned}\n")
    return Project(folder)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copy_of_the_project(tmp_path / "党务 助手")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Prepared once, and then without its pip: a later start that wants to install cannot."""
    project = copy_of_the_project(tmp_path_factory.mktemp("prepared") / "党务 助手")
    assert project.start() == Heard(0, "你好 rehearse\n", [PREPARING, PREPARED])
    (pip,) = project.environment.rglob("site-packages/pip")
    shutil.rmtree(pip)
    return project


def test_second_start_installs_nothing_and_says_nothing(prepared: Project) -> None:
    assert prepared.start() == Heard(0, "你好 rehearse\n", [])


def test_prepare_alone_starts_nothing(prepared: Project) -> None:
    assert prepared.start("prepare") == Heard(0, "", [])


def test_arguments_and_exit_code_are_the_bots(prepared: Project) -> None:
    assert prepared.start("ask", "多久 开会？", "--oops") == Heard(
        2, "你好 ask 多久 开会？ --oops\n", []
    )


def test_arguments_and_exit_code_are_the_tests(prepared: Project) -> None:
    assert prepared.start("test", "-k", "attend") == Heard(0, "你好 -k attend\n", [])
    assert prepared.start("test", "--oops") == Heard(2, "你好 --oops\n", [])


def test_results_are_utf8_in_a_locale_that_knows_only_ascii(prepared: Project) -> None:
    assert prepared.start("ask", LC_ALL="C") == Heard(0, "你好 ask\n", [])


@pytest.mark.skipif(os.name == "nt", reason="Windows 不能原地换成另一个程序")
def test_bot_takes_the_place_of_run_so_that_signals_reach_it(prepared: Project) -> None:
    start = prepared.begin("--pid")

    assert heard(start) == Heard(0, f"你好 --pid\n{start.pid}\n", [])


def test_without_network_nothing_is_left_half_made(project: Project) -> None:
    unreachable = "http://clerk:secret@127.0.0.1:9/simple"

    refused = project.start(PIP_INDEX_URL=unreachable, PIP_RETRIES="0")

    assert (refused.code, refused.results) == (1, "")
    assert (refused.progress[0], refused.progress[-1]) == (PREPARING, NO_NETWORK)
    assert not [line for line in refused.progress if "secret" in line or "://" in line]
    assert project.start() == Heard(0, "你好 rehearse\n", [PREPARING, PREPARED])


def test_changed_lock_makes_the_environment_anew(project: Project) -> None:
    project.environment.mkdir()
    (project.environment / ".prepared").write_text("for another lock")
    (project.environment / "left over").write_text("from before")
    project.lock.write_text(f"greeting==1.0 --hash=sha256:{'0' * 64}\n")

    refused = project.start()

    assert (refused.code, refused.results) == (1, "")
    assert (refused.progress[0], refused.progress[-1]) == (PREPARING, OTHER_PACKAGE)
    assert not (project.environment / ".prepared").exists()
    assert not (project.environment / "left over").exists()


def test_environment_left_by_a_killed_start_is_made_anew(project: Project) -> None:
    with project.begin() as killed:
        assert killed.stderr is not None
        assert killed.stderr.readline() == f"{PREPARING}\n"
        killed.kill()

    again = project.start()

    again.progress[:] = [line for line in again.progress if line != WAITING]
    assert again == Heard(0, "你好 rehearse\n", [PREPARING, PREPARED])


def test_two_starts_at_once_prepare_once(project: Project) -> None:
    first, second = project.begin(), project.begin()

    both = [heard(first), heard(second)]

    assert [(start.code, start.results) for start in both] == [(0, "你好 rehearse\n")] * 2
    said = [line for start in both for line in start.progress if line != WAITING]
    assert said == [PREPARING, PREPARED]


def bare_python(folder: Path) -> Path:
    """A Python as Debian ships it: this one without ensurepip, and without pip."""
    library = Path(sysconfig.get_path("stdlib"))
    copied = folder / library.relative_to(sys.base_prefix)
    copied.mkdir(parents=True)
    for entry in library.iterdir():
        if entry.name not in {"ensurepip", "site-packages", "dist-packages"}:
            (copied / entry.name).symlink_to(entry)
    python = folder / "bin" / "python3"
    python.parent.mkdir()
    shutil.copy(Path(sys.executable).resolve(), python)
    return python


def packages_of(python: Path) -> Path:
    asked = [str(python), "-c", "import site; print(site.getsitepackages()[0])"]
    answer = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    if answer.returncode != 0:
        pytest.skip("这个 Python 不能复制，无法做出没有 ensurepip 的 Python")
    return Path(answer.stdout.strip())


@pytest.mark.skipif(os.name == "nt", reason="Windows 的 Python 总带着 ensurepip")
def test_python_without_pip_is_told_to_get_one(project: Project, tmp_path: Path) -> None:
    python = bare_python(tmp_path / "debian")
    packages_of(python)

    assert Project(project.folder, python).start() == Heard(1, "", [PREPARING, NO_PIP])


@pytest.mark.skipif(os.name == "nt", reason="Windows 的 Python 总带着 ensurepip")
def test_python_without_ensurepip_lends_its_pip(project: Project, tmp_path: Path) -> None:
    python = bare_python(tmp_path / "debian")
    pip = importlib.util.find_spec("pip")
    assert pip is not None
    assert pip.origin is not None
    shutil.copytree(Path(pip.origin).parent, packages_of(python) / "pip")

    start = Project(project.folder, python).start()

    assert start == Heard(0, "你好 rehearse\n", [PREPARING, PREPARED])


def test_folder_that_cannot_be_written_is_named(project: Project) -> None:
    project.environment.write_text("a file where the folder should be")

    refused = project.start()

    sentence = (
        f"无法准备运行环境（[Errno 17] File exists: '{project.environment}'）。"
        "请检查程序文件夹是否完整、可写后再试。"
    )
    assert refused == Heard(1, "", [sentence])


def old_python(version: str) -> tuple[Path, str]:
    """One of that version on this machine, and how it calls itself in full."""
    found = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    named = shutil.which(f"python{version}")
    for python in (*found, *([Path(named)] if named else [])):
        asked = [str(python), "-c", "import sys; print(sys.version.split()[0])"]
        answer = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
        if answer.returncode == 0:
            return python, answer.stdout.strip()
    pytest.skip(f"这台机器没有 Python {version}")


@pytest.mark.parametrize("version", ["3.6", "3.7", "3.8", "3.9", "3.10"])
def test_old_python_is_told_which_one_is_needed(project: Project, version: str) -> None:
    python, in_full = old_python(version)

    assert Project(project.folder, python).start(LC_ALL="C") == Heard(
        1, "", [f"需要 Python 3.11 或更新版本，当前是 {in_full}。请安装后再试。"]
    )
    assert not project.environment.exists()


def test_old_python_can_read_the_whole_file() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 6))
