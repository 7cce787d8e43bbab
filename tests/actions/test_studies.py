"""Setting up a study: organisations, evaluations, waves and invitations, each act in the log."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import evaluations, log, organisations, waves
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import EditionDocument, Event
from surveyapp.queries import editions
from surveyapp.queries import evaluations as found
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def _last_event(session: Session) -> Event:
    return session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def test_an_act_is_written_down_with_who_did_what_to_what(session: Session, study: Study) -> None:
    before = clock.now()
    log.record(session, verb="wave.close", subject=study.wave, by=study.anna, evaluation=study.evaluation, drafts=3)
    event = _last_event(session)
    assert (event.verb, event.subject, event.details) == ("wave.close", f"wave:{study.wave.id}", {"drafts": 3})
    assert (event.actor_id, event.evaluation_id) == (study.anna.id, study.evaluation.id)
    assert before <= event.at <= clock.now()


def test_setting_up_a_study_leaves_no_name_or_address_in_the_log(session: Session, study: Study) -> None:
    study.invite(session, "governor", name="Bram", email="bram@almelo.example")
    events = session.scalars(select(Event)).all()
    assert {event.verb for event in events} == {
        "user.create",
        "organisation.add",
        "evaluation.create",
        "evaluation.add-organisation",
        "wave.plan",
        "invitation.invite",
        "user.grant",
    }
    assert not any("Bram" in str(event.details) or "@" in str(event.details) for event in events)


def test_an_organisation_may_belong_to_another(session: Session) -> None:
    region = organisations.add(session, code="SAMEN14", name="Samen14", kind="region_body", by=None)
    team = organisations.add(session, code="OZJT", name="OZJT", kind="programme_team", parent=region, by=None)
    assert team.parent_id == region.id


@pytest.mark.usefixtures("study")
def test_an_organisation_of_an_unknown_kind_or_with_a_taken_code_is_refused(session: Session) -> None:
    with pytest.raises(InvalidContent, match="unknown-kind"):
        organisations.add(session, code="X", name="X", kind="planet", by=None)
    with pytest.raises(WrongState, match="organisation-code-taken"):
        organisations.add(session, code="GM0141", name="Almelo", kind="municipality", by=None)


@pytest.mark.parametrize("slug", ["", "Samen", "a b", "-a", "a--b", "a/b", "x" * 81])
def test_a_study_needs_a_name_that_fits_in_an_address(session: Session, slug: str) -> None:
    with pytest.raises(InvalidContent, match="unusable-slug"):
        evaluations.create(session, slug=slug, title={"nl": "X"}, client="C", by=None)


@pytest.mark.usefixtures("study")
def test_a_study_needs_a_dutch_title_and_a_name_of_its_own(session: Session) -> None:
    with pytest.raises(InvalidContent, match="title-missing"):
        evaluations.create(session, slug="new", title={"en": "New"}, client="C", by=None)
    with pytest.raises(WrongState, match="slug-taken"):
        evaluations.create(session, slug="samen", title={"nl": "X"}, client="C", by=None)


def test_organisations_take_part_in_the_order_in_which_they_were_added_and_once(session: Session, study: Study) -> None:
    assert [member.organisation.code for member in found.memberships(session, study.evaluation)] == [
        code for code, _ in cast.PLACES
    ]
    with pytest.raises(WrongState, match="already-member"):
        evaluations.add_organisation(
            session, evaluation=study.evaluation, organisation=study.members[0].organisation, by=None
        )


def _plan(
    session: Session, study: Study, *, regime: str = "confidential", opens_in: float = 0, lasts: float = 24
) -> None:
    """Plan the next wave of the study; times in hours."""
    opens_at = clock.now() + timedelta(hours=opens_in)
    waves.plan(
        session,
        evaluation=study.evaluation,
        edition=cast.edition(),
        regime=regime,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=lasts),
        sender="Bureau",
        contact_name="Anna",
        contact_email="anna@bureau.example",
        by=study.anna,
    )


def test_waves_are_numbered_and_the_latest_is_found(session: Session, study: Study) -> None:
    _plan(session, study)
    assert found.wave(session, study.evaluation).number == 2
    assert found.wave(session, study.evaluation, 1) is study.wave
    with pytest.raises(NotFound, match="wave"):
        found.wave(session, study.evaluation, 3)


def test_a_wave_keeps_what_it_asks_once_for_all_that_ask_the_same(session: Session, study: Study) -> None:
    _plan(session, study)
    assert editions.of(session, found.wave(session, study.evaluation)) == cast.edition()
    assert session.scalars(select(EditionDocument.name)).all() == ["every-kind/1"]


def test_a_wave_with_an_unknown_regime_or_no_duration_is_refused(session: Session, study: Study) -> None:
    with pytest.raises(InvalidContent, match="unknown-regime"):
        _plan(session, study, regime="anonymous")
    with pytest.raises(InvalidContent, match="closes-before-opening"):
        _plan(session, study, lasts=0)


def test_closing_a_wave_reports_how_many_drafts_stay_out(session: Session, study: Study) -> None:
    study.respond(session, "governor", t1_1="4")
    study.begin(session, "official", t1_1="4")
    study.begin(session, "official")
    waves.close(session, wave=study.wave, by=study.anna)
    event = _last_event(session)
    assert (event.verb, event.details) == ("wave.close", {"submitted": 1, "drafts": 2})
    assert study.wave.state_at(clock.now()) == "closed"


def test_a_wave_is_closed_once_and_not_before_it_opened(session: Session, study: Study) -> None:
    waves.close(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="already-closed"):
        waves.close(session, wave=study.wave, by=study.anna)
    _plan(session, study, opens_in=1)
    with pytest.raises(WrongState, match="wave-not-open"):
        waves.close(session, wave=found.wave(session, study.evaluation), by=study.anna)


def test_nobody_is_invited_for_an_unknown_role_another_study_or_a_closed_wave(session: Session, study: Study) -> None:
    with pytest.raises(InvalidContent, match="unknown-role"):
        study.invite(session, "king")
    elsewhere = found.memberships(session, found.by_slug(session, "elders"))
    mine, study.members = study.members, elsewhere
    with pytest.raises(NotFound, match="membership-of-another-evaluation"):
        study.invite(session, "governor")
    study.members = mine
    waves.close(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="wave-closed"):
        study.invite(session, "governor")
