"""Rules about the repository itself."""

import re
import subprocess
from pathlib import Path

import pytest

from surveyapp import __version__

ROOT = Path(__file__).parents[2]


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listing.split("\0") if name]


def test_every_test_file_mirrors_a_module() -> None:
    rooms = {"house", "journeys"}
    orphans = []
    for test in (ROOT / "tests").rglob("test_*.py"):
        relative = test.relative_to(ROOT / "tests")
        if relative.parts[0] in rooms or relative.name.startswith(("test_hostile_", "test_rights")):
            continue  # hostile input is held against a whole room at once, and who may what against all of them
        module = ROOT / "surveyapp" / relative.parent / relative.name.removeprefix("test_")
        nearest = [module, module.with_suffix("")]
        if not any(path.exists() for path in nearest):
            orphans.append(str(relative))
    assert orphans == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-tools.lock"])
def test_a_python_lock_file_has_a_hash_for_everything_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9-]+==[^\n]*\\\n((?:    --hash=[^\n]*\n)+)", lock, flags=re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-z0-9-]+==", lock, flags=re.MULTILINE)) > 0
    assert "://" not in lock


def test_the_lock_file_of_the_styles_has_no_registry_address() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_nothing_in_the_repository_carries_a_machine_path_or_a_package_registry() -> None:
    forbidden = re.compile(r"/(?:work|home/[a-z]+|root)/[a-z]|registry\.npmjs|pypi\.org/simple|files\.pythonhosted")
    faults = []
    for path in tracked():
        if path.suffix in {".png", ".woff2", ".ttf"} or path == Path(__file__) or not path.exists():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if forbidden.search(line):
                faults.append(f"{path.relative_to(ROOT)}:{number}")
    assert faults == []


def test_the_newest_heading_of_the_changelog_is_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, flags=re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == __version__
    assert f"softwareVersion: {__version__}" in (ROOT / "publiccode.yml").read_text(encoding="utf-8")


def test_no_data_of_anybody_is_in_the_repository() -> None:
    assert [str(path) for path in tracked() if path.suffix in {".db", ".sqlite", ".sav", ".xlsx"}] == []
