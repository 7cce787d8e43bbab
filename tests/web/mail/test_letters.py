"""The page of letters and links: printed by a worker, opened here, for who may know who is invited."""

import csv
import io
import re
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from surveyapp.models import Evaluation, Event, Invitation, Invitee, Mail, Rendering, Wave
from surveyapp.models.database import Database
from tests import cast, working
from tests.reports.pdfs import text_of
from tests.web.staff import SECRET, Stage, admit_everybody, edition, set_up_without_wave, shift
from tests.web.test_evaluations import form_token

PATH = "/evaluations/samen/mail"


@pytest.fixture
def team(stage: Stage) -> Stage:
    """Anna's study with Bram and Carla of Almelo invited, and somebody of Borne with a name like a formula."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition())
        study.invite(session, "governor", name="Bram")
        study.invite(session, "official", name="Carla", email="")
        study.invite(session, "official", member=1, name="=HYPERLINK(1)")
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    return stage


def once_on(page: str) -> str:
    found = re.search(r'name="once" value="([\w-]+)"', page)
    assert found is not None
    return found[1]


def ask(stage: Stage, who: str = "anna", path: str = "/letters", **data: str) -> int:
    client = stage.client(who)
    token = form_token(client.get("/evaluations/samen").get_data(as_text=True))
    return client.post(f"{PATH}{path}", data={"csrf_token": token, **data}).status_code


def work(stage: Stage) -> None:
    """Let a worker of this installation, with its key, do everything that waits."""
    working.work(stage.database, replace(working.settings(stage.database), secret_key=SECRET))


def only_file(database: Database) -> Rendering:
    with database.session(readonly=True) as session:
        return session.scalars(select(Rendering).where(Rendering.kind == "letters")).one()


def test_letters_are_asked_for_printed_and_downloaded(team: Stage) -> None:
    page = team.page("anna", "/mail/letters?language=en")
    assert "Everybody who has not answered: 3 people" in page
    assert "(no address, failed or returned): 1 person" in page
    assert ask(team, which="everybody", organisation="GM0141", once=once_on(page)) == 303
    page = team.page("anna", "/mail/letters?language=en")
    assert 'data-ends data-every="5"' in page
    assert "Being printed." in page
    work(team)
    page = team.page("anna", "/mail/letters?language=en")
    assert "refresh.js" not in page
    address = re.search(rf'href="({PATH}/letters/\w+\.pdf)', page)
    assert address is not None
    answer = team.client("anna").get(address[1])
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    printed = text_of(answer.get_data())
    for words in ("Bram Almelo", "Carla Almelo", "Uw antwoorden zijn vertrouwelijk.", "Uw eigen organisatie (Almelo)"):
        assert words in printed
    assert "HYPERLINK" not in printed


def test_what_was_printed_cannot_be_read_in_the_database(team: Stage) -> None:
    ask(team, which="not-reached", once="x" * 22)
    work(team)
    file = only_file(team.database)
    assert b"PDF" not in (file.content or b"")
    assert file.expires_at is not None


def test_one_person_gets_a_letter_of_their_own(team: Stage) -> None:
    with team.database.session(readonly=True) as session:
        named = select(Invitation.id).join(Invitation.invitee).join(Invitee.wave).join(Wave.evaluation)
        carla = session.scalars(named.where(Invitee.name == "Carla", Evaluation.slug == "samen")).one()
        elsewhere = session.scalars(named.where(Evaluation.slug == "elders").limit(1)).one()
    assert ask(team, path=f"/letters/{carla}", once="x" * 22) == 303
    assert only_file(team.database).specification["invitations"] == [carla]
    assert ask(team, path=f"/letters/{elsewhere}", once="x" * 22) == 404


def test_pressing_twice_prints_once(team: Stage) -> None:
    once = once_on(team.page("anna", "/mail/letters"))
    for _time in range(2):
        assert ask(team, which="everybody", once=once) == 303
    assert only_file(team.database).content is None


def test_a_form_without_its_number_is_refused(team: Stage) -> None:
    assert ask(team, which="everybody") == 409


def test_nobody_to_print_for_is_told_and_not_a_fault(team: Stage) -> None:
    client = team.client("anna")
    token = form_token(client.get("/evaluations/samen").get_data(as_text=True))
    form = {"csrf_token": token, "which": "everybody", "organisation": "GM0153", "once": "x" * 22, "language": "en"}
    told = client.post(f"{PATH}/letters", data=form, follow_redirects=True)
    assert "There is nobody to print a letter for" in told.get_data(as_text=True)


def test_links_are_a_table_in_which_no_cell_is_a_formula_and_taking_them_is_logged(team: Stage) -> None:
    answer = team.client("anna").get(f"{PATH}/links.csv?which=everybody&organisation=&language=nl")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["Bram", "Carla", "'=HYPERLINK(1)"]
    assert rows[1][1:4] == ["Almelo", "Bestuurder", "nl"]
    assert rows[1][4].startswith("http://127.0.0.1:8000/r/")
    with team.database.session(readonly=True) as session:
        event = session.scalars(select(Event).where(Event.verb == "links.download")).one()
    assert event.details == {"links": 3}


def test_links_that_do_not_work_are_not_given(team: Stage) -> None:
    with team.database.session() as session:
        session.execute(update(Wave).values(ready_at=None))
        session.commit()
    assert "The links work once the study has been opened" in team.page("anna", "/mail/letters?language=en")
    assert team.client("anna").get(f"{PATH}/links.csv").status_code == 409
    assert ask(team, which="everybody", once="x" * 22) == 409


def test_a_study_without_a_wave_says_that_nothing_was_planned(stage: Stage) -> None:
    set_up_without_wave(stage)
    assert "Go on setting up" in stage.page("anna", "/mail/letters?language=en")


def test_after_closing_the_page_says_that_no_link_works(team: Stage) -> None:
    shift(team, closes_at=-1, opens_at=-3)
    assert "closed, so nobody can use a link" in team.page("anna", "/mail/letters?language=en")


@pytest.mark.parametrize("who", ["lead", "bram", "ina", "otto"])
def test_who_may_not_know_who_is_invited_gets_neither(team: Stage, who: str) -> None:
    for path in ("/letters", "/links.csv"):
        assert team.client(who).get(PATH + path).status_code == 403
    assert team.client("dirk").get(f"{PATH}/letters").status_code == 404


def test_who_gets_a_letter_counts_as_invited_unless_that_is_unticked(team: Stage) -> None:
    ask(team, which="everybody", organisation="GM0147", once="y" * 22)
    assert by_letter(team) == []
    ask(team, which="everybody", organisation="GM0141", once="x" * 22, invited="yes")
    assert by_letter(team) == ["Bram", "Carla"]


def by_letter(stage: Stage) -> list[str]:
    with stage.database.session(readonly=True) as session:
        told = select(Invitee.name).join(Mail, Mail.invitee_id == Invitee.id).where(Mail.problem == "letter")
        return list(session.scalars(told.order_by(Invitee.name)))


@pytest.mark.parametrize(("spoken", "words"), [("nl", "Beste Voorbeeld,"), ("en", "Dear Example,")])
def test_an_example_is_shown_in_every_language_with_a_link_that_leads_nowhere(
    team: Stage, spoken: str, words: str
) -> None:
    assert f"letters/example/{spoken}" in team.page("anna", "/mail/letters")
    answer = team.client("anna").get(f"{PATH}/letters/example/{spoken}")
    assert words in answer.text
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert re.search(r"/r/(voorbeeld|example)<", answer.text)
    assert team.client("anna").get(f"{PATH}/letters/example/fr").status_code == 404
