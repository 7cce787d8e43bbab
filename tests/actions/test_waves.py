"""Planning a wave, setting one up, opening and closing it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import evaluations, promises, responses, waves
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import EditionDocument, Event, Response
from surveyapp.models.database import Database
from surveyapp.queries import editions
from surveyapp.queries import evaluations as found
from surveyapp.queries import invitations as found_invitations
from surveyapp.questionnaires.edition import Edition
from tests import cast
from tests.actions import setting_up
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def _last_event(session: Session) -> Event:
    return session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


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
        _plan(session, study, regime="secret")
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


def test_the_regime_can_change_until_somebody_answers_or_was_promised_anything(session: Session, study: Study) -> None:
    invitation = study.invite(session, "governor")
    waves.set_regime(session, wave=study.wave, regime="attributable", by=study.anna)
    assert study.wave.regime == "attributable"
    event = _last_event(session)
    assert (event.verb, event.details, event.actor_id) == (
        "wave.set-regime",
        {"regime": "attributable"},
        study.anna.id,
    )
    responses.start(session, invitation=invitation)
    with pytest.raises(WrongState, match="regime-promised"):
        waves.set_regime(session, wave=study.wave, regime="confidential", by=study.anna)
    assert study.wave.regime == "attributable"


def test_the_regime_cannot_change_after_a_promise_even_where_nobody_answered(session: Session, study: Study) -> None:
    promises.keep(session, wave_id=study.wave.id, language="nl", text="Niemand ziet uw naam.")
    with pytest.raises(WrongState, match="regime-promised"):
        waves.set_regime(session, wave=study.wave, regime="attributable", by=study.anna)
    with pytest.raises(InvalidContent, match="unknown-regime"):
        waves.set_regime(session, wave=study.wave, regime="secret", by=study.anna)


def test_a_promise_to_another_wave_does_not_fix_the_regime(session: Session, study: Study) -> None:
    other = cast.another_wave(session, study)
    promises.keep(session, wave_id=other.wave.id, language="nl", text="Niemand ziet uw naam.")
    waves.set_regime(session, wave=study.wave, regime="anonymous", by=study.anna)
    assert study.wave.regime == "anonymous"


def test_who_reads_the_promise_of_another_regime_cannot_start_under_it(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        invitation_id = study.invite(session, "governor").id
        session.commit()
    with database.session() as reading:
        invitation = found_invitations.to_start(reading, invitation_id)
        reading.commit()
        with database.session() as other:
            waves.set_regime(other, wave=other.merge(study.wave), regime="attributable", by=None)
            other.commit()
        with pytest.raises(WrongState, match="regime-changed"):
            responses.start(reading, invitation=invitation)


def test_drafts_of_an_anonymous_wave_are_reported_and_thrown_away_at_closing(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    people = [study.invite(session, "official") for _ in range(5)]
    for invitation in people[:3]:
        study.save(session, responses.start(session, invitation=invitation), t1_1="4")
    sending = responses.start(session, invitation=people[0])
    study.submit(session, sending)
    waves.close(session, wave=study.wave, by=study.anna)
    assert _last_event(session).details == {"submitted": 1, "drafts": 2}
    left = session.execute(
        select(Response.submitted, Response.invitation_id).where(Response.wave_id == study.wave.id)
    ).all()
    assert [tuple(row) for row in left] == [(True, None)]


def test_a_draft_is_as_usual_where_nothing_is_said(session: Session, study: Study) -> None:
    made = waves.draft(session, evaluation=study.evaluation, edition=cast.edition(), by=study.anna)
    opens, closes = clock.local(made.opens_at), clock.local(made.closes_at)
    assert (opens.weekday(), opens.hour, opens.minute) == (0, 9, 0)
    assert (closes.date() - opens.date(), closes.hour, closes.minute) == (timedelta(weeks=4), 23, 59)
    assert (made.number, made.regime, made.sender) == (2, "confidential", "Regio")
    assert (made.contact_name, made.contact_email) == ("Anna", "anna@bureau.example")
    assert (made.languages, made.settled, made.state_at(clock.now())) == (["nl"], [], "draft")


def test_one_wave_is_set_up_at_a_time(session: Session, study: Study) -> None:
    waves.draft(session, evaluation=study.evaluation, edition=cast.edition(), by=study.anna)
    with pytest.raises(WrongState, match="wave-being-set-up"):
        waves.draft(session, evaluation=study.evaluation, edition=cast.edition(), by=study.anna)


def test_next_monday_is_never_today_and_keeps_the_hour_when_the_clock_changes() -> None:
    sunday_before_winter_time = datetime(2026, 10, 24, 12, tzinfo=UTC)
    monday = clock.local(waves.next_monday(sunday_before_winter_time))
    assert (monday.date().isoformat(), monday.hour) == ("2026-10-26", 9)
    assert clock.local(waves.next_monday(monday)).date().isoformat() == "2026-11-02"


def test_what_is_said_of_a_draft_is_kept_and_logged_by_name(session: Session) -> None:
    draft = setting_up.begin(session)
    draft.wave.settled = []
    waves.change(session, wave=draft.wave, by=draft.anna, regime="anonymous", expected={"governor": 2}, sender="Wij")
    assert (draft.wave.regime, draft.wave.expected, draft.wave.sender) == ("anonymous", {"governor": 2}, "Wij")
    assert draft.wave.settled == ["regime", "roles"]
    event = _last_event(session)
    assert (event.verb, event.details) == ("wave.change", {"changed": "expected, regime, sender"})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"regime": "secret"}, "unknown-regime"),
        ({"targets": {"mayor": 50}}, "unknown-role"),
        ({"targets": {"governor": 101}}, "target-impossible"),
        ({"expected": {"governor": -1}}, "number-impossible"),
        ({"closes_at": datetime(2020, 1, 1, tzinfo=UTC)}, "closes-before-opening"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(session: Session, said: dict[str, Any], code: str) -> None:
    draft = setting_up.begin(session)
    with pytest.raises(InvalidContent, match=code):
        waves.change(session, wave=draft.wave, by=draft.anna, sender="Wij", **said)
    assert draft.wave.sender == "Regio"


def test_opening_freezes_all_but_targets_and_contact(session: Session) -> None:
    draft = setting_up.begin(session)
    draft.invite(session, "governor")
    waves.open(session, wave=draft.wave, by=draft.anna)
    assert draft.wave.state_at(clock.now()) == "open"
    waves.change(session, wave=draft.wave, by=draft.anna, targets={"governor": 60}, contact_name="Carla")
    assert (draft.wave.targets, draft.wave.contact_name) == ({"governor": 60}, "Carla")
    frozen: list[dict[str, Any]] = [
        {"regime": "anonymous"}, {"sender": "X"}, {"languages": ["nl"]}, {"expected": {}}, {"edition": cast.edition()},
        {"closes_at": clock.now() + timedelta(days=90)},
    ]  # fmt: skip
    for said in frozen:
        with pytest.raises(WrongState, match="wave-frozen"):
            waves.change(session, wave=draft.wave, by=draft.anna, **said)
    with pytest.raises(WrongState, match="already-opened"):
        waves.open(session, wave=draft.wave, by=draft.anna)


def test_a_wave_that_is_not_ready_says_everything_that_is_missing_and_stays_closed(session: Session) -> None:
    draft = setting_up.begin(session)
    evaluations.change(session, evaluation=draft.evaluation, purpose={}, by=draft.anna)
    waves.change(session, wave=draft.wave, by=draft.anna, sender=" ", contact_email="nergens", languages=[])
    with pytest.raises(waves.NotReady) as refusal:
        waves.open(session, wave=draft.wave, by=draft.anna)
    assert {(problem.step, problem.code) for problem in refusal.value.problems} == {
        ("study", "purpose-missing"),
        ("period", "sender-missing"),
        ("period", "contact-address-wrong"),
        ("period", "no-language"),
        ("people", "nobody-invited"),
    }
    assert draft.wave.ready_at is None


def test_another_questionnaire_keeps_the_roles_of_people_who_were_invited(session: Session) -> None:
    draft = setting_up.begin(session)
    draft.invite(session, "governor")
    lacking = cast.edition().model_dump()
    lacking["questionnaire"]["roles"] = [one for one in lacking["questionnaire"]["roles"] if one["key"] == "official"]
    with pytest.raises(InvalidContent, match="roles-with-people"):
        waves.change(session, wave=draft.wave, by=draft.anna, edition=Edition.model_validate(lacking))
    renamed = cast.edition().model_dump()
    renamed["questionnaire"]["version"] = "2"
    waves.change(session, wave=draft.wave, by=draft.anna, edition=Edition.model_validate(renamed))
    assert editions.of(session, draft.wave).name == "every-kind/2"
