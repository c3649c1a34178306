"""The lock pins every package with its hashes, says nothing about where they come from, and fits pyproject.toml."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

PACKAGE = re.compile(
    r"(?P<name>[a-z0-9-]+)(?P<extras>\[[a-z,]+\])?==(?P<version>[A-Za-z0-9.]+)(?: ; [^\\\n]+)? \\\n"
    r"    --hash=sha256:[0-9a-f]{64}(?: \\\n    --hash=sha256:[0-9a-f]{64})*\n"
)


def test_lock_is_made_of_pinned_packages_with_hashes_and_nothing_else() -> None:
    assert PACKAGE.sub("", LOCK) == ""


def test_lock_names_no_address_and_no_option() -> None:
    assert re.findall(r"://|^-.*", LOCK, re.MULTILINE) == []


def test_lock_has_a_fitting_version_of_all_that_the_project_asks_for() -> None:
    pinned = {package["name"]: package["version"] for package in PACKAGE.finditer(LOCK)}
    groups = PROJECT["dependency-groups"]
    asked_for = [
        Requirement(line)
        for line in (*PROJECT["project"]["dependencies"], *groups["test"], *groups["dev"])
        if isinstance(line, str)
    ]

    unmet = [
        str(wanted)
        for wanted in asked_for
        if not wanted.specifier.contains(pinned.get(canonicalize_name(wanted.name), "0"))
    ]

    assert unmet == []


def test_lock_keeps_the_extras_that_packages_ask_of_each_other() -> None:
    """Without them pip 23 looks for the newest release of a package with extras, and finds it unpinned."""
    extras = {package["name"]: package["extras"] for package in PACKAGE.finditer(LOCK)}

    assert extras["coverage"] == "[toml]"
