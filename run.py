"""Makes the environment once, then hands over to the bot or to pytest. Standard library only.

The syntax is that of Python 3.6, so that an old Python reads as far as the sentence that refuses it.
"""

import contextlib
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / ".prepared"  # written last: without it the environment is half made
TURN = ENVIRONMENT / ".preparing"  # locked by the one who prepares

NO_PIP = "这个 Python 没有 pip。请先安装（Debian、Ubuntu：apt install python3-pip）后再试。"
REASONS = (  # what pip or the system writes, and what to do about it
    (r"No space left|not enough space", "磁盘空间不足。请腾出约 1 GB 后再试。"),
    (r"[Pp]ermission ?denied|Read-only", f"没有写入权限。请检查 {ROOT} 的目录权限后再试。"),
    (r"DO NOT MATCH THE HASHES", "软件包与 requirements.lock 不符。请换一个 pip 软件源后再试。"),
    (
        r"No matching distribution|Could not fetch|[Cc]onnect|timed out|ProxyError|SSLError",
        "没能下载所需的软件包。请检查网络和 pip 的软件源设置后再试。",
    ),
)
# The address of a package index may carry a password.
ADDRESS = re.compile(r"\w+://[^\s']+|(host=|resolve |located at |--trusted-host )\S+")


class CannotPrepare(Exception):
    """The sentence that says what is missing and what to do about it."""


def say(sentence: str) -> None:
    """Say it on stderr, in UTF-8 whatever the locale: stdout carries results only."""
    sys.stderr.buffer.write(f"{sentence}{os.linesep}".encode("utf-8", "replace"))
    sys.stderr.flush()


def expected_stamp() -> str:
    """Another lock, another Python or another folder asks for another environment."""
    made_for = f"{sys.implementation.cache_tag} {ROOT}\n"
    return hashlib.sha256(os.fsencode(made_for) + REQUIREMENTS.read_bytes()).hexdigest()


def is_prepared() -> bool:
    expected = expected_stamp()
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == expected


def prepare() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 — said to the Pythons it refuses
        running = sys.version.split()[0]
        raise CannotPrepare(f"需要 Python 3.11 或更新版本，当前是 {running}。请安装后再试。")
    if is_prepared():
        return
    ENVIRONMENT.mkdir(exist_ok=True)
    with turn():
        if is_prepared():  # by the one we waited for
            return
        say("正在准备运行环境（只需一次，约一分钟）……")
        clear()
        create()
        install()
        STAMP.write_text(expected_stamp())
        say("运行环境已准备好。")


@contextlib.contextmanager
def turn() -> "Iterator[None]":
    """Let one start prepare at a time.

    pip inherits the lock: where we are killed and it lives on, the next start waits for it.
    """
    with TURN.open("a") as lock:
        os.set_inheritable(lock.fileno(), True)  # noqa: FBT003 — takes no keyword
        if not take(lock.fileno(), wait=False):
            say("另一个窗口正在准备运行环境，请稍候……")
            while not take(lock.fileno(), wait=True):
                pass  # Windows gives up after ten seconds, and is asked again
        yield


def take(lock: int, *, wait: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as refusal:
        if refusal.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            raise
        return False
    return True


def clear() -> None:
    """Take away an older or half-made environment, the stamp first and the lock never."""
    for entry in sorted(ENVIRONMENT.iterdir(), key=lambda entry: entry != STAMP):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(str(entry))
        elif entry != TURN:
            entry.unlink()


def create() -> None:
    """Make an environment with a pip in it, also where Debian has taken ensurepip out."""
    try:
        import venv
    except ImportError:
        raise CannotPrepare(NO_PIP) from None
    venv.EnvBuilder(symlinks=os.name != "nt").create(str(ENVIRONMENT))
    if run_inside("ensurepip", "--default-pip").returncode == 0:
        return
    outside = importlib.util.find_spec("pip")
    if outside is None or outside.origin is None:
        raise CannotPrepare(NO_PIP)
    inside = Path(sysconfig.get_path("purelib", "venv", {"base": str(ENVIRONMENT)})) / "pip"
    shutil.rmtree(str(inside), ignore_errors=True)
    shutil.copytree(str(Path(outside.origin).parent), str(inside))


def install() -> None:
    # Every package is pinned with its hash; jieba alone is built here, from source.
    pip = ["pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    done = run_inside(*pip, "--use-pep517", "--require-hashes", "-r", str(REQUIREMENTS))
    if done.returncode == 0:
        return
    output = done.stdout.decode("utf-8", "replace")
    say("\n".join(ADDRESS.sub("（地址略）", output).strip().splitlines()[-5:]))
    raise CannotPrepare(explain(output, "没能安装所需的软件包，原因见上面几行。请解决后再试。"))


def explain(output: str, otherwise: str) -> str:
    return next((then for cause, then in REASONS if re.search(cause, output)), otherwise)


def run_inside(*module: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a module in the new environment, apart from the user's own packages (`-I`)."""
    return subprocess.run(
        [str(PYTHON), "-I", "-X", "utf8", "-m", *module],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        close_fds=False,
        check=False,
    )


def hand_over(*module: str) -> int:
    """Become `python -m …` in the project's folder, with its signals and its exit code."""
    os.chdir(str(ROOT))
    os.environ["PYTHONUTF8"] = "1"
    command = [str(PYTHON), "-m", *module]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 — no shell is wanted
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the child's
    return subprocess.run(command, check=False).returncode


def main(arguments: "list[str]") -> int:
    try:
        prepare()
    except CannotPrepare as missing:
        say(str(missing))
        return 1
    except OSError as error:
        unknown = f"无法准备运行环境（{error}）。请检查程序文件夹是否完整、可写后再试。"
        say(explain(str(error), unknown))
        return 1
    except KeyboardInterrupt:
        say("已中断。再次运行时会从头准备。")
        return 1
    if arguments == ["prepare"]:
        return 0
    if arguments[:1] == ["test"]:
        return hand_over("pytest", *arguments[1:])
    return hand_over("bot", *(arguments or ["rehearse"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
