"""Passing a section on: what the respondent sees, what the colleague may do, and when the link ends."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp import clock
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Answer, Delegation, Invitation
from surveyapp.models.database import Database
from tests import cast
from tests.questionnaires.sampled import sample
from tests.web.conftest import Study
from tests.web.respond.form import Page, begin, follow

CARLA = {"name": "Carla de Ambtenaar", "email": "carla@almelo.example", "for": "nl"}


@pytest.fixture
def link(study: Study) -> str:
    """The link of Bram, who has begun."""
    address = study.invite()
    begin(study.client(), address)
    return address


def pass_on(client: FlaskClient, link: str, section: str = "g1", **details: str) -> str:
    """Pass a section to Carla; returns the path of her link."""
    shown = follow(client, client.post(f"{link}/{section}/pass-on", data=CARLA | details))
    found = re.search(r'value="http://127\.0\.0\.1:8000(/c/[\w-]{22})"', shown.text)
    assert found is not None, shown.text
    return found[1]


def through(study: Study) -> dict[str, int | None]:
    """Answer -> the delegation it came through."""
    with study.database.session(readonly=True) as session:
        return {answer.question: answer.delegation_id for answer in session.scalars(select(Answer))}


def test_the_page_of_a_section_leads_to_passing_it_on_and_saves_first(study: Study, link: str) -> None:
    client = study.client()
    assert "pass-on" in Page(client.get(f"{link}/g1").text).buttons
    asked = follow(client, client.post(f"{link}/g1", data={"g1_1": "4", "save-and": "pass-on"}))
    assert "alleen dit onderdeel" in asked.text
    assert study.stored() == {"g1_1": "4"}


def test_passing_on_shows_the_link_and_a_polite_message_in_the_language_of_the_colleague(
    study: Study, link: str
) -> None:
    client = study.client()
    address = pass_on(client, link, **{"for": "en"})
    page = client.get(f"{link}/g1/pass-on").text
    mail = next(target for target in Page(page).links if target.startswith("mailto:"))
    assert "+" not in mail.partition("?")[2]
    message = unquote(mail)
    assert message.startswith("mailto:carla@almelo.example?subject=Will you help answer")
    for expected in ("Dear Carla de Ambtenaar,\r\n", f"http://127.0.0.1:8000{address}", "Almelo", "Do your homework"):
        assert expected in message or expected == "Do your homework"
    assert '<html lang="en">' in study.client().get(address).text


def test_only_the_hash_of_the_token_is_kept(study: Study, link: str) -> None:
    token = pass_on(study.client(), link).removeprefix("/c/")
    with study.database.session(readonly=True) as session:
        kept = session.scalars(select(Delegation)).one()
    assert kept.token_hash is not None
    assert token not in (kept.token_hash, kept.name, kept.email)
    assert (kept.name, kept.section, kept.language) == ("Carla de Ambtenaar", "g1", "nl")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "  "}, "Vul de naam van uw collega in"),
        ({"name": "x" * 201}, "hoogstens 200 tekens"),
        ({"name": "Carla\nBcc: dirk"}, "op één regel"),
        ({"email": "carla"}, "e-mailadres in met een @"),
        ({"email": "carla@almelo.example\r\nBcc: dirk@elders.example"}, "e-mailadres in met een @"),
        ({"email": ""}, "e-mailadres in met een @"),
    ],
)
def test_whom_cannot_be_asked_is_told_with_everything_typed_kept(
    study: Study, link: str, wrong: dict[str, str], sentence: str
) -> None:
    refused = study.client().post(f"{link}/g1/pass-on", data=CARLA | wrong)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "<title>Fout:" in refused.text
    assert study.rows()["delegation"] == 0


def test_all_that_is_wrong_is_told_at_once_with_a_link_to_each_field(study: Study, link: str) -> None:
    refused = study.client().post(f"{link}/g1/pass-on", data={"name": "", "email": "<b>"})
    assert {"#name", "#email"} <= set(Page(refused.text).links)
    assert "&lt;b&gt;" in refused.text


def test_a_double_click_asks_one_colleague(study: Study, link: str) -> None:
    client = study.client()
    assert pass_on(client, link) == pass_on(client, link, name="Dirk")
    assert study.rows()["delegation"] == 1


def test_the_colleagues_first_page_says_who_asks_for_whom_and_who_sees_what(study: Study, link: str) -> None:
    page = study.client().get(pass_on(study.client(), link)).text
    for expected in (
        "Bram de Bestuurder vraagt uw hulp",
        "Almelo",
        "Bureau Meerwaarde",
        "minstens 5",
        "is degene die verstuurt",
        "23.59 uur",
    ):
        assert expected in page


def test_looking_at_the_colleagues_pages_changes_nothing(study: Study, link: str) -> None:
    address = pass_on(study.client(), link)
    before = study.rows()
    for page in ("", "/g1", "/thank-you", "/to-be-continued"):
        assert study.client().get(address + page).status_code == 200
    assert study.rows() == before


def test_the_colleague_sees_what_was_filled_in_so_far_and_adds_to_it(study: Study, link: str) -> None:
    bram, carla = study.client(), study.client()
    bram.post(f"{link}/g1", data={"g1_1": "2", "g1_good": "Korte lijnen"})
    address = pass_on(bram, link)
    assert Page(carla.get(f"{address}/g1").text).checked == {"g1_1": "2"}
    thanks = follow(carla, carla.post(f"{address}/g1", data={"g1_1": "2", "g1_4": "5", "g1_good": "Korte lijnen"}))
    assert "Bedankt" in thanks.text
    assert study.stored() == {"g1_1": "2", "g1_4": "5", "g1_good": "Korte lijnen"}
    with study.database.session(readonly=True) as session:
        number = session.scalars(select(Delegation.id)).one()
    assert through(study) == {"g1_1": None, "g1_4": number, "g1_good": None}


def test_the_respondent_sees_who_was_asked_whether_they_are_done_and_what_they_filled_in(
    study: Study, link: str
) -> None:
    bram, carla = study.client(), study.client()
    address = pass_on(bram, link)
    assert "Carla de Ambtenaar heeft dit onderdeel, en is nog niet klaar" in bram.get(f"{link}/g1").text
    carla.post(f"{address}/g1", data={"g1_1": "5", "save-and": "later"})
    assert "nog niet klaar" in bram.get(f"{link}/check-answers").text
    carla.post(f"{address}/g1", data={"g1_1": "5"})
    look = bram.get(f"{link}/check-answers").text
    assert "Carla de Ambtenaar heeft dit onderdeel, en is klaar" in look
    assert "Ingevuld door Carla de Ambtenaar" in look


def test_the_last_change_counts_and_an_answer_of_the_respondent_is_theirs_again(study: Study, link: str) -> None:
    bram, carla = study.client(), study.client()
    address = pass_on(bram, link)
    carla.post(f"{address}/g1", data={"g1_1": "5"})
    bram.post(f"{link}/g1", data={"g1_1": "3"})
    assert study.stored() == {"g1_1": "3"}
    assert through(study) == {"g1_1": None}
    assert "Ingevuld door" not in bram.get(f"{link}/check-answers").text


def test_a_colleague_sees_one_section_and_nothing_else(study: Study, link: str) -> None:
    bram, carla = study.client(), study.client()
    bram.post(f"{link}/g2", data={"g2_1": "1", "g2_good": "Geheim van g2"})
    address = pass_on(bram, link)
    for page in ("g2", "check-answers", "withdraw-answers", "own-copy", "g2/pass-on"):
        answer = carla.get(f"{address}/{page}")
        assert answer.status_code == 404, page
        assert "Geheim" not in answer.text
    assert carla.post(f"{address}/g2", data={"g2_1": "5"}).status_code == 404
    assert carla.post(f"{address}/g2/keep-answers", data={"g2_1": "5"}).status_code == 404
    assert carla.post(f"{address}/g1", data={"g2_1": "5"}).status_code == 303
    assert study.stored()["g2_1"] == "1"


def test_the_two_kinds_of_links_do_not_open_each_others_doors(study: Study, link: str) -> None:
    token = pass_on(study.client(), link).removeprefix("/c/")
    assert study.client().get(f"/r/{token}").status_code == 404
    assert study.client().get(f"/c/{link.removeprefix('/r/')}").status_code == 404


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAAAAAAAA", "x", "%00", "ë" * 30])
def test_a_wrong_link_names_no_study_and_nobody(study: Study, link: str, token: str) -> None:
    pass_on(study.client(), link)
    answer = study.client().get(f"/c/{token}")
    assert answer.status_code == 404
    for secret in ("Twente", "Meerwaarde", "Bram", "Almelo", "Carla"):
        assert secret not in answer.text


def closed(study: Study, _link: str) -> None:
    study.move(closes_at=clock.now() - timedelta(minutes=1))


def sent(study: Study, link: str) -> None:
    study.client().post(f"{link}/g1", data={"g1_1": "1"})
    study.client().post(f"{link}/check-answers")


def taken_back(study: Study, link: str) -> None:
    assert study.client().post(f"{link}/g1/take-back").status_code == 303


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [(closed, "gesloten"), (sent, "heeft de antwoorden verstuurd"), (taken_back, "heeft dit onderdeel teruggenomen")],
)
def test_when_it_is_over_the_colleagues_link_says_what_is_the_case(
    study: Study, link: str, happens: object, sentence: str
) -> None:
    address = pass_on(study.client(), link)
    assert callable(happens)
    happens(study, link)
    stored = study.stored()
    for page in ("", "/g1", "/thank-you"):
        answer = study.client().get(address + page)
        assert answer.status_code == 410
        assert sentence in answer.text
    late = study.client().post(f"{address}/g1", data={"g1_1": "5"})
    assert late.status_code == 409
    assert sentence in late.text
    assert "niet bewaard" in late.text
    assert study.client().post(f"{address}/g1/keep-answers", data={"g1_1": "5"}).status_code == 409
    assert study.stored() == stored


def test_after_withdrawal_the_colleagues_link_leads_nowhere_and_nothing_of_them_is_kept(
    study: Study, link: str
) -> None:
    address = pass_on(study.client(), link)
    study.client().post(f"{link}/withdraw-answers")
    answer = study.client().get(address)
    assert answer.status_code == 404
    assert "ingetrokken en verwijderd" in answer.text
    assert study.rows()["delegation"] == 0


def test_after_reopening_the_colleagues_link_works_again(study: Study, link: str) -> None:
    address = pass_on(study.client(), link)
    sent(study, link)
    study.client().post(f"{link}/change-answers")
    assert study.client().get(f"{address}/g1").status_code == 200


def test_what_was_filled_in_stays_when_a_section_is_taken_back_and_somebody_else_can_be_asked(
    study: Study, link: str
) -> None:
    bram = study.client()
    first = pass_on(bram, link)
    study.client().post(f"{first}/g1", data={"g1_1": "5"})
    taken_back(study, link)
    taken_back(study, link)
    assert study.stored() == {"g1_1": "5"}
    assert "Ingevuld door Carla" in bram.get(f"{link}/check-answers").text
    second = pass_on(bram, link, name="Dirk")
    assert second != first
    assert study.client().get(first).status_code == 410
    assert study.client().get(second).status_code == 200


def test_who_invited_nobody_can_take_back_nothing(study: Study, link: str) -> None:
    other = study.invite(name="Dirk")
    begin(study.client(), other)
    address = pass_on(study.client(), link)
    study.client().post(f"{other}/g1/take-back")
    assert study.client().get(address).status_code == 200


def test_a_revoked_invitation_ends_the_links_of_its_colleagues(study: Study, link: str) -> None:
    address = pass_on(study.client(), link)
    with study.database.session() as session:
        session.scalars(select(Invitation)).one().revoked_at = clock.now()
        session.commit()
    assert study.client().get(address).status_code == 404


def test_a_section_that_is_not_asked_cannot_be_passed_on(study: Study, link: str) -> None:
    assert study.client().get(f"{link}/nothing/pass-on").status_code == 404
    assert study.client().post(f"{link}/nothing/pass-on", data=CARLA).status_code == 404


def test_the_colleague_can_change_language_without_losing_anything(study: Study, link: str) -> None:
    address, carla = pass_on(study.client(), link), study.client()
    english = follow(carla, carla.post(f"{address}/g1", data={"g1_1": "4", "save-and": "language-en"}))
    assert '<html lang="en">' in english.text
    assert study.stored() == {"g1_1": "4"}


def test_the_script_keeps_a_colleagues_answers(study: Study, link: str) -> None:
    address, carla = pass_on(study.client(), link), study.client()
    kept = carla.post(f"{address}/g1/keep-answers", data={"g1_1": "4"})
    assert kept.status_code == 200
    assert kept.json is not None
    assert kept.json["saved"]
    assert through(study)["g1_1"] is not None


def test_names_are_shown_as_they_were_written(study: Study, link: str) -> None:
    client = study.client()
    pass_on(client, link, name="<i>Carla</i> & Co")
    for page in ("g1", "g1/pass-on", "check-answers"):
        shown = client.get(f"{link}/{page}").text
        assert "<i>" not in shown
        assert "<i>Carla</i> & Co" in unescape(shown)


def test_a_section_that_is_not_asked_at_the_moment_is_told_so_and_comes_back(
    database: Database, settings: Settings
) -> None:
    with database.session() as session:
        staged = cast.study(session, asked=sample("skipped_section"))
        token = staged.tokens[staged.invite(session, "governor").id]
        session.commit()
    study, link = Study(create_app(settings), database), f"/r/{token}"
    bram, carla = study.client(), study.client()
    begin(bram, link)
    bram.post(f"{link}/visit", data={"guided": "yes"})
    address = pass_on(bram, link, "guide")
    assert carla.post(f"{address}/guide", data={"guide_1": "4"}).status_code == 303
    bram.post(f"{link}/visit", data={"guided": "no"})
    for page in ("", "/guide"):
        gone = carla.get(address + page)
        assert gone.status_code == 404
        assert "nu niet gevraagd" in gone.text
    bram.post(f"{link}/visit", data={"guided": "yes"})
    assert Page(carla.get(f"{address}/guide").text).checked == {"guide_1": "4"}
    study.app.extensions["surveyapp.database"].dispose()


class TestAnAnonymousWave:
    @pytest.fixture
    def regime(self) -> str:
        return "anonymous"

    def test_has_no_passing_on(self, study: Study) -> None:
        address, *_ = (study.invite("official", name=f"Nummer {number}") for number in range(6))
        client = study.client()
        begin(client, address)
        assert "pass-on" not in Page(client.get(f"{address}/g1").text).buttons
        for answer in (client.get(f"{address}/g1/pass-on"), client.post(f"{address}/g1/pass-on", data=CARLA)):
            assert answer.status_code == 409
        assert study.rows()["delegation"] == 0
