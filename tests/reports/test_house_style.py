"""A house style is design tokens and nothing else."""

from pathlib import Path

import pytest

from surveyapp.reports.house_style import LARGEST, check, files

GOOD = """/* Our blue:
   and larger letters */
:root {
  --basis-color-action-1-bg-default: #004699;
  --basis-text-font-size-md: clamp(1.125rem, 1rem + 0.5vw, 1.25rem);
  --basis-text-font-family-default: "Noto Sans", Arial, sans-serif; --x_y: var(--basis-space-block-md)
}
"""


def faults(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    file = tmp_path / "tokens.css"
    file.write_text(text, encoding="utf-8")
    return [(problem.line, problem.message) for problem in check(file)]


def test_tokens_are_fine(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []
    assert faults(tmp_path, "") == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (":root {\n  color: red;\n}", 2, "'color' is no token"),
        (":root { --a: red }\nmain { display: none }", 2, "'main {' is no place for tokens"),
        ('\n@import "elsewhere.css";', 2, "stands outside"),
        (":root {\n--a: url(x.png)\n}", 2, "fetches something"),
        (":root { --a: image-set('x' 1x) }", 1, "fetches something"),
        (":root { --a: \\75rl(x) }", 1, "letters, digits"),
        (":root { --a: red; } </style><script>", 1, "stands outside"),
        (":root { --a: <b> }", 1, "letters, digits"),
        (":root { --a: red !important }", 1, "letters, digits"),
        (":root { --a }", 1, "write '--name: value;'"),
        (":root { --a: ; }", 1, "write '--name: value;'"),
        (":root { --a: red;", 1, "is not closed"),
        (":root { --a: red; } }", 1, "closes nothing"),
        ("@media print { :root { --a: red } }", 1, "is no place for tokens"),
        (":root /* { --a: red }", 1, "no end"),
    ],
)
def test_anything_else_is_refused_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    found = faults(tmp_path, text)
    assert found
    assert found[0][0] == line
    assert words in found[0][1]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    assert [line for line, _ in faults(tmp_path, ":root {\ncolor: red;\n--a: url(x);\n--b: 1px;\nwidth: 1px\n}")] == [
        2,
        3,
        5,
    ]


def test_what_is_no_text_or_too_long_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "tokens.css"
    file.write_bytes(b":root { --a: \xff }")
    assert "UTF-8" in check(file)[0].message
    assert "more than" in faults(tmp_path, " " * (LARGEST + 1))[0][1]


def test_a_folder_is_searched_for_house_styles(tmp_path: Path) -> None:
    (tmp_path / "own/house-style").mkdir(parents=True)
    (tmp_path / "own/house-style/tokens.css").write_text(GOOD)
    (tmp_path / "own/tokens.css").write_text("not a house style")
    assert files(tmp_path) == (tmp_path / "own/house-style/tokens.css",)
