"""An author's recipe or text that does not work says where and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from surveyapp.errors import InvalidContent
from surveyapp.reports import recipe as recipes
from surveyapp.reports import wording as words
from surveyapp.reports.wording import Wording

Author = Callable[[str], Wording]


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Writes the Dutch text of a document of its own."""
    monkeypatch.setattr(words, "place", lambda kind: tmp_path / kind)
    (tmp_path / "letter").mkdir()

    def write(text: str) -> Wording:
        (tmp_path / "letter" / "text.nl.md.j2").write_text(text, encoding="utf-8")
        return Wording("letter", "nl")

    return write


def test_a_block_is_filled_in_with_numbers_as_readers_write_them(author: Author) -> None:
    text = author("{% block a %}{{ x | number }} {{ x | signed }} {{ y | percentage }} {{ z | number }}{% endblock %}")
    assert words.escaped("3,3") == "3\\,3"
    assert text.block("a", x=3.25, y=0.5, z=None) == "3\\,3 \\+3\\,3 50\\% –"


def test_a_mistake_in_the_text_is_told_with_its_line(author: Author) -> None:
    with pytest.raises(InvalidContent, match=r"letter/text.nl.md.j2.*line 2"):
        author("{% block a %}\n{% if %}\n{% endblock %}")


def test_a_block_that_the_recipe_asks_for_and_the_text_lacks_is_told(author: Author) -> None:
    with pytest.raises(InvalidContent, match="there is no block 'closing'"):
        author("{% block a %}{% endblock %}").block("closing")


def test_a_name_that_does_not_exist_is_told(author: Author) -> None:
    with pytest.raises(InvalidContent, match="block 'a': 'nobody' is undefined"):
        author("{% block a %}{{ nobody }}{% endblock %}").block("a")


@pytest.mark.parametrize("escape", ["''.__class__.__mro__", "x.__init__.__globals__", "().__class__.__bases__"])
def test_a_text_cannot_reach_out_of_its_sandbox(author: Author, escape: str) -> None:
    with pytest.raises(InvalidContent, match="report-text"):
        author("{% block a %}{{ " + escape + ".x }}{% endblock %}").block("a", x="y")


def test_a_language_without_a_text_gets_the_dutch_one(author: Author) -> None:
    author("{% block a %}Goedendag{% endblock %}")
    assert Wording("letter", "fy").block("a") == "Goedendag"


@pytest.mark.parametrize("text", ["audience: everybody\n", "sections: [\n"])
def test_a_recipe_that_does_not_work_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(recipes, "place", lambda kind: tmp_path / kind)
    (tmp_path / "letter").mkdir()
    (tmp_path / "letter" / "recipe.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidContent, match=r"letter/recipe.yaml"):
        recipes.recipe.__wrapped__("letter")
