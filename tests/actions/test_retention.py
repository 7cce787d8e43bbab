"""What was kept long enough is erased, and the totals can still be explained."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import delegations, jobs, publications, renderings, responses, retention, tallies, waves
from surveyapp.actions.retention import ANSWERS, INVITEES, TEXTS
from surveyapp.errors import WrongState
from surveyapp.models import (
    Answer,
    Delegation,
    Evaluation,
    Event,
    Invitation,
    Invitee,
    ItemTally,
    Job,
    Mail,
    Publication,
    Receipt,
    Rendering,
    ReportText,
    Response,
    ThemeTally,
)
from surveyapp.queries import monitor
from tests import cast
from tests.actions.conftest import Time
from tests.cast import SECRET_KEY, Study

TODAY = date(2030, 6, 1)
YESTERDAY = TODAY - timedelta(days=1)
WORDS = "Het overleg op maandag."


@pytest.fixture
def study(session: Session, time: Time) -> Study:
    """Closed and published: five officials who wrote something, a draft, and somebody who passed a section on."""
    made = cast.study(session)
    for mark in "12345":
        made.respond(session, "official", t1_1=mark, t1_3="2", t1_good=WORDS, scale_of_it="local")
    passing = responses.start(session, invitation=made.invite(session, "governor"))
    delegations.pass_on(
        session,
        response=passing,
        section="first",
        name="Carla",
        email="carla@almelo.example",
        language="nl",
        secret_key=SECRET_KEY,
    )
    made.save(session, passing, t1_good=WORDS)
    session.add(Mail(purpose="invitation", due_at=clock.now(), invitee_id=passing.invitation.invitee_id))  # type: ignore[union-attr]
    waves.close(session, wave=made.wave, by=made.anna)
    publications.publish(session, wave=made.wave, by=made.anna)
    renderings.request(
        session,
        evaluation=made.evaluation,
        audience="team",
        membership_id=None,
        kind="interview-guide",
        specification={"quote": WORDS},
        digest="guide",
    )
    session.flush()
    del time
    return made


def keep(study: Study, **until: date | None) -> None:
    for what, day in until.items():
        setattr(study.evaluation, f"{what}_until", day)


def found(session: Session, *, dry_run: bool = False) -> list[tuple[str, int, bool]]:
    session.flush()
    return [(one.what, one.number, one.waits) for one in retention.retain(session, day=TODAY, dry_run=dry_run)]


def kept(session: Session, study: Study) -> dict[str, Any]:
    """What must survive everything: tallies, publications, and how many were invited and answered."""
    return {
        **{
            table.__tablename__: sorted(map(tuple, session.execute(select(*table.__table__.columns))))
            for table in (ItemTally, ThemeTally)
        },
        "publication": session.scalars(select(Publication.document)).all(),
        "monitor": [(cell.invited, cell.submitted) for cell in monitor.per_cell(session, study.wave)],
    }


def of(session: Session, study: Study, table: Any) -> int:  # noqa: ANN401 - any table
    """How many answers or responses there are of the study."""
    asked = select(func.count()).select_from(Response).where(Response.wave_id == study.wave.id)
    if table is Answer:
        asked = asked.join(Answer, Answer.response_id == Response.id)
    return session.scalar(asked) or 0


def test_nothing_is_erased_on_the_last_day_or_without_a_day(session: Session, study: Study) -> None:
    keep(study, invitees=TODAY, texts=None, answers=TODAY + timedelta(days=1))
    assert found(session) == []


def test_names_addresses_and_links_go_and_the_counts_stay(session: Session, study: Study) -> None:
    keep(study, invitees=YESTERDAY)
    before, answers = kept(session, study), of(session, study, Answer)
    assert found(session) == [(INVITEES, 7, False)]
    assert kept(session, study) == before
    assert of(session, study, Answer) == answers
    theirs = select(Invitee).where(Invitee.wave_id == study.wave.id)
    assert {(seat.name, seat.email, seat.opted_out_at) for seat in session.scalars(theirs)} == {("", "", None)}
    links = session.scalars(select(Invitation).join(Invitee).where(Invitee.wave_id == study.wave.id)).all()
    assert all(link.token_hash is None and link.revoked_at is not None for link in links)
    assert {(row.name, row.email, row.token_hash) for row in session.scalars(select(Delegation))} == {("", "", None)}
    assert session.scalars(select(Mail)).all() == []


def test_what_was_written_goes_and_what_was_chosen_stays(session: Session, study: Study) -> None:
    keep(study, texts=YESTERDAY)
    before = kept(session, study)
    assert found(session) == [(TEXTS, 6, False)]
    assert kept(session, study) == before
    ours = select(Answer.question).join(Response).where(Response.wave_id == study.wave.id)
    assert set(session.scalars(ours.distinct())) == {"t1_1", "t1_3", "scale_of_it"}
    assert session.scalars(select(Rendering)).all() == [], "a guide with what was written"
    assert tallies.recount(session, wave=study.wave) == []


def test_single_answers_go_and_the_totals_stay_and_are_not_counted_again(session: Session, study: Study) -> None:
    keep(study, answers=YESTERDAY)
    before = kept(session, study)
    assert found(session) == [(ANSWERS, 6, False)]
    assert of(session, study, Response) == 0
    assert kept(session, study) == before
    with pytest.raises(WrongState, match="answers-erased"):
        tallies.recount(session, wave=study.wave)
    assert kept(session, study) == before
    receipts = select(Receipt).join(Invitation).join(Invitee).where(Invitee.wave_id == study.wave.id)
    assert len(session.scalars(receipts).all()) == 5


def test_all_three_days_may_pass_at_once_and_nothing_is_done_twice(session: Session, study: Study) -> None:
    keep(study, invitees=YESTERDAY, texts=YESTERDAY, answers=YESTERDAY)
    before = kept(session, study)
    assert [what for what, _, _ in found(session)] == [INVITEES, TEXTS, ANSWERS]
    assert found(session) == []
    assert kept(session, study) == before
    told = select(Event.verb).where(Event.verb.like("privacy.%")).order_by(Event.id)
    assert list(session.scalars(told)) == [
        "privacy.retain-invitees",
        "privacy.retain-texts",
        "privacy.retain-answers",
    ]


def test_a_dry_run_tells_and_erases_nothing(session: Session, study: Study) -> None:
    keep(study, invitees=YESTERDAY, texts=YESTERDAY, answers=YESTERDAY)
    asked = [(INVITEES, 7, False), (TEXTS, 6, False), (ANSWERS, 6, False)]
    assert found(session, dry_run=True) == asked
    assert found(session, dry_run=True) == asked
    assert of(session, study, Response) == 6
    assert session.scalars(select(Event).where(Event.verb.like("privacy.%"))).all() == []


def test_another_study_keeps_everything(session: Session, study: Study) -> None:
    keep(study, invitees=YESTERDAY, texts=YESTERDAY, answers=YESTERDAY)
    found(session)
    elsewhere = (
        select(Answer.value).join(Response).where(Response.wave_id != study.wave.id, Answer.question == "t1_good")
    )
    assert list(session.scalars(elsewhere)) == ["Dit is van een ander."]
    names = select(Invitee.name).where(Invitee.wave_id != study.wave.id).distinct()
    assert list(session.scalars(names)) == ["Bram"]


def test_a_study_with_an_open_wave_waits(session: Session, study: Study) -> None:
    cast.another_wave(session, study)
    keep(study, invitees=YESTERDAY, answers=YESTERDAY)
    assert found(session) == [(INVITEES, 7, True), (ANSWERS, 6, True)]
    assert of(session, study, Response) == 6


def test_anonymous_waves_keep_their_totals_too(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    seats = [study.invite(session, "official", email=f"c{number}@almelo.example") for number in range(5)]
    for mark, seat in enumerate(seats, start=1):
        response = responses.start(session, invitation=seat)
        study.save(session, response, t1_1=str(mark), t1_good=WORDS)
        study.submit(session, response)
    waves.close(session, wave=study.wave, by=study.anna)
    keep(study, invitees=YESTERDAY, texts=YESTERDAY, answers=YESTERDAY)
    before = kept(session, study)
    assert found(session) == [(INVITEES, 5, False), (TEXTS, 5, False), (ANSWERS, 5, False)]
    assert kept(session, study) == before


def test_a_worker_looks_once_a_day_and_only_where_a_day_has_passed(session: Session, study: Study, time: Time) -> None:
    assert not retention.ask_daily(session)
    keep(study, invitees=clock.local(clock.now()).date() - timedelta(days=1))
    session.flush()
    assert retention.ask_daily(session)
    assert not retention.ask_daily(session)
    time.passes(days=1)
    assert retention.ask_daily(session)
    asked = session.scalars(select(Job).where(Job.kind == retention.RETAIN)).all()
    assert len(asked) == 2
    assert jobs.claim(session, worker="w", limit=9)


def test_what_would_be_erased_can_be_looked_at_beforehand(session: Session, study: Study) -> None:
    keep(study, invitees=TODAY + timedelta(days=300))
    session.flush()
    foreseen = retention.foreseen(session, evaluation=session.get_one(Evaluation, study.evaluation.id))
    assert [(one.what, one.number) for one in foreseen] == [(INVITEES, 7)]


def test_texts_in_reports_go_with_the_words_that_they_may_cite(session: Session, study: Study) -> None:
    for section in ("summary", "response"):
        session.add(
            ReportText(
                wave_id=study.wave.id,
                kind="region",
                section=section,
                language="nl",
                text=f"Iemand zei: {WORDS}",
                written_by=study.anna.id,
                written_at=clock.now(),
            )
        )
    keep(study, texts=YESTERDAY)
    before = kept(session, study)
    [(what, number, waits)] = found(session)
    assert (what, number, waits) == (TEXTS, 5 + 1 + 2, False)
    assert session.scalar(select(func.count()).select_from(ReportText)) == 0
    assert kept(session, study) == before
