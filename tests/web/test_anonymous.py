"""Of an anonymous wave the research team sees what was published, and nothing before that or beside it."""

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp.actions import jobs, publications, responses, waves
from surveyapp.models import Evaluation, Rendering, Response, User, Wave
from surveyapp.queries import editions
from tests import cast
from tests.web.staff import Stage, admit_everybody, edition

WORDS = "Alleen ik weet dit"
"""Begins every open answer."""

SEES = 200
AWAY = 302
"""To the publication about the same."""
REFUSED = 409
NOT_THERE = 404
BEING_MADE = 503

PAGES: dict[str, tuple[str, int, int]] = {
    # endpoint: path, what it answers before publishing, what it answers after
    "evaluations.overview": ("", SEES, SEES),
    "results.heatmap": ("/scores", SEES, AWAY),
    "results.theme": ("/scores/themes/g1", SEES, AWAY),
    "results.statement": ("/scores/statements/g1_1", SEES, AWAY),
    "results.roles": ("/scores/roles", SEES, AWAY),
    "results.comparison": ("/scores/comparison", SEES, AWAY),
    "results.importance": ("/scores/importance", SEES, AWAY),
    "results.waves": ("/scores/waves", SEES, AWAY),
    "results.response": ("/scores/response", SEES, AWAY),
    "results.questions": ("/scores/questions", SEES, AWAY),
    "results.question": ("/scores/questions/g1_importance", SEES, AWAY),
    "results.map": ("/scores/map", SEES, AWAY),
    "results.maturity": ("/scores/maturity", SEES, AWAY),
    "results.reliability": ("/scores/reliability", SEES, SEES),
    "results.organisation": ("/scores/organisations/GM0141", SEES, AWAY),
    "results.download": ("/scores.csv", REFUSED, AWAY),
    "results.packed": ("/results.ods.zip", REFUSED, AWAY),
    "open_answers.index": ("/open-answers", SEES, SEES),
    "interviews.index": ("/interviews", SEES, SEES),
    "interviews.guide": ("/interviews/GM0141", SEES, SEES),
    "interviews.agenda": ("/interviews/GM0141/agenda", SEES, SEES),
    "interviews.beforehand_page": ("/interviews/GM0141/beforehand", SEES, SEES),
    "interviews.beforehand_file": ("/interviews/GM0141/beforehand.pdf", SEES, SEES),
    "interviews.planned": ("/interviews/planned", SEES, SEES),
    "interviews.plan": ("/interviews/GM0141/plan", SEES, SEES),
    "interviews.conversation": ("/interviews/conversations/1", NOT_THERE, NOT_THERE),
    "interviews.arrange": ("/interviews/conversations/1/arrange", NOT_THERE, NOT_THERE),
    "interviews.appointment": ("/interviews/conversations/1/appointment.ics", NOT_THERE, NOT_THERE),
    "interviews.report": ("/interviews/conversations/1/report", NOT_THERE, NOT_THERE),
    "interviews.printed": ("/interviews/GM0141.pdf", SEES, SEES),
    "publication.heatmap": ("/publication", SEES, SEES),
    "publication.theme": ("/publication/themes/g1", SEES, SEES),
    "publication.statement": ("/publication/statements/g1_1", SEES, SEES),
    "publication.roles": ("/publication/roles", SEES, SEES),
    "publication.comparison": ("/publication/comparison", SEES, SEES),
    "own.importance": ("/publication/organisations/GM0141/importance", SEES, SEES),
    "own.waves": ("/publication/organisations/GM0141/waves", SEES, SEES),
    "own.response": ("/publication/organisations/GM0141/response", SEES, SEES),
    "own.questions": ("/publication/organisations/GM0141/questions", SEES, SEES),
    "own.question": ("/publication/organisations/GM0141/questions/g1_importance", SEES, SEES),
    "own.maturity": ("/publication/organisations/GM0141/maturity", SEES, SEES),
    "own.theme": ("/publication/organisations/GM0141/themes/g1", SEES, SEES),
    "own.statement": ("/publication/organisations/GM0141/statements/g1_1", SEES, SEES),
    "own.roles": ("/publication/organisations/GM0141/roles", SEES, SEES),
    "publication.importance": ("/publication/importance", SEES, SEES),
    "publication.waves": ("/publication/waves", SEES, SEES),
    "publication.response": ("/publication/response", SEES, SEES),
    "publication.questions": ("/publication/questions", SEES, SEES),
    "publication.question": ("/publication/questions/g1_importance", SEES, SEES),
    "publication.map": ("/publication/map", SEES, SEES),
    "publication.maturity": ("/publication/maturity", SEES, SEES),
    "publication.organisation": ("/publication/organisations/GM0141", SEES, SEES),
    "publication.download": ("/publication/scores.csv", NOT_THERE, SEES),
    "publication.packed": ("/publication/results.ods.zip", NOT_THERE, SEES),
    "publication.own_packed": ("/publication/organisations/GM0141/results.ods.zip", NOT_THERE, SEES),
    "publication.own_download": ("/publication/organisations/GM0141/scores.csv", NOT_THERE, SEES),
    "reports.index": ("/reports", SEES, SEES),
    "reports.region": ("/reports/region.xlsx", NOT_THERE, BEING_MADE),
    "reports.organisation": ("/reports/organisations/GM0141.xlsx", NOT_THERE, BEING_MADE),
    "reports.texts": ("/reports/texts", SEES, SEES),
    "reports.text": ("/reports/texts/nl/summary", NOT_THERE, SEES),
    "pictures.team": ("/figures/team/none.svg", NOT_THERE, NOT_THERE),
    "pictures.interview": ("/figures/interviews/GM0141/none.svg", NOT_THERE, NOT_THERE),
    "pictures.lead": ("/figures/lead/none.svg", NOT_THERE, NOT_THERE),
    "pictures.organisation": ("/figures/organisations/GM0141/none.svg", NOT_THERE, NOT_THERE),
    "open_links.index": ("/open-links", SEES, SEES),
    "open_links.code": ("/open-links/1/qr-code.svg", NOT_THERE, NOT_THERE),
    "paper_forms.of_role": ("/paper-forms/official", REFUSED, REFUSED),
    "entry.index": ("/entry", REFUSED, REFUSED),
    "entry.landing": ("/entry/1", REFUSED, REFUSED),
    "entry.section": ("/entry/1/g1", REFUSED, REFUSED),
    "entry.check": ("/entry/1/check-answers", REFUSED, REFUSED),
    "entry.later": ("/entry/1/to-be-continued", REFUSED, REFUSED),
}
VERBS = {
    # endpoint: path, what it answers while the wave is open
    "entry.start": "/entry/1",
    "entry.save": "/entry/1/g1",
    "entry.keep": "/entry/1/g1/keep-answers",
    "entry.send": "/entry/1/check-answers",
    "entry.discard": "/entry/1/discard-answers",
}
OF_THE_WAVE = {
    *("reports.make_all", "reports.save_text", "reports.preview_text", "reports.read_over", "reports.clear_text"),
    *("interviews.change_agenda", "interviews.set_state", "interviews.keep_notes", "interviews.add_reference"),
    *("interviews.add_participant", "interviews.remove_participant"),
    *("evaluations.close", "evaluations.extend", "evaluations.reopen"),
    *("open_links.add", "open_links.reissue", "open_links.revoke"),
}
"""Verbs that say nothing of answers; they have tests of their own."""
OTHER_ROOMS = {
    "excluding",
    *("set_up", "people", "mail", "letters", "monitor", "count_links", "privacy", "log", "jobs", "staff"),
    *("approvals", "asking", "releases", "themes"),
    *("findings", "recommendations", "thread", "reviews"),
}
"""Rooms that know people, counts and acts but no answers, or (asking) refuse those of an anonymous wave; each has tests
of its own for that."""


