"""Words that break badly made pages come back exactly, or are refused and stand on the page again."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from surveyapp.actions import delegations
from surveyapp.models import Delegation, Evaluation, Organisation
from tests.web.naughty import Outline, harmless, kept, plain, refused, strings
from tests.web.respond.form import Page
from tests.web.respond.hostile import SECTIONS, Scene, fields
from tests.web.staff import Stage, drop_curtain, raise_curtain

STORABLE = [words for words in strings() if not refused(words) and kept(words)]
LONGEST_OTHER = 200


@pytest.fixture
def stages(tmp_path: Path, migrated_file: Path) -> Iterator[list[Stage]]:
    """Two applications, each with a database of its own."""
    raised = []
    for name in ("naughty", "harmless"):
        shutil.copyfile(migrated_file, tmp_path / f"{name}.db")
        raised.append(raise_curtain(f"sqlite:///{tmp_path / name}.db"))
    yield raised
    for stage in raised:
        drop_curtain(stage)


@cache
def posted(section: str) -> dict[str, str]:
    return fields(section, strings())


@cache
def expected(section: str) -> dict[str, str]:
    """What must be stored after a section was posted."""
    return {
        key: kept(words)
        for key, words in posted(section).items()
        if kept(words) and not refused(words) and not (key.endswith(".other") and len(words) > LONGEST_OTHER)
    }


def unkept(section: str) -> set[str]:
    """What holds words and cannot be stored."""
    return {key for key, words in posted(section).items() if kept(words) and key not in expected(section)}


def test_what_is_stored_is_what_was_posted_and_the_rest_is_told(stage: Stage) -> None:
    scene = Scene(stage, strings())
    scene.begin()
    for section in SECTIONS:
        answer = scene.post(section)
        assert answer.status_code == 422
        assert "Set-Cookie" not in answer.headers
        told = {link.removeprefix("#q-") for link in Page(answer.text).links if link.startswith("#q-")}
        unsaid = {key for key, words in posted(section).items() if key.endswith(".other") and not kept(words)}
        assert told == (unkept(section) | unsaid)
    assert scene.stored() == {key: value for section in SECTIONS for key, value in expected(section).items()}


def test_the_script_stores_the_same_and_says_what_it_could_not(stage: Stage) -> None:
    scene = Scene(stage, strings())
    scene.begin()
    for section in SECTIONS:
        told = scene.post(f"{section}/keep-answers").get_json()
        assert told["saved"]
        assert set(told["problems"]) == unkept(section)
    assert scene.stored() == {key: value for section in SECTIONS for key, value in expected(section).items()}


def test_fields_show_what_was_stored_exactly_and_what_was_refused_with_a_mark_for_what_cannot_be_shown(
    stages: list[Stage],
) -> None:
    scene = Scene(stages[0], strings())
    scene.begin()
    for section in SECTIONS:
        refusal = Page(scene.post(section).text)
        shown = dict(refusal.fields)
        for key, words in posted(section).items():
            if key in expected(section) or not kept(words):
                assert shown[key] == kept(words), key
            else:
                assert len(shown[key]) == len(words), key
                assert all(one == other or one == "\ufffd" for one, other in zip(shown[key], words, strict=True)), key
        again = dict(Page(scene.client.get(f"{scene.link}/{section}").text).fields)
        assert {key: again[key] for key in expected(section)} == expected(section)


def test_no_page_has_a_tag_or_an_attribute_more_than_with_harmless_words(stages: list[Stage]) -> None:
    scenes = [Scene(stages[0], strings()), Scene(stages[1], [harmless(words) for words in strings()])]
    for (name, naughty), (_name, quiet) in zip(scenes[0].shown(), scenes[1].shown(), strict=True):
        assert naughty.status_code == quiet.status_code, name
        found = Outline(naughty.text)
        assert found.tags == Outline(quiet.text).tags, name
        assert [*naughty.headers.keys()] == [*quiet.headers.keys()], name
        if name != "interview":
            read = "\n".join((found.text, *map(plain, found.values)))
            assert [words for words in STORABLE if plain(words) not in read] == [], name


def test_a_colleague_may_be_called_anything_that_can_be_printed(stages: list[Stage]) -> None:
    scene = Scene(stages[0], ("",))
    scene.begin()
    page, client = f"{scene.link}/brief/pass-on", scene.client
    usual: dict[tuple[int, bool], list[tuple[str, ...]]] = {}
    for name in ("Carla", *strings()):
        answer = client.post(page, data={"name": name, "email": "carla@almelo.example", "for": "nl"})
        outline = Outline(client.get(answer.headers["Location"]).text if answer.status_code == 303 else answer.text)
        assert outline.tags == usual.setdefault((answer.status_code, bool(name)), outline.tags), name
        if answer.status_code == 303:
            assert answer.headers["Location"] == page
            assert plain(name) in outline.text, name
            with scene.stage.database.session() as session:
                session.execute(delete(Delegation))
                session.commit()
        else:
            assert delegations.faults(name, "carla@almelo.example"), name
            typed = "".join("\ufffd" if refused(character) else character for character in name)
            assert typed in outline.values or not name, name


def test_places_and_studies_may_be_called_anything(stages: list[Stage]) -> None:
    scene = Scene(stages[0], ("",))
    scene.begin()
    client = scene.client
    usual: dict[str, list[tuple[str, ...]]] = {}
    for number, name in enumerate(("Almelo", *STORABLE)):
        with scene.stage.database.session() as session:
            session.execute(update(Organisation).where(Organisation.code == "GM0141").values(name=name))
            session.execute(update(Evaluation).where(Evaluation.slug == "samen").values(title={"nl": name}))
            session.commit()
        for path in ("", "/brief") if number % 10 == 0 else ("",):
            outline = Outline(client.get(f"{scene.link}{path}").text)
            assert outline.tags == usual.setdefault(path, outline.tags), name
            assert plain(name) in outline.text, name
