"""From an empty list of studies to a study with steps, and what is said of it."""

import pytest

from surveyapp.queries import evaluations
from tests.web.set_up.researching import AT, STUDY, Desk, begin, choose_usual
from tests.web.staff import Stage, set_up


def test_an_empty_installation_offers_a_new_study_to_who_may_begin_one(empty: Stage) -> None:
    page = Desk.of(empty, "owner").read("/evaluations")
    assert "There is no study yet" in page
    assert 'href="/evaluations/new' in page
    assert "/evaluations/new" not in empty.client("dirk").get("/evaluations").text
    assert empty.client("dirk").get("/evaluations/new").status_code == 404
    assert empty.client().get("/evaluations/new").status_code == 302


def test_a_study_is_begun_and_its_steps_wait_for_the_questionnaire(empty: Stage) -> None:
    page = begin(empty).read(AT)
    assert "The study has been begun" in page
    assert page.count("task--waits") == 6
    assert page.count("task--done") == 1
    assert page.count("task--to-do") == 2


def test_everything_that_is_missing_is_told_at_once_and_what_was_typed_stays(empty: Stage) -> None:
    desk = Desk.of(empty, "owner")
    answer = desk.send("/evaluations/new", title_nl="  ", client="Regio <b>", slug="Geen Adres")
    assert answer.status_code == 422
    assert [anchor for anchor, _words in desk.refused("/evaluations/new", title_nl=" ", slug="Geen Adres")] == [
        "title_nl",
        "client",
        "purpose_nl",
        "slug",
    ]
    assert "Regio &lt;b&gt;" in answer.text
    assert "<title>Mistake:" in answer.text.replace("\n", "")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Jeugdhulp Súdwest-Fryslân 2027!", "jeugdhulp-sudwest-fryslan-2027"),
        ("New", "onderzoek"),
        ("?!", "onderzoek"),
        ("a" * 200, "a" * 75),
    ],
)
def test_a_name_for_addresses_is_made_out_of_the_title(empty: Stage, title: str, slug: str) -> None:
    desk = Desk.of(empty, "owner")
    values = STUDY | {"title_nl": title, "slug": ""}
    assert desk.sent("/evaluations/new", **values) == f"/evaluations/{slug}/set-up"
    assert desk.sent("/evaluations/new", **values) == f"/evaluations/{slug}-2/set-up"


def test_a_name_that_is_taken_is_refused_at_its_field(empty: Stage) -> None:
    desk = begin(empty)
    assert [anchor for anchor, _words in desk.refused("/evaluations/new", **STUDY)] == ["slug"]


def test_title_and_name_in_the_address_can_change_until_it_opens(empty: Stage) -> None:
    desk = begin(empty)
    changed = STUDY | {"title_nl": "Anders", "title_en": "Other", "slug": "anders"}
    assert desk.sent(f"{AT}/study", **changed, then="list") == "/evaluations/anders/set-up"
    with empty.database.session(readonly=True) as session:
        study = evaluations.by_slug(session, "anders")
        assert (study.title, study.purpose) == ({"nl": "Anders", "en": "Other"}, {"nl": "Om te leren."})


def test_after_opening_the_client_and_the_address_stand_and_the_purpose_can_be_corrected(stage: Stage) -> None:
    set_up(stage)
    desk = Desk.of(stage, "anna", "/evaluations/samen")
    changed = STUDY | {"title_nl": "Beter", "client": "Een ander", "slug": "anders"}
    assert desk.sent(f"{AT}/study", **changed) == f"{AT}/questionnaire"
    with stage.database.session(readonly=True) as session:
        study = evaluations.by_slug(session, "samen")
        assert (study.title["nl"], study.client, study.purpose["nl"]) == ("Beter", "Regio", "Om te leren.")


def test_steps_before_the_questionnaire_lead_to_it(empty: Stage) -> None:
    desk = begin(empty)
    for step in ("roles", "confidentiality", "period", "check"):
        assert desk.browser.get(f"{AT}/{step}").location == f"{AT}/questionnaire"


def test_who_may_not_set_up_sees_nothing_of_it(published: Stage) -> None:
    pages = ("", "/study", "/questionnaire", "/organisations", "/roles", "/confidentiality", "/period", "/check")
    for who, status in (("lead", 403), ("bram", 403), ("dirk", 404), (None, 302)):
        assert {published.client(who).get(AT + page).status_code for page in pages} == {status}
    assert {published.client("anna").get(AT + page).status_code for page in pages} == {200}


def test_the_next_wave_begins_as_a_copy_while_the_results_of_the_last_stay_in_sight(stage: Stage) -> None:
    set_up(stage, published=True)
    desk = Desk.of(stage, "anna", AT)
    assert desk.sent(f"{AT}/next-wave") == AT
    page = desk.read(AT)
    assert "Wave 2 has been begun as a copy" in page
    assert "18 people" in page
    assert "Published results" in stage.page("lead", "/publication?language=en")
    assert "published on" in stage.page("anna", "?language=en")
    assert "Wave 2 is being set up" in stage.page("anna", "?language=en")
    assert desk.send(f"{AT}/next-wave").status_code == 409


def test_the_list_says_how_far_each_study_is(empty: Stage) -> None:
    desk = begin(empty)
    assert "Is being set up" in desk.read("/evaluations")
    choose_usual(desk)
    assert "Is being set up" in desk.read("/evaluations")