def answered(stage: Stage) -> None:
    """Almelo: 2 governors and 6 officials, together; Borne: 12 officials; everybody wrote something."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition(), regime="anonymous")
        people = [study.invite(session, "governor") for _ in range(2)]
        people += [study.invite(session, "official") for _ in range(6)]
        people += [study.invite(session, "official", member=1) for _ in range(12)]
        for number, invitation in enumerate(people):
            begun = responses.start(session, invitation=invitation)
            asked = editions.by_digest(session, study.wave.edition_digest, begun.role).questionnaire
            given = {key: str(2 + number % 3) for key in asked.theme_of if asked.questions[key].asked_of(begun.role)}
            given["g1_good"] = f"{WORDS}: nummer {number}."
            responses.save(session, response=begun, questionnaire=asked, answers=given)
            responses.submit(session, response=begun, questionnaire=asked)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()


def close(stage: Stage, *, publish: bool = False) -> None:
    with stage.database.session() as session:
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        anna = session.scalars(select(User).where(User.name == "Anna")).one()
        waves.close(session, wave=wave, by=anna)
        if publish:
            publications.publish(session, wave=wave, by=anna)
        session.commit()


@pytest.fixture
def anonymous(stage: Stage) -> Stage:
    answered(stage)
    return stage


def visit(stage: Stage, who: str, path: str) -> TestResponse:
    return stage.client(who).get(f"/evaluations/samen{path}")


def test_every_page_and_verb_of_a_study_is_thought_of_here(anonymous: Stage) -> None:
    rules = [rule for rule in anonymous.app.url_map.iter_rules() if rule.rule.startswith("/evaluations/<slug>")]
    found = {rule.endpoint for rule in rules if rule.endpoint.partition(".")[0] not in OTHER_ROOMS}
    assert found == PAGES.keys() | VERBS.keys() | OF_THE_WAVE


@pytest.mark.parametrize("who", ["anna", "owner"])
def test_before_it_is_published_the_team_sees_no_answers_at_all(anonymous: Stage, who: str) -> None:
    for is_open in (True, False):
        if not is_open:
            close(anonymous)
        for endpoint, (path, before, _after) in PAGES.items():
            answer = visit(anonymous, who, path)
            page = answer.get_data(as_text=True)
            assert answer.status_code == before, (endpoint, page[:500])
            assert WORDS not in page
            assert "onbeschermd" not in page.lower()
            if endpoint.startswith(("results.", "interviews.")) and before == SEES:
                assert "Anonieme antwoorden" in page
                assert "De resultaten komen er als de meting is gesloten en gepubliceerd" in page


def test_once_it_is_published_the_team_sees_the_publication_wherever_it_looks(anonymous: Stage) -> None:
    close(anonymous, publish=True)
    for endpoint, (path, _before, after) in PAGES.items():
        answer = visit(anonymous, "anna", path)
        page = answer.get_data().decode(errors="replace")
        assert answer.status_code == after, (endpoint, page[:500])
        assert WORDS not in page
        if after == AWAY:
            is_file = endpoint in {"results.download", "results.packed"}
            about = path if is_file else path.removeprefix("/scores")
            assert answer.headers["Location"] == f"/evaluations/samen/publication{about}"
    assert "/publication" in visit(anonymous, "anna", "/interviews").get_data(as_text=True)


def test_the_publication_shows_organisations_as_a_whole_and_says_that_it_was_anonymous(anonymous: Stage) -> None:
    close(anonymous, publish=True)
    page = anonymous.page("lead", "/publication?language=en")
    assert "Regime: anonymous. Threshold: 5 people." in page
    assert "not even the research team" in page
    table = anonymous.client("anna").get("/evaluations/samen/publication/scores.csv").get_data(as_text=True)
    shown = [line.split(",") for line in table.splitlines()[1:]]
    assert any(row[2] == "GM0141" and row[3] == "all" and row[6] for row in shown)
    assert not [row for row in shown if row[2] != "all" and row[3] != "all" and row[6]]


def test_files_that_no_publication_has_are_refused(anonymous: Stage) -> None:
    close(anonymous, publish=True)
    for name in ("shrinkage", "agenda"):
        answer = visit(anonymous, "anna", f"/{name}.csv")
        assert answer.status_code == REFUSED
        assert "afgeschermde resultaten" in answer.get_data(as_text=True)


def test_nobody_enters_what_came_on_paper(anonymous: Stage) -> None:
    anonymous.app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, path in VERBS.items():
        answer = anonymous.client("anna").post(f"/evaluations/samen{path}", data={"channel": "paper"})
        assert answer.status_code == REFUSED, endpoint


def test_no_picture_or_document_of_the_team_is_ever_made(anonymous: Stage) -> None:
    close(anonymous, publish=True)
    for path, _before, _after in PAGES.values():
        visit(anonymous, "anna", path)
    with anonymous.database.session(readonly=True) as session:
        audiences = set(session.scalars(select(Rendering.audience)))
    assert "team" not in audiences


def test_the_overview_says_that_it_is_anonymous_and_what_closing_does(anonymous: Stage) -> None:
    page = anonymous.page("anna", "?language=en")
    assert "Anonymous" in page
    assert "What was started and not sent in is thrown away when the wave closes." in page


def test_the_overview_warns_of_organisations_that_are_too_small(stage: Stage) -> None:
    with stage.database.session() as session:
        study = cast.study(session, asked=edition(), regime="anonymous")
        for _ in range(4):
            study.invite(session, "official", member=1)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    assert "Too few people have been invited of GM0147" in stage.page("anna", "?language=en")
    assert "Too few people" not in stage.page("lead", "?language=en")


def test_a_worker_frees_the_disk_after_closing(anonymous: Stage) -> None:
    close(anonymous)
    anonymous.work()
    with anonymous.database.session() as session:
        assert jobs.claim(session, worker="another") == []
        assert session.scalars(select(Response.submitted)).all().count(False) == 1
