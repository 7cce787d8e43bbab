"""Letting a list in: uploaded, looked at, put right or let in as a whole, and gone afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveyapp import clock
from surveyapp.actions import jobs
from surveyapp.analysis.reading.grid import LARGEST
from surveyapp.models import Event, Invitee, Job, PeopleFile
from surveyapp.web.people import importing
from tests.analysis.reading.listed import workbook
from tests.web.people.posting import PATH, TITLES, at, names, page, post, upload
from tests.web.staff import Stage, shift

THREE = TITLES + "".join(f"Persoon {each};p{each}@enschede.example;Enschede;Ambtenaar;nl\n" for each in range(3))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker works while a page waits."""
    monkeypatch.setattr(importing, "_PATIENCE", 0.0)


def count(stage: Stage) -> int:
    with stage.database.session(readonly=True) as session:
        return session.scalar(select(func.count()).select_from(Invitee)) or 0


def files(stage: Stage) -> int:
    with stage.database.session(readonly=True) as session:
        return session.scalar(select(func.count()).select_from(PeopleFile)) or 0


def test_a_good_list_is_shown_with_its_numbers_and_nobody_is_let_in_yet(team: Stage) -> None:
    before = count(team)
    shown = page(team, at(upload(team, THREE)))
    assert "3 people can be let in" in shown
    assert "Let these 3 people in" in shown
    assert "lijst.csv" in shown
    assert count(team) == before


def test_everybody_is_let_in_by_a_worker_and_the_list_is_gone(team: Stage) -> None:
    before = count(team)
    preview = at(upload(team, THREE))
    progress = at(post(team, preview))
    waiting = page(team, progress)
    assert "<progress" in waiting
    assert 'data-ends data-every="3"' in waiting
    assert "http-equiv" not in waiting
    assert "http-equiv" in page(team, progress, refresh="yes")
    assert at(team.client("anna").get(f"{PATH}{preview}")) == progress
    team.work()
    done = team.client("anna").get(f"{PATH}{progress}?language=en", follow_redirects=True)
    assert "3 people are on the list" in done.text
    assert names(done.text)[-3:] == ["Persoon 0", "Persoon 1", "Persoon 2"]
    assert count(team) == before + 3
    assert files(team) == 0


def test_letting_in_twice_is_letting_in_once(team: Stage) -> None:
    before = count(team)
    preview = at(upload(team, THREE))
    assert at(post(team, preview)) == at(post(team, preview))
    team.work()
    assert count(team) == before + 3
    assert at(post(team, preview)) == "/import"


def test_a_list_with_faults_tells_all_of_them_and_has_no_button_to_let_it_in(team: Stage) -> None:
    before = count(team)
    preview = at(upload(team, THREE + "Eva;eva;Almeloo;koning;\n;x@y.example;Borne;Ambtenaar;\n"))
    shown = page(team, preview)
    assert "There are 4 problems, so nobody is let in" in shown
    assert "3 rows are right" in shown
    assert "<title>Mistake:" in shown
    assert "‘eva’ is not an e-mail address" in shown
    assert "Did you mean ‘Almelo’?" in shown
    assert "people in</button>" not in shown
    forced = post(team, preview)
    assert forced.status_code == 422
    assert "There are 4 problems" in forced.text
    team.work()
    assert count(team) == before
    with team.database.session(readonly=True) as session:
        assert session.scalars(select(Job)).all() == []


def test_hostile_words_in_a_list_are_words(team: Stage) -> None:
    answer = upload(
        team, TITLES + "<script>alert(1)</script>;<b>x</b>;<i>y</i>;{{ 7*7 }};%(name)s {value}\n", "<b>.csv"
    )
    shown = team.client("anna").get(answer.location)
    assert shown.status_code == 200
    assert "<script>" not in shown.text
    assert "<b>" not in shown.text
    assert "&lt;i&gt;y" in shown.text


def test_who_is_there_already_can_be_passed_over(team: Stage) -> None:
    before = count(team)
    preview = at(upload(team, THREE + "Bas;BAS@almelo.example;Almelo;Bestuurder;\n"))
    shown = page(team, preview)
    assert "1 person on the list is invited already" in shown
    assert "Let 3 new people in, pass the others over" in shown
    assert post(team, preview).status_code == 422
    post(team, preview, skip="yes")
    team.work()
    assert count(team) == before + 3


