"""What the document about security claims of tests is true of the tests."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", TEXT))
    assert len(named) > 40
    missing = []
    for path, name in sorted(named):
        file = ROOT / path
        if not file.exists() or (name and f"def {name}(" not in file.read_text(encoding="utf-8")):
            missing.append(f"{path}::{name}")
    assert missing == []


def test_every_other_file_and_page_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:web|models|docs|surveyapp)?/?[\w/-]+\.(?:py|md|sh|toml))`", TEXT))
    linked = {link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", TEXT)}
    assert {"web/headers.py", "access.py", "pyproject.toml"} <= named
    missing = [name for name in named if not ((ROOT / name).exists() or (ROOT / "surveyapp" / name).exists())]
    missing += [page for page in linked if not (ROOT / "docs" / page).exists()]
    assert missing == []


def test_every_chapter_of_the_standard_is_there() -> None:
    chapters = re.findall(r"V(\d+)", "\n".join(re.findall(r"^## .*$", TEXT, re.MULTILINE)))
    assert sorted(map(int, chapters)) == list(range(1, 18))


def test_what_is_open_is_said() -> None:
    assert TEXT.count("Open:") >= 5
