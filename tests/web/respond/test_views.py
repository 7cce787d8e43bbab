"""The way through a questionnaire, as somebody without JavaScript walks it."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from surveyapp import clock
from surveyapp.models import Wave
from surveyapp.questionnaires import library
from tests.web.conftest import Study
from tests.web.respond.form import Page, begin, follow

SEVEN_HABITS = library.load("seven-habits/1").questionnaire
GOVERNORS_SECTIONS = [section.key for section in SEVEN_HABITS.sections_for("governor")]


def test_the_first_page_says_who_asks_why_how_long_until_when_and_for_whom_one_answers(study: Study) -> None:
    text = study.client().get(study.invite()).text
    for expected in (
        "Bureau Meerwaarde",
        "Samenwerkende gemeenten",
        SEVEN_HABITS.purpose["nl"].split(".")[0],
        "20 minuten",
        "23.59 uur",
        "Almelo",
        "Bestuurder",
        "Eigen uitwerking",
        "anna@meerwaarde.example",
    ):
        assert expected in text


def test_the_first_page_of_a_confidential_wave_names_every_audience_and_the_least_numbers(study: Study) -> None:
    text = study.client().get(study.invite()).text
    for expected in (
        "onderzoeksteam",
        "projectleiding",
        "Uw eigen organisatie",
        "Alle anderen",
        "minstens 5",
        "Niets.",
    ):
        assert expected in text
    assert "minstens 10" not in text


def test_where_results_may_be_public_the_first_page_says_from_how_many_people(study: Study) -> None:
    link = study.invite()
    with study.database.session() as session:
        session.scalars(select(Wave)).one().for_public = True
        session.commit()
    text = study.client().get(link).text
    assert "minstens 10" in text
    assert "Niets." not in text


class TestAnAttributableWave:
    @pytest.fixture
    def regime(self) -> str:
        return "attributable"

    def test_says_that_results_are_shown_per_organisation_and_role_without_a_threshold(self, study: Study) -> None:
        text = study.client().get(study.invite()).text
        assert "U antwoordt namens uw organisatie" in text
        assert "hoe weinig mensen ook antwoord gaven" in text
        assert "minstens" not in text


def test_looking_changes_nothing(study: Study) -> None:
    link, client = study.invite(), study.client()
    before = study.rows()
    for page in ("", "/g1", "/check-answers", "/thank-you", "/to-be-continued"):
        client.get(link + page)
        client.head(link + page)
    assert study.rows() == before


def test_a_respondent_gets_no_cookie(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "4"})
    client.post(f"{link}/check-answers")
    assert client.get_cookie("form") is None
    assert "Set-Cookie" not in client.get(f"{link}/thank-you").headers


def test_a_page_before_starting_leads_to_the_first_page(study: Study) -> None:
    link, client = study.invite(), study.client()
    for page in ("/g1", "/check-answers", "/thank-you"):
        assert client.get(link + page).headers["Location"] == link


def test_starting_leads_to_the_first_section_with_its_step(study: Study) -> None:
    link, client = study.invite(), study.client()
    page = begin(client, link)
    assert f"Stap 1 van {len(GOVERNORS_SECTIONS) + 1}" in page.text
    assert "Maak je huiswerk" in page.text


def test_a_governor_is_asked_only_what_governors_are_asked(study: Study) -> None:
    link, client = study.invite("governor"), study.client()
    asked = Page(begin(client, link).text).options
    assert "g1_1" in asked
    assert "g1_2" not in asked


def test_dont_know_and_not_applicable_stand_after_the_scale(study: Study) -> None:
    link, client = study.invite(), study.client()
    assert Page(begin(client, link).text).options["g1_1"] == ["1", "2", "3", "4", "5", "dk", "na"]


def test_saving_keeps_the_answers_and_goes_to_the_next_section(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    saved = client.post(
        f"{link}/g1", data={"g1_1": "4", "g1_4": "dk", "g1_good": "Samen\r\naan tafel", "save-and": "continue"}
    )
    assert saved.headers["Location"] == f"{link}/g2"
    assert study.stored() == {"g1_1": "4", "g1_4": "dk", "g1_good": "Samen\naan tafel"}


def test_previous_and_later_save_too(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    assert client.post(f"{link}/g2", data={"g2_1": "2", "save-and": "previous"}).headers["Location"] == f"{link}/g1"
    later = follow(client, client.post(f"{link}/g2", data={"g2_2": "3", "save-and": "later"}))
    assert "opgeslagen" in later.text
    assert "ander apparaat" in later.text
    assert study.stored() == {"g2_1": "2", "g2_2": "3"}


def test_previous_on_the_first_section_leads_to_the_first_page(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    assert client.post(f"{link}/g1", data={"save-and": "previous"}).headers["Location"] == link


def test_coming_back_shows_what_was_saved(study: Study) -> None:
    link = study.invite()
    first, second = study.client(), study.client()
    begin(first, link)
    first.post(f"{link}/g1", data={"g1_1": "2", "g1_good": "Regel 1\nRegel <2>"})
    page = Page(second.get(f"{link}/g1").text)
    assert page.checked == {"g1_1": "2"}
    assert page.texts["g1_good"] == "Regel 1\nRegel <2>"


def test_going_on_later_leads_to_the_first_section_without_answers(study: Study) -> None:
    link = study.invite()
    first, second = study.client(), study.client()
    begin(first, link)
    first.post(f"{link}/g1", data={"g1_1": "2"})
    assert "Ga verder" in second.get(link).text
    assert second.post(link).headers["Location"] == f"{link}/g2"


def test_of_two_windows_the_last_saved_value_wins_and_an_untouched_scale_takes_nothing_back(study: Study) -> None:
    link = study.invite()
    first, second = study.client(), study.client()
    begin(first, link)
    first.post(f"{link}/g1", data={"g1_1": "2", "g1_4": "5"})
    second.post(f"{link}/g1", data={"g1_1": "3"})
    assert study.stored() == {"g1_1": "3", "g1_4": "5"}


def test_an_answer_can_be_taken_back(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_good": "Toch niet", "g1_1": "3"})
    client.post(f"{link}/g1", data={"g1_good": "  ", "g1_1": "na"})
    assert study.stored() == {"g1_good": "", "g1_1": "na"}


def test_a_value_that_is_no_option_is_refused_and_the_rest_is_stored(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    refused = client.post(f"{link}/g1", data={"g1_1": "6", "g1_4": "2"})
    assert refused.status_code == 422
    assert study.stored() == {"g1_4": "2"}


def test_a_mistake_is_summed_up_on_top_with_a_link_and_everything_typed_is_kept(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    long = "a" * 2001
    refused = client.post(f"{link}/g1", data={"g1_1": "4", "g1_good": long, "g1_change": "Meer tijd"})
    page = Page(refused.text)
    assert refused.status_code == 422
    assert "Er is 1 fout" in refused.text
    assert "2.000 tekens; dit zijn er 2.001" in refused.text
    assert "#q-g1_good" in page.links
    assert page.texts == {"g1_good": long, "g1_change": "Meer tijd"}
    assert page.checked == {"g1_1": "4"}
    assert "<title>Fout:" in refused.text


def test_a_ranking_may_name_everything_once(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    section = SEVEN_HABITS.sections_for("governor")[-1]
    ranking = next(question for question in section.questions if question.kind == "ranking")
    key, (first, second) = ranking.key, [option.key for option in ranking.options[:2]]
    twice = client.post(f"{link}/{section.key}", data={f"{key}-1": first, f"{key}-2": first})
    assert twice.status_code == 422
    assert "maar één keer" in twice.text
    assert Page(twice.text).selects[f"{key}-2"] == first
    client.post(f"{link}/{section.key}", data={f"{key}-1": second, f"{key}-2": first})
    assert study.stored()[key] == f"{second}>{first}"
    assert Page(client.get(f"{link}/{section.key}").text).selects[f"{key}-1"] == second


def test_the_last_section_leads_to_a_look_back_that_counts_and_links_what_is_open(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "5", "g1_good": "Goed overleg"})
    look = follow(client, client.post(f"{link}/{GOVERNORS_SECTIONS[-1]}", data={}))
    asked = sum(len(section.questions_for("governor")) for section in SEVEN_HABITS.sections)
    assert f"U hebt 2 van de {asked} vragen ingevuld" in look.text
    assert "Helemaal eens" in look.text
    assert "Goed overleg" in look.text
    opened = [target for target in Page(look.text).links if "#q-" in target]
    assert len(opened) == asked - 2
    assert "g1#q-g1_4" in opened


def test_every_open_question_that_is_linked_exists_on_its_page(study: Study) -> None:
    link, client = study.invite("project"), study.client()
    begin(client, link)
    for target in Page(client.get(f"{link}/check-answers").text).links:
        page, _, anchor = target.partition("#")
        if anchor.startswith("q-"):
            assert f'id="{anchor}"' in client.get(f"{link}/{page}").text


def test_sending_nothing_is_refused_in_a_friendly_way(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    refused = client.post(f"{link}/check-answers")
    assert refused.status_code == 422
    assert "Beantwoord minstens één vraag" in refused.text
    assert study.rows()["receipt"] == 0


def test_sending_twice_stores_once_and_thanks_twice(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "4"})
    for _ in range(2):
        thanks = follow(client, client.post(f"{link}/check-answers"))
        assert "Bedankt" in thanks.text
        assert Page(thanks.text).forms == 0
    assert study.rows()["receipt"] == 1


def test_after_sending_the_link_shows_the_thanks_and_answers_are_refused(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "4"})
    client.post(f"{link}/check-answers")
    assert "Bedankt" in follow(client, client.get(link)).text
    assert "al verstuurd" in client.get(f"{link}/g1").text
    late = client.post(f"{link}/g1", data={"g1_1": "1"})
    assert late.status_code == 409
    assert "niet toegevoegd" in late.text
    assert study.stored() == {"g1_1": "4"}


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAAAAAAAA", "x", "%00", "ë" * 30])
def test_a_wrong_link_names_no_study_and_nobody(study: Study, token: str) -> None:
    study.invite()
    for page in ("", "/g1", "/check-answers", "/thank-you"):
        answer = study.client().get(f"/r/{token}{page}")
        assert answer.status_code == 404
        assert "Deze link werkt niet" in answer.text
        for secret in ("Twente", "Meerwaarde", "Anna", "Almelo", "Bram"):
            assert secret not in answer.text


def test_before_the_opening_the_page_says_from_when_and_whom_to_ask(study: Study) -> None:
    link = study.invite()
    study.move(opens_at=clock.now() + timedelta(days=2))
    for answer in (study.client().get(link), study.client().post(link), study.client().get(f"{link}/g1")):
        assert answer.status_code == 404
        assert "nog niet open" in answer.text
        assert "anna@meerwaarde.example" in answer.text
        assert "Bram" not in answer.text


def test_after_the_closing_answers_are_refused_and_the_page_says_whom_to_ask(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    study.move(closes_at=clock.now() - timedelta(minutes=1))
    answers = (client.get(link), client.post(f"{link}/g1", data={"g1_1": "4"}), client.post(f"{link}/check-answers"))
    for answer in answers:
        assert answer.status_code == 410
        assert "gesloten" in answer.text
        assert "anna@meerwaarde.example" in answer.text
    assert study.stored() == {}


def test_thanks_stay_after_the_closing(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    client.post(f"{link}/g1", data={"g1_1": "4"})
    client.post(f"{link}/check-answers")
    study.move(closes_at=clock.now() - timedelta(minutes=1))
    assert "Bedankt" in follow(client, client.get(link)).text


def test_a_section_that_is_not_asked_does_not_exist(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    answer = client.get(f"{link}/nothing")
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in answer.text


def test_changing_the_language_saves_first_and_every_next_page_speaks_it(study: Study) -> None:
    link, client = study.invite(), study.client()
    begin(client, link)
    english = follow(client, client.post(f"{link}/g1", data={"g1_1": "4", "save-and": "language-en", "language": "nl"}))
    assert '<html lang="en">' in english.text
    assert "Strongly agree" in english.text
    assert study.stored() == {"g1_1": "4"}
    next_page = follow(client, client.post(f"{link}/g1", data={"language": "en", "save-and": "continue"}))
    assert "Step 2 of" in next_page.text


def test_an_invitee_who_reads_english_is_addressed_in_english(study: Study) -> None:
    assert "Who will see your answers" in study.client().get(study.invite(language="en")).text


def test_a_page_is_small(study: Study) -> None:
    link, client = study.invite("official"), study.client()
    assert len(begin(client, link).data) <= 12 * 1024


def test_looking_and_saving_ask_at_most_six_statements_of_the_database(study: Study) -> None:
    link, client = study.invite("official"), study.client()
    begin(client, link)
    statements: list[str] = []
    for engine in study.app.extensions["surveyapp.database"].engines:
        event.listen(engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    client.get(f"{link}/g1")
    looking = len(statements)
    client.post(f"{link}/g1", data={f"g1_{number}": "4" for number in range(1, 7)})
    assert 0 < looking <= 6
    assert 0 < len(statements) - looking <= 6
