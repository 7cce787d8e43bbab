"""How far the answering is."""

from sqlalchemy.orm import Session

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
