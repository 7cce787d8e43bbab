"""The stylesheet keeps what pages use, and nothing else."""

import gzip
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "frontend/build.py"
LIBRARY = """
@charset "UTF-8";
/* .utrecht-comment { color: red } */
.utrecht-a, .utrecht-b:not(.utrecht-z):hover { color: var(--utrecht-a-color, var( --utrecht-fallback)) }
.utrecht-a .utrecht-b { margin: 0 }
.utrecht-a:is(:focus, :hover) { margin: 1px }
@media (min-width: 10rem) { .utrecht-a { margin: 2px } .utrecht-b { margin: 3px } }
@media print { .utrecht-b { margin: 4px } }
@keyframes turn { from { rotate: 0turn } }
body { margin: 9px }
"""


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend_build", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_rule_stays_when_all_its_classes_are_used(build: ModuleType) -> None:
    kept = build.pruned(LIBRARY, frozenset({"utrecht-a"}))
    assert ".utrecht-a{" in kept
    assert ".utrecht-a:is(:focus, :hover){" in kept
    assert "@media (min-width: 10rem){" in kept
    for gone in ("utrecht-b", "comment", "keyframes", "body", "charset", "print"):
        assert gone not in kept


def test_a_class_after_not_need_not_be_used(build: ModuleType) -> None:
    assert ".utrecht-b:not(.utrecht-z):hover{" in build.pruned(LIBRARY, frozenset({"utrecht-b"}))


def test_tokens_stay_with_the_tokens_that_they_need(build: ModuleType) -> None:
    theme = build.tokens(
        [".theme { --utrecht-a-color: var(--basis); --basis: #123; --unused: 1px; --utrecht-fallback: var(--deep) }",
         ":root { --deep: 2px; }"]
    )  # fmt: skip
    needed = build.needed_tokens(build.pruned(LIBRARY, frozenset({"utrecht-a"})), theme)
    assert needed == {
        "--utrecht-a-color": "var(--basis)",
        "--basis": "#123",
        "--utrecht-fallback": "var(--deep)",
        "--deep": "2px",
    }


def test_a_later_theme_overrides_the_neutral_one(build: ModuleType) -> None:
    css = build.stylesheet(LIBRARY, [".a{--utrecht-a-color:red}", ".b{--utrecht-a-color:green}"], "", ["utrecht-a"])
    assert ":root{--utrecht-a-color:green;}" in css


def test_what_the_build_wrote_is_small_and_complete() -> None:
    built = SCRIPT.parents[1] / "surveyapp/web/static/built"
    assert (built / "style.css.gz").stat().st_size < 16_000
    assert gzip.decompress((built / "style.css.gz").read_bytes()) == (built / "style.css").read_bytes()
    for name in ("fira-sans-400.woff2", "fira-sans-700.woff2", "fira-sans-400.ttf", "fira-sans-700.ttf"):
        assert (built / name).stat().st_size > 10_000
    assert {path.name for path in built.glob("*.LICENSE.txt")} == {
        "component-library.LICENSE.txt",
        "design-tokens.LICENSE.txt",
        "fira-sans.LICENSE.txt",
    }
