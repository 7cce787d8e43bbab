"""Languages: two of our own, and a third that is only a catalogue and content."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from sqlalchemy import select

from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Invitation, PromiseText
from surveyapp.models.database import Database
from surveyapp.questionnaires.edition import Edition
from surveyapp.web.language import spoken_by
from tests import cast
from tests.web.conftest import SECRET, Study
from tests.web.respond.form import Page, begin, follow

FRISIAN: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
    "Start": "Begjinne",
    "Save and continue": "Bewarje en fierder",
    "Thank you for your answers": "Tige tank foar jo antwurden",
    ("About %(num)s minute", "About %(num)s minutes"): ("Likernôch %(num)s minút", "Likernôch %(num)s minuten"),
}


def in_frisian_too(found: Any) -> Any:  # noqa: ANN401 - anything that JSON can hold
    """The same content with every text in Frisian as well."""
    if isinstance(found, dict):
        if isinstance(found.get("nl"), str):
            return {**found, "fy": f"fy: {found['nl']}"}
        return {key: in_frisian_too(value) for key, value in found.items()}
    return [in_frisian_too(value) for value in found] if isinstance(found, (list, tuple)) else found


def catalogue(folder: Path, language: str) -> None:
    """A compiled catalogue, as an owner puts it in their folder."""
    made = Catalog(locale=language)
    for sentence, translated in FRISIAN.items():
        made.add(sentence, translated)
    compiled = io.BytesIO()
    write_mo(compiled, made)
    place = folder / "translations" / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "messages.mo").write_bytes(compiled.getvalue())


@pytest.fixture
def link(database: Database) -> str:
    """An invitation to a questionnaire that speaks Frisian as well as Dutch, and no English."""
    document = in_frisian_too(cast.edition().model_dump(mode="json"))
    with database.session() as session:
        study = cast.study(session, asked=Edition.model_validate(document))
        token = study.tokens[study.invite(session, "governor").id]
        session.commit()
    return f"/r/{token}"


@pytest.fixture
def frisian(database_url: str, database: Database, tmp_path: Path) -> Iterator[Study]:
    """The application of an owner who added a language."""
    catalogue(tmp_path / "own", "fy")
    app = create_app(Settings(database_url=database_url, secret_key=SECRET, content=tmp_path / "own"))
    yield Study(app, database)
    app.extensions["surveyapp.database"].dispose()


def test_a_third_language_is_a_catalogue_and_content_all_the_way(frisian: Study, link: str) -> None:
    client = frisian.client()
    first = client.get(f"{link}?language=fy")
    assert '<html lang="fy">' in first.text
    assert "Begjinne" in first.text
    assert "Likernôch 2 minuten" in first.text
    assert "fy: Om te proberen." in first.text
    section = follow(client, client.post(link, data={"language": "fy"}))
    assert "fy: Goed?" in section.text
    assert "Bewarje en fierder" in section.text
    client.post(f"{link}/first", data={"t1_1": "4", "language": "fy"})
    look = client.get(f"{link}/check-answers?language=fy")
    assert "fy: Eerst" in look.text
    thanks = follow(client, client.post(f"{link}/check-answers", data={"language": "fy"}))
    assert "Tige tank foar jo antwurden" in thanks.text
    with frisian.database.session(readonly=True) as session:
        assert session.scalars(select(PromiseText.language)).all() == ["fy"]


def test_a_questionnaires_page_offers_only_what_the_questionnaire_speaks(frisian: Study, link: str) -> None:
    client = frisian.client()
    offered = set(Page(client.get(link).text).links)
    assert "?language=fy" in offered
    assert "?language=en" not in offered
    assert '<html lang="nl">' in client.get(f"{link}?language=en").text
    begin(client, link)
    buttons = Page(client.get(f"{link}/first").text).buttons
    assert "language-fy" in buttons
    assert "language-en" not in buttons


def test_other_pages_offer_every_language_under_its_own_name(frisian: Study) -> None:
    page = frisian.client().get("/privacy").text
    assert ">English</a>" in page
    assert ">Frysk</a>" in page
    assert ">Nederlands</a>" in frisian.client().get("/privacy?language=fy").text


def test_without_its_catalogue_a_language_is_not_spoken(settings: Settings, link: str) -> None:
    app = create_app(settings)
    assert '<html lang="nl">' in app.test_client().get(f"{link}?language=fy").text
    app.extensions["surveyapp.database"].dispose()


def test_switching_on_every_page_keeps_the_answers_and_the_choice(frisian: Study, link: str) -> None:
    client = frisian.client()
    begin(client, link)
    switched = client.post(f"{link}/first", data={"t1_1": "4", "t1_good": "Ja", "save-and": "language-fy"})
    assert switched.headers["Location"] == f"{link}/first?language=fy"
    page = Page(client.get(switched.headers["Location"]).text)
    assert page.checked == {"t1_1": "4"}
    assert page.texts["t1_good"] == "Ja"
    onward = client.post(f"{link}/first", data={"language": "fy", "save-and": "continue"})
    assert onward.headers["Location"].endswith("?language=fy")
    for name in ("check-answers", "to-be-continued", "withdraw-answers"):
        text = client.get(f"{link}/{name}?language=fy").text
        assert '<html lang="fy">' in text
        assert "?language=nl" in Page(text).links


def test_an_invitee_who_reads_a_third_language_gets_it_without_asking(frisian: Study, link: str) -> None:
    with frisian.database.session() as session:
        for invitation in session.scalars(select(Invitation)):
            if invitation.invitee is not None:
                invitation.invitee.language = "fy"
        session.commit()
    assert '<html lang="fy">' in frisian.client().get(link).text


def test_a_folder_that_is_no_language_is_passed_over(tmp_path: Path) -> None:
    catalogue(tmp_path, "fy")
    catalogue(tmp_path, "zz_nonsense")
    assert spoken_by([tmp_path / "translations"]) == {"nl": "Nederlands", "en": "English", "fy": "Frysk"}


@pytest.mark.parametrize(
    ("language", "minutes", "until"), [("nl", "Ongeveer 20 minuten", "23.59 uur"), ("en", "About 20 minutes", "23:59")]
)
def test_numbers_and_times_are_written_as_the_language_does(
    study: Study, language: str, minutes: str, until: str
) -> None:
    page = study.client().get(f"{study.invite()}?language={language}").text
    assert minutes in page
    assert until in page


def test_a_language_that_is_asked_for_with_anything_else_stays_out(study: Study) -> None:
    link = study.invite()
    for asked in ("xx", "../nl", "NL", "en;q=1", ""):
        assert '<html lang="nl">' in study.client().get(link, query_string={"language": asked}).text
