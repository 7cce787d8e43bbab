"""The questionnaire on paper: for who was invited by name, per role for the team, and for nobody else."""

import re
from io import BytesIO

import pytest
from markupsafe import escape
from pypdf import PdfReader
from sqlalchemy import select

from surveyapp.models import Job, Rendering
from surveyapp.reports.paper_form import PaperForm
from surveyapp.web import renderings
from tests import cast
from tests.web.entry.entering import begin, opened, own_link
from tests.web.staff import Stage, shift

TEAM = "/evaluations/samen/paper-forms"

pytestmark = pytest.mark.usefixtures("study")


@pytest.fixture
def study(stage: Stage, regime: str, monkeypatch: pytest.MonkeyPatch) -> cast.Study:
    """Bram and Carla were invited; who asks for a document does not wait for it."""
    monkeypatch.setattr(renderings, "PATIENCE", 0.0)
    return opened(stage, regime)


def _text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def _kept(stage: Stage) -> list[Rendering]:
    with stage.database.session(readonly=True) as session:
        return list(session.scalars(select(Rendering).order_by(Rendering.id)))


def test_bram_finds_the_form_on_his_first_page_and_prints_it(stage: Stage, study: cast.Study) -> None:
    own, bram = own_link(stage, study), stage.client()
    first = bram.get(own).get_data(as_text=True)
    assert re.search(rf'<a [^>]*href="{own}/paper-form">Liever op papier\? \(PDF\)</a>', first)
    waiting = bram.get(f"{own}/paper-form")
    assert waiting.status_code == 503
    assert "Het formulier wordt gemaakt" in waiting.get_data(as_text=True)
    assert f'href="{own}/paper-form"' in waiting.get_data(as_text=True)
    stage.work()
    made = bram.get(f"{own}/paper-form")
    assert (made.status_code, made.mimetype) == (200, "application/pdf")
    printed = _text(made.data)
    assert "Van elke soort een vraag" in printed
    assert "Almelo" in printed
    assert "Bram" not in printed
    assert "Set-Cookie" not in made.headers


def test_the_promise_stands_on_it_word_for_word(stage: Stage, study: cast.Study) -> None:
    own, bram = own_link(stage, study), stage.client()
    bram.get(f"{own}/paper-form")
    page = bram.get(own).get_data(as_text=True)
    form = PaperForm.from_document(_kept(stage)[0].specification)
    for sentence in (form.summary, *(part.what for part in form.audiences), *form.besides):
        assert str(escape(sentence)) in page


def test_a_form_is_made_once_for_everybody_of_a_role_and_language(stage: Stage, study: cast.Study) -> None:
    own, bram = own_link(stage, study), stage.client()
    for _ in range(2):
        bram.get(f"{own}/paper-form")
    stage.work()
    bram.get(f"{own}/paper-form")
    stage.client().get(f"{own_link(stage, study, 'Carla')}/paper-form")
    found = _kept(stage)
    assert [(one.kind, one.audience, one.response_id, one.expires_at) for one in found] == (
        [("paper-form", "respondent", None, None)] * 2
    )
    with stage.database.session(readonly=True) as session:
        assert len(session.scalars(select(Job)).all()) == 2


def test_who_has_begun_or_is_being_entered_gets_no_form(stage: Stage, study: cast.Study) -> None:
    carla, visitor = own_link(stage, study, "Carla"), stage.client()
    visitor.post(carla, data={"begin": "yes"})
    assert visitor.get(f"{carla}/paper-form").status_code == 404
    assert "paper-form" not in visitor.get(carla).get_data(as_text=True)
    begin(stage)
    assert visitor.get(f"{own_link(stage, study)}/paper-form").status_code == 409


def test_a_closed_wave_has_no_form_and_a_link_that_is_not_one_neither(stage: Stage, study: cast.Study) -> None:
    assert stage.client().get("/r/unknown/paper-form").status_code == 404
    shift(stage, opens_at=-3, closes_at=-1)
    assert stage.client().get(f"{own_link(stage, study)}/paper-form").status_code == 410
    assert _kept(stage) == []


@pytest.mark.parametrize("regime", ["anonymous"])
def test_in_an_anonymous_wave_there_is_no_form(stage: Stage, study: cast.Study) -> None:
    with stage.database.session() as session:
        for name in ("Dina", "Emil", "Faas", "Gijs", "Hans"):
            for role in ("governor", "official"):
                study.invite(session, role, name=f"{name} {role}")
        session.commit()
    own, bram = own_link(stage, study), stage.client()
    assert bram.get(own).status_code == 200
    assert "paper-form" not in bram.get(own).get_data(as_text=True)
    assert bram.get(f"{own}/paper-form").status_code == 404
    assert stage.client("anna").get(f"{TEAM}/governor").status_code == 409
    assert _kept(stage) == []


def test_the_team_prints_a_form_per_role_that_names_no_organisation(stage: Stage) -> None:
    anna = stage.client("anna")
    assert anna.get(f"{TEAM}/official").status_code == 503
    stage.work()
    printed = _text(anna.get(f"{TEAM}/official").data)
    assert "de organisatie waarvoor u bent uitgenodigd" in printed
    assert "Almelo" not in printed
    assert anna.get(f"{TEAM}/nobody").status_code == 404


def test_what_was_made_for_others_is_not_reached_through_a_form(stage: Stage, study: cast.Study) -> None:
    """A respondent chooses no digest: the address says whose form it is, and the page what it shows."""
    own = own_link(stage, study)
    stage.client().get(f"{own}/paper-form?digest={'d' * 64}&audience=team")
    assert {one.audience for one in _kept(stage)} == {"respondent"}
