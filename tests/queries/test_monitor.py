"""How far the answering is."""

from sqlalchemy.orm import Session

from surveyapp.actions import responses
from surveyapp.queries import monitor
from surveyapp.queries.monitor import Cell
from tests import cast


def test_the_monitor_counts_who_was_invited_began_and_handed_in(session: Session) -> None:
    study = cast.study(session)
    study.invite(session, "official", member=2)
    study.begin(session, "official", t1_1="4")
    study.respond(session, "official", t1_1="4")
    study.respond(session, "governor", t1_1="4")
    almelo, _, enschede = (member.id for member in study.members)
    assert monitor.per_cell(session, study.wave) == [
        Cell(almelo, "GM0141", "Almelo", "governor", invited=1, started=1, submitted=1),
        Cell(almelo, "GM0141", "Almelo", "official", invited=2, started=2, submitted=1),
        Cell(enschede, "GM0153", "Enschede", "official", invited=1, started=0, submitted=0),
    ]


def test_in_an_anonymous_wave_receipts_tell_how_many_handed_in_and_no_response_does(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    people = [study.invite(session, role) for role in ("governor", *["official"] * 5)]
    begun = [responses.start(session, invitation=invitation) for invitation in people[:4]]
    for response in begun:
        study.save(session, response, t1_1="4")
    for response in begun[:3]:
        study.submit(session, response)
    almelo = study.members[0].id
    assert monitor.per_cell(session, study.wave) == [
        Cell(almelo, "GM0141", "Almelo", "governor", invited=1, started=1, submitted=1),
        Cell(almelo, "GM0141", "Almelo", "official", invited=5, started=3, submitted=2),
    ]


def test_what_was_reopened_is_started_and_what_was_withdrawn_is_not(session: Session) -> None:
    study = cast.study(session)
    study.reopen(session, study.respond(session, "official", t1_1="4"))
    study.withdraw(session, study.respond(session, "official", t1_1="4"))
    (cell,) = monitor.per_cell(session, study.wave)
    assert (cell.invited, cell.started, cell.submitted) == (2, 1, 0)
