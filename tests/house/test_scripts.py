"""The script of the pages: it talks to nobody else, and keeps nothing in the browser."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "surveyapp/web/static"
MODULES = sorted(STATIC.glob("*.js"))
STAFF = sorted((STATIC / "staff").glob("*.js"))
BUILT = STATIC / "built/answering.js"
SEALS = "conversation.js"
"""Keeps notes of a conversation on the device while the network is away, encrypted."""
EVERY = [*MODULES, *STAFF, BUILT, *(STATIC / "built" / path.name for path in STAFF)]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_a_script_names_no_other_host_and_stores_nothing(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    assert len(script) > 100
    assert re.findall(r"https?:|//[\w-]+\.\w|wss?:|import\(", script) == []
    storing = r"localStorage|sessionStorage|\bcookie|\bcaches\b|serviceWorker|sendBeacon|CacheStorage"
    assert re.findall(storing, script) == []
    assert path.name == SEALS or "indexedDB" not in script


def test_the_one_script_that_stores_anything_seals_it_first() -> None:
    script = (STATIC / "staff" / SEALS).read_text(encoding="utf-8")
    assert re.findall(r"\.put\(\{(.*?)\}\)", script) == [" at: `${place} ${id}`, iv, sealed "]
    assert "sealed = await crypto.subtle.encrypt(" in script
    assert script.count("importKey(") == script.count("false, [") == 1


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_a_script_makes_no_code_or_markup_of_what_it_reads(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    assert re.findall(r"\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", script) == []


def test_a_script_listens_to_no_single_keys() -> None:
    for path in (*MODULES, *STAFF):
        assert re.findall(r"keydown|keyup|keypress|accesskey", path.read_text(encoding="utf-8")) == []


def test_the_script_of_who_answers_is_small() -> None:
    assert sum(path.stat().st_size for path in MODULES) < 18_500
    assert BUILT.with_suffix(".js.gz").stat().st_size < 5_000
