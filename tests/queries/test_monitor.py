"""How far the answering is."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import responses
from surveyapp.models import Invitee, Response
from surveyapp.models.database import Database
from surveyapp.queries import entries, mailings, monitor
from surveyapp.queries.monitor import Cell, Day, Total
from tests import cast
from tests.coming import STAGES, come, through_a_link
from tests.effort import tries

ROLES: Final = ("governor", "official")


def numbers(cell: Cell) -> tuple[int, ...]:
    return (cell.invited, cell.opened, cell.started, cell.submitted, cell.remindable)


def test_the_monitor_counts_who_was_invited_opened_began_and_handed_in(session: Session) -> None:
    study = cast.study(session)
    study.invite(session, "official", member=2)
    for stage in ("opened", "started", "sent"):
        come(session, study, study.invite(session, "official"), stage)
    study.respond(session, "governor", t1_1="4")
    almelo, _, enschede = (member.id for member in study.members)
    assert monitor.per_cell(session, study.wave) == [
        Cell(almelo, "GM0141", "Almelo", "governor", invited=1, opened=1, started=1, submitted=1, remindable=0),
        Cell(almelo, "GM0141", "Almelo", "official", invited=3, opened=3, started=2, submitted=1, remindable=2),
        Cell(enschede, "GM0153", "Enschede", "official", invited=1, opened=0, started=0, submitted=0, remindable=1),
    ]


def test_in_an_anonymous_wave_receipts_tell_how_many_handed_in_and_no_response_does(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    people = [study.invite(session, role) for role in ("governor", *["official"] * 5)]
    begun = [responses.start(session, invitation=invitation) for invitation in people[:5]]
    for response in begun[:4]:
        study.save(session, response, t1_1="4")
    for response in begun[:3]:
        study.submit(session, response)
    governor, official = monitor.per_cell(session, study.wave)
    assert (governor.role, numbers(governor)) == ("governor", (1, 1, 1, 1, 0))
    assert (official.role, numbers(official)) == ("official", (5, 4, 3, 2, 3))


def test_what_was_reopened_is_started_and_what_was_withdrawn_is_not(session: Session) -> None:
    study = cast.study(session)
    for stage in ("reopened", "withdrawn", "emptied"):
        come(session, study, study.invite(session, "official"), stage)
    (cell,) = monitor.per_cell(session, study.wave)
    assert numbers(cell) == (3, 2, 1, 0, 3)


def test_who_can_be_reminded_has_an_address_and_a_link_that_works_has_not_answered_and_did_not_say_no(
    session: Session,
) -> None:
    study = cast.study(session)
    people = [study.invite(session, "official") for _ in range(5)] + [study.invite(session, "official", email="")]
    people[0].revoked_at = clock.now()
    asked_not_to = people[1].invitee
    assert asked_not_to is not None
    asked_not_to.opted_out_at = clock.now()
    come(session, study, people[2], "sent")
    come(session, study, people[3], "started")
    session.flush()
    (cell,) = monitor.per_cell(session, study.wave)
    assert numbers(cell) == (6, 2, 2, 1, 2)


def test_who_only_tries_the_study_is_nobody(session: Session) -> None:
    study = cast.study(session)
    for _ in range(2):
        come(session, study, study.invite(session, "official"), "sent")
    who = select(Invitee).where(Invitee.wave_id == study.wave.id).order_by(Invitee.id).limit(1)
    session.scalars(who).one().test = True
    session.flush()
    (cell,) = monitor.per_cell(session, study.wave)
    assert numbers(cell) == (1, 1, 1, 1, 0)
    found = monitor.total(session, wave_id=study.wave.id, membership_id=study.members[0].id)
    assert found == Total(invited=1, submitted=1, through_links=0)


def test_who_comes_through_an_open_link_is_counted_apart(session: Session) -> None:
    study = cast.study(session)
    come(session, study, study.invite(session, "governor"), "sent")
    through_a_link(session, study, 0, ("opened", "sent", "sent"))
    (cell,) = monitor.per_cell(session, study.wave)
    assert (cell.role, numbers(cell)) == ("governor", (1, 1, 1, 1, 0))
    almelo, borne, _ = study.members
    assert monitor.total(session, wave_id=study.wave.id, membership_id=almelo.id) == Total(1, 1, 2)
    assert monitor.total(session, wave_id=study.wave.id, membership_id=borne.id) == Total(0, 0, 0)
    assert monitor.per_day(session, study.wave)[-1] == Day(clock.local(clock.now()).date(), 1, 1, 2)


def test_an_organisation_has_one_total_whatever_the_roles(session: Session) -> None:
    study = cast.study(session)
    for role, stage in (("governor", "sent"), ("official", "sent"), ("official", "started"), ("official", "silent")):
        come(session, study, study.invite(session, role, member=1), stage)
    study.respond(session, "official", member=2, t1_1="4")
    found = monitor.total(session, wave_id=study.wave.id, membership_id=study.members[1].id)
    assert found == Total(invited=4, submitted=2, through_links=0)


def moved(session: Session, response: Response, started: datetime, sent: datetime | None = None) -> None:
    response.started_at, response.submitted_at = started, sent
    session.flush()


def test_a_day_is_one_of_amsterdam_also_when_summer_time_begins(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = cast.study(session)
    study.wave.opens_at = datetime(2026, 3, 27, 8, tzinfo=UTC)
    first, second, third = (study.respond(session, "official", t1_1="4") for _ in range(3))
    draft = study.begin(session, "official", t1_1="4")
    moved(session, first, datetime(2026, 3, 27, 22, 59, tzinfo=UTC), datetime(2026, 3, 27, 23, 0, tzinfo=UTC))
    moved(session, second, datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 21, 59, tzinfo=UTC))
    moved(session, third, datetime(2026, 3, 29, 22, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, 1, tzinfo=UTC))
    moved(session, draft, datetime(2026, 3, 29, 21, 30, tzinfo=UTC))
    study.wave.closes_at = datetime(2026, 3, 31, 21, 59, tzinfo=UTC)
    session.flush()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 9, 12, tzinfo=UTC))
    assert monitor.per_day(session, study.wave) == [
        Day(date(2026, 3, 27), opened=1, submitted=0, through_links=0),
        Day(date(2026, 3, 28), opened=1, submitted=1, through_links=0),
        Day(date(2026, 3, 29), opened=3, submitted=2, through_links=0),
        Day(date(2026, 3, 30), opened=4, submitted=3, through_links=0),
        Day(date(2026, 3, 31), opened=4, submitted=3, through_links=0),
    ]


def test_before_it_opens_and_of_anonymous_people_there_is_nothing_over_time(session: Session) -> None:
    nameless = cast.study(session, regime="anonymous")
    assert monitor.per_day(session, nameless.wave) == []
    planned = cast.another_wave(session, nameless).wave
    assert len(monitor.per_day(session, planned)) == 2
    planned.opens_at = clock.now() + timedelta(hours=1)
    session.flush()
    assert monitor.per_day(session, planned) == []


def test_the_numbers_take_as_many_statements_for_a_whole_study_as_for_one_answer(
    database: Database, session: Session
) -> None:
    study = cast.study(session)
    study.respond(session, "official", t1_1="4")
    asked: list[str] = []
    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", lambda *arguments: asked.append(str(arguments[2])))

    def statements() -> tuple[int, int]:
        asked.clear()
        monitor.per_cell(session, study.wave)
        monitor.per_day(session, study.wave)
        return len(asked), sum("GROUP BY" in statement for statement in asked)

    statements()
    of_one = statements()
    for member in range(3):
        study.respond(session, "governor", member=member, t1_1="4")
    assert statements() == of_one
    assert of_one[1] == 2


def test_a_wave_beside_a_larger_one_is_counted_by_itself(session: Session) -> None:
    large = cast.study(session)
    small = cast.another_wave(session, large)
    for member in range(3):
        large.respond(session, "official", member=member, t1_1="4")
    small.respond(session, "governor", t1_1="4")
    large.respond(session, "official", t1_1="4")
    for study, expected in ((small, 1), (large, 4)):
        assert sum(cell.submitted for cell in monitor.per_cell(session, study.wave)) == expected
        assert monitor.per_day(session, study.wave)[-1].submitted == expected
        assert entries.by_channel(session, study.wave) == {"web": expected}
        assert mailings.how_many(session, study.wave, "invitation") == 0


person = st.tuples(
    st.sampled_from((0, 1, 2)), st.sampled_from(ROLES), st.sampled_from(STAGES), st.booleans(), st.booleans()
)


@tries(12)
@given(invited=st.lists(person, max_size=12), regime=st.sampled_from(("confidential", "attributable")))
def test_the_monitor_counts_what_counting_one_by_one_counts(
    database: Database, invited: list[tuple[int, str, str, bool, bool]], regime: str
) -> None:
    with database.session() as session:
        study = cast.study(session, regime=regime, commit=False)
        expected: dict[tuple[int, str], Counter[str]] = {}
        for member, role, stage, no_more_mail, withdrawn_link in invited:
            invitation = study.invite(session, role, member=member)
            come(session, study, invitation, stage)
            assert invitation.invitee is not None
            invitation.invitee.opted_out_at = clock.now() if no_more_mail else None
            invitation.revoked_at = clock.now() if withdrawn_link else None
            counted = expected.setdefault((member, role), Counter())
            counted["invited"] += 1
            counted["opened"] += stage not in {"silent", "withdrawn"}
            counted["started"] += stage in {"started", "sent", "reopened"}
            counted["submitted"] += stage == "sent"
            counted["remindable"] += not (stage == "sent" or no_more_mail or withdrawn_link)
        session.flush()
        found = monitor.per_cell(session, study.wave)
        order = [(member, role) for member in range(3) for role in ROLES]
        names = ("invited", "opened", "started", "submitted", "remindable")
        assert [(cell.membership_id, cell.role, numbers(cell)) for cell in found] == [
            (study.members[member].id, role, tuple(expected[member, role][name] for name in names))
            for member, role in order
            if (member, role) in expected
        ]
        for place, its in enumerate(study.members):
            total = monitor.total(session, wave_id=study.wave.id, membership_id=its.id)
            mine = [counted for (of, _role), counted in expected.items() if of == place]
            assert (total.invited, total.submitted) == tuple(
                sum(counted[name] for counted in mine) for name in ("invited", "submitted")
            )
        last = monitor.per_day(session, study.wave)[-1]
        assert (last.opened, last.submitted) == tuple(
            sum(counted[name] for counted in expected.values()) for name in ("opened", "submitted")
        )
        session.rollback()