def test_what_changed_while_a_list_waited_brings_it_back(team: Stage) -> None:
    before = count(team)
    preview = at(upload(team, THREE))
    progress = at(post(team, preview))
    made = post(
        team, "/new", name="Zoë", email="P1@enschede.example", organisation="GM0153", role="official", language="nl"
    )
    assert made.status_code == 303
    team.work()
    assert count(team) == before + 1
    back = team.client("anna").get(f"{PATH}{progress}?language=en", follow_redirects=True)
    assert "Nobody was let in: something has changed" in back.text
    assert "Let 2 new people in" in back.text


def test_a_spreadsheet_is_read_as_well(team: Stage) -> None:
    content = workbook(("Eva", "eva@borne.example", "Borne", "Ambtenaar", "en"))
    assert "Let this person in" in page(team, at(upload(team, content, "lijst.xlsx")))


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "Choose a file that is not empty"),
        (b"x" * (LARGEST + 200_000), 413, "larger than 4 MB"),
    ],
)
def test_what_is_no_file_or_too_large_is_refused_in_words(team: Stage, content: bytes, status: int, words: str) -> None:
    answer = upload(team, content)
    assert answer.status_code == status
    assert words in answer.text
    assert files(team) == 0


def test_a_form_without_a_file_asks_for_one(team: Stage) -> None:
    answer = post(team, "/import")
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x00\x00", b"\xd0\xcf\x11\xe0\x00", b"PK\x03\x04zip", b"\n\n"])
def test_what_is_no_list_says_what_it_is(team: Stage, content: bytes) -> None:
    shown = page(team, at(upload(team, content)))
    assert "There is 1 problem, so nobody is let in" in shown


def test_a_list_can_be_thrown_away_and_is_gone_after_an_hour(team: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert at(post(team, at(upload(team, THREE)) + "/discard")) == ""
    assert files(team) == 0
    preview = at(upload(team, THREE))
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    gone = team.client("anna").get(f"{PATH}{preview}?language=en", follow_redirects=True)
    assert "This list is no longer here" in gone.text
    assert post(team, preview).status_code == 303
    team.work()
    assert files(team) == 0


def test_a_list_that_was_never_let_in_in_time_says_so(team: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    progress = at(post(team, at(upload(team, THREE))))
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "The list was not let in" in page(team, progress)


def test_a_closed_wave_takes_no_list(team: Stage) -> None:
    shift(team, opens_at=-9, closes_at=-3)
    assert "nobody can be added any more" in page(team, "/import")
    assert upload(team, THREE).status_code == 422
    assert files(team) == 0


def test_lists_and_jobs_of_elsewhere_are_not_there(team: Stage) -> None:
    with team.database.session() as session:
        other = jobs.enqueue(session, kind="render", rendering=1).id
        session.commit()
    client = team.client("anna")
    assert client.get(f"{PATH}/imports/{other}").status_code == 404
    assert client.get(f"{PATH}/imports/999").status_code == 404
    assert client.get(f"{PATH}/import/{10**30}").status_code == 404
    assert at(client.get(f"{PATH}/import/999")) == "/import"


def test_nobody_outside_the_team_hands_in_a_list(team: Stage) -> None:
    assert upload(team, THREE, who="lead").status_code == 403
    assert upload(team, THREE, who="bram").status_code == 403
    assert files(team) == 0


def test_what_is_done_with_lists_is_logged_without_names(team: Stage) -> None:
    post(team, at(upload(team, THREE)))
    team.work()
    with team.database.session(readonly=True) as session:
        told = {event.verb: str(event.details) for event in session.scalars(select(Event))}
    assert {"people.upload", "people.let-in"} <= told.keys()
    assert not any(word in details for details in told.values() for word in ("Persoon", "example", "lijst"))


def test_the_page_shows_what_a_list_looks_like_in_this_study(team: Stage) -> None:
    shown = page(team, "/import")
    assert "GM0147 · Borne" in shown
    assert "Governor (governor)" in shown
    assert "name" in shown
