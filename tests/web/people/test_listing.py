"""The list of people: whom it shows, page by page, what it tells of them, and what leaves as a file."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from surveyapp import clock
from surveyapp.actions import invitations, responses
from surveyapp.models import Evaluation, Event, Invitation, Invitee, Mail, Mailing, Wave
from surveyapp.queries import editions, evaluations
from tests import cast
from tests.web.people.posting import PATH, names, number_of, page, post, upload
from tests.web.staff import Stage, edition, set_up_without_wave


def answer(stage: Stage, name: str, *, send: bool) -> None:
    with stage.database.session() as session:
        invitation = session.scalars(select(Invitation).join(Invitee).where(Invitee.name == name)).one()
        response = responses.start(session, invitation=invitation)
        questionnaire = editions.of(session, invitation.wave).questionnaire
        responses.save(session, response=response, questionnaire=questionnaire, answers={"g1_1": "3"})
        if send:
            responses.submit(session, response=response, questionnaire=questionnaire)
        session.commit()


def mailed(stage: Stage, **states: str) -> None:
    """Name -> what became of the invitation by mail."""
    with stage.database.session() as session:
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        mailing = Mailing(wave=wave, purpose="invitation", number=1, per_minute=60, scheduled_at=clock.now())
        for name, state in states.items():
            invitee = session.scalars(select(Invitee).where(Invitee.name == name, Invitee.wave_id == wave.id)).one()
            session.add(Mail(mailing=mailing, purpose="invitation", invitee=invitee, state=state, due_at=clock.now()))
        session.commit()


def without_tokens(shown: str) -> str:
    """The page without what every visit has anew."""
    return re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", shown)


def test_an_empty_list_says_what_to_do_and_gives_an_empty_file(empty: Stage) -> None:
    shown = page(empty)
    assert "Nobody has been invited by name yet" in shown
    assert f'href="{PATH}/import' in shown
    assert f'href="{PATH}/new' in shown
    file = empty.client("anna").get(f"{PATH}/template.csv?language=en")
    assert file.get_data() == b"\xef\xbb\xbfname;email;organisation;role;language\r\n"


def test_a_study_without_a_wave_says_what_comes_first(stage: Stage) -> None:
    set_up_without_wave(stage)
    assert stage.client("anna").get(PATH).status_code == 200


def test_everybody_is_listed_by_organisation_and_role(team: Stage) -> None:
    assert names(page(team)) == ["Bas", "Dirk", "Carla", *(f"Official {number}" for number in range(5))]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"organisation": "GM0141"}, ["Bas", "Dirk"]),
        ({"role": "governor", "organisation": "GM0147"}, ["Carla"]),
        ({"words": "OFFICIAL 3"}, ["Official 3"]),
        ({"words": "dirk@"}, ["Dirk"]),
        ({"words": "100%_"}, []),
        ({"state": "not-invited", "role": "governor"}, ["Bas", "Dirk", "Carla"]),
        ({"organisation": "GM9999", "role": "king", "state": "sleeping"}, None),
    ],
)
def test_a_choice_is_in_the_address(team: Stage, asked: dict[str, str], found: list[str] | None) -> None:
    everybody = names(page(team))
    shown = page(team, **asked)
    assert names(shown) == (everybody if found is None else found)
    assert ("Nobody fits this choice" in shown) == (found == [])


def test_a_state_says_what_became_of_somebody(team: Stage) -> None:
    mailed(team, Bas="sent", Carla="sent", Dirk="bounced", **{"Official 0": "sent", "Official 1": "failed"})
    answer(team, "Bas", send=True)
    answer(team, "Carla", send=False)
    for state, found in {
        "answered": ["Bas"],
        "opened": ["Carla"],
        "bounced": ["Dirk", "Official 1"],
        "invited": ["Official 0"],
        "not-invited": ["Official 2", "Official 3", "Official 4"],
    }.items():
        assert names(page(team, state=state)) == found, state
    post(team, f"/{number_of(team, 'Official 0')}/mail", mail="no")
    post(team, f"/{number_of(team, 'Official 2')}/revoke")
    assert names(page(team, state="opted-out")) == ["Official 0"]
    assert names(page(team, state="revoked")) == ["Official 2"]


@pytest.mark.parametrize("regime", ["anonymous"])
def test_an_anonymous_wave_tells_of_nobody_whether_they_began_or_answered(team: Stage) -> None:
    with team.database.session() as session:
        study = evaluations.by_slug(session, "samen")
        wave = evaluations.wave(session, study)
        almelo = evaluations.memberships(session, study)[0]
        for number in range(3):
            invitations.invite(
                session,
                wave=wave,
                membership=almelo,
                role="official",
                name=f"Almelo {number}",
                email=f"a{number}@almelo.example",
                language="nl",
                secret_key=cast.SECRET_KEY,
                by=None,
            )
        session.commit()
    before = without_tokens(page(team))
    answer(team, "Official 0", send=True)
    answer(team, "Official 1", send=False)
    assert without_tokens(page(team)) == before
    assert "does not tell who has begun or answered" in before
    assert names(page(team, state="answered")) == names(before)
    assert 'value="answered"' not in before
    listed = team.client("anna").get(f"{PATH}/list.csv?language=en").text
    assert "answered" not in listed
    assert "began" not in listed


def test_thousands_of_people_are_shown_fifty_at_a_time(team: Stage) -> None:
    rows = (f"Persoon {number:04};p{number}@enschede.example;Enschede;Ambtenaar;\n" for number in range(120))
    answer = upload(team, "naam;e-mail;organisatie;rol;taal\n" + "".join(rows))
    post(team, str(answer.location).partition("?")[0].removeprefix(PATH))
    team.work()
    first, second = page(team, organisation="GM0153"), page(team, organisation="GM0153", page="2")
    assert len(names(first)) == 50
    assert "1 to 50 of 120 people" in first
    assert names(second)[0] == "Persoon 0050"
    assert "page=3" in second
    assert "organisation=GM0153" in second
    for odd in ("99", "0", "-1", "x", "9" * 30):
        assert names(page(team, organisation="GM0153", page=odd))


def test_the_file_has_everybody_of_the_choice_and_no_formula_and_can_be_let_in_again(team: Stage) -> None:
    with team.database.session() as session:
        invitee = session.scalars(select(Invitee).where(Invitee.name == "Dirk")).one()
        invitee.name = "=1+1"
        session.commit()
    answer = team.client("anna").get(f"{PATH}/list.csv?language=en&organisation=GM0141")
    assert answer.content_type.startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0][:3] == ["name", "email", "organisation"]
    assert [row[0] for row in rows[1:]] == ["Bas", "'=1+1"] or [row[0] for row in rows[1:]] == ["'=1+1", "Bas"]
    again = upload(team, answer.text.replace("'=1+1", "Dirk"))
    assert "invited already" in page(team, str(again.location).partition("?")[0].removeprefix(PATH))


def test_taking_the_list_out_is_logged_without_whom(team: Stage) -> None:
    team.client("anna").get(f"{PATH}/list.csv")
    with team.database.session(readonly=True) as session:
        event = session.scalars(select(Event).where(Event.verb == "people.take-out")).one()
        assert event.details == {"people": 8}


@pytest.mark.parametrize("who", ["lead", "bram"])
@pytest.mark.parametrize("path", ["", "/list.csv", "/import", "/new", "/1", "/1/link"])
def test_nobody_outside_the_team_sees_who_is_invited(team: Stage, who: str, path: str) -> None:
    assert team.client(who).get(f"{PATH}{path}").status_code == 403
    assert team.client("dirk").get(f"{PATH}{path}").status_code == 404


def test_test_people_are_on_no_list(team: Stage) -> None:
    with team.database.session() as session:
        for invitee in session.scalars(select(Invitee).where(Invitee.name == "Dirk")):
            invitee.test = True
        session.commit()
    assert "Dirk" not in names(page(team))
    assert edition().name == "seven-habits/1"
