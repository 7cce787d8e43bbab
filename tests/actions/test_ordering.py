"""Findings and recommendations in the order in which a report tells them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import findings, ordering, recommendations
from surveyapp.models import Event
from surveyapp.queries import findings as found
from tests import cast
from tests.actions.test_findings import ADVICE, FACT
from tests.cast import Study


def _order(session: Session, study: Study) -> list[int]:
    return [each.number for each in found.written(session, study.wave)]


def test_a_finding_moves_among_those_of_its_theme_and_the_report_follows(session: Session) -> None:
    study = cast.study(session)
    written = [findings.write(session, wave=study.wave, said=FACT, by=study.anna) for _ in range(3)]
    for each in written:
        findings.show(session, finding=each, in_report=True, by=study.anna)
    ordering.move(session, found=written[2], up=True, by=study.anna)
    assert _order(session, study) == [1, 3, 2]
    ordering.move(session, found=written[0], up=False, by=study.anna)
    assert _order(session, study) == [3, 1, 2]
    assert [each.number for each in found.reported(session, study.wave)] == [3, 1, 2]
    late = findings.write(session, wave=study.wave, said=FACT, by=study.anna)
    assert _order(session, study) == [3, 1, 2, late.number]


def test_at_an_end_nothing_moves_and_nothing_is_logged(session: Session) -> None:
    study = cast.study(session)
    one = findings.write(session, wave=study.wave, said=FACT, by=study.anna)
    two = findings.write(session, wave=study.wave, said=FACT, by=study.anna)
    ordering.move(session, found=one, up=True, by=study.anna)
    ordering.move(session, found=two, up=False, by=study.anna)
    assert _order(session, study) == [1, 2]
    assert session.scalars(select(Event).where(Event.verb == "finding.move")).all() == []
    ordering.move(session, found=two, up=True, by=study.anna)
    told = session.scalars(select(Event).where(Event.verb == "finding.move")).one()
    assert (told.details["number"], told.actor_id) == (2, study.anna.id)


def test_recommendations_have_an_order_of_their_own(session: Session) -> None:
    study = cast.study(session)
    written = [
        recommendations.write(session, wave=study.wave, advised=ADVICE, findings=[], by=study.anna) for _ in range(3)
    ]
    ordering.move(session, found=written[0], up=False, by=study.anna)
    assert [each.number for each in found.advised(session, study.wave)] == [2, 1, 3]
