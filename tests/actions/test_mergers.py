"""Putting organisations together for a publication: approved with a reason, and for good once it was published."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import mergers, publications, waves
from surveyapp.errors import InvalidContent, SurveyError, WrongState
from surveyapp.models import Event
from surveyapp.queries import mergers as found
from surveyapp.queries import publications as published
from tests import cast
from tests.cast import Study

TOO_SMALL = "Te weinig antwoorden."


def _small(session: Session) -> Study:
    """Six people answer in Almelo, and three each in Borne and Enschede."""
    study = cast.study(session)
    for member, people in ((0, 6), (1, 3), (2, 3)):
        for place in range(people):
            study.respond(session, "official", member=member, t1_1="3", t1_2="2", t1_3="4", t2_1=str(2 + place % 3))
    waves.close(session, wave=study.wave, by=study.anna)
    return study


def _merge(session: Session, study: Study, *members: str, kind: str = "organisations", reason: str = TOO_SMALL) -> None:
    mergers.merge(session, wave=study.wave, kind=kind, members=members, reason=reason, by=study.anna)


def test_what_is_too_small_is_proposed_with_what_it_shows(session: Session) -> None:
    study = _small(session)
    proposal = found.proposal(session, study.wave, "lead")
    assert proposal is not None
    assert proposal.small == ("GM0147", "GM0153")
    assert [group.members for group in proposal.groups] == [("GM0147", "GM0153")]
    assert (proposal.now.totals, proposal.now.organisations) == (1, 3)
    assert (proposal.then.totals, proposal.then.organisations) == (2, 2)


def test_what_was_approved_is_shown_as_one_and_named_in_the_publication(session: Session) -> None:
    study = _small(session)
    _merge(session, study, "GM0153", "GM0147")
    proposal = found.proposal(session, study.wave, "lead")
    assert proposal is not None
    assert (proposal.small, proposal.groups, proposal.now.totals) == ((), (), 2)
    publication = publications.publish(session, wave=study.wave, by=study.anna)
    scores = published.safe_results(publication).scores
    together = scores[
        (scores["organisation"] == "GM0147__GM0153") & (scores["role"] == "all") & (scores["key"] == "t2")
    ]
    assert together["n"].tolist() == [6]
    assert set(scores["organisation"]) == {"GM0141", "GM0147__GM0153", "all"}
    names = {one.organisation.code: one.organisation.name for one in published.members(session, publication, "nl")}
    assert names == {"GM0141": "Almelo", "GM0147__GM0153": "Borne en Enschede samen"}
    assert published.shown_as(publication, "GM0153") == "GM0147__GM0153"
    assert published.shown_as(publication, "GM0141") == "GM0141"
    assert publication.merged == [{"kind": "organisations", "members": ["GM0147", "GM0153"]}]


def test_the_research_team_sees_them_apart(session: Session) -> None:
    study = _small(session)
    _merge(session, study, "GM0147", "GM0153")
    assert publications.prepare(session, wave=study.wave).counts.organisations == ("GM0141", "GM0147", "GM0153")


def test_a_publication_stores_no_organisation_that_there_is_not(session: Session) -> None:
    study = _small(session)
    _merge(session, study, "GM0147", "GM0153")
    publication = publications.publish(session, wave=study.wave, by=study.anna)
    published.members(session, publication, "nl")
    assert not session.new
    session.commit()
    assert [member.organisation.code for member in study.evaluation.memberships] == ["GM0141", "GM0147", "GM0153"]


def test_it_is_taken_back_until_something_was_published_and_the_log_tells_both(session: Session) -> None:
    study = _small(session)
    _merge(session, study, "GM0147", "GM0153")
    (merger,) = found.of(session, study.wave)
    mergers.separate(session, merger=merger, by=study.anna)
    assert found.of(session, study.wave) == []
    events = session.scalars(select(Event).order_by(Event.id.desc()).limit(2)).all()
    assert [event.verb for event in events] == ["wave.separate", "wave.merge"]
    assert events[1].details == {"kind": "organisations", "members": "GM0147, GM0153", "reason": TOO_SMALL}
    _merge(session, study, "GM0147", "GM0153")
    publications.publish(session, wave=study.wave, by=study.anna)
    (merger,) = found.of(session, study.wave)
    with pytest.raises(WrongState, match="already-published"):
        mergers.separate(session, merger=merger, by=study.anna)
    with pytest.raises(WrongState, match="already-published"):
        _merge(session, study, "GM0141", "GM0147")


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("merger-too-few", lambda session, study: _merge(session, study, "GM0147", "GM0147")),
        ("merger-unknown-member", lambda session, study: _merge(session, study, "GM0147", "GM0363")),
        ("merger-roles-differ", lambda session, study: _merge(session, study, "governor", "official", kind="roles")),
        ("unknown-merger", lambda session, study: _merge(session, study, "GM0147", "GM0153", kind="people")),
        ("reason-missing", lambda session, study: _merge(session, study, "GM0147", "GM0153", reason=" ")),
        ("reason-too-long", lambda session, study: _merge(session, study, "GM0147", "GM0153", reason="x" * 2001)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_put_together(session: Session, code: str, act: Callable[[Session, Study], None]) -> None:
    study = _small(session)
    with pytest.raises(SurveyError) as problem:
        act(session, study)
    assert problem.value.code == code


def test_nothing_is_in_two_groups_and_kinds_stay_apart(session: Session) -> None:
    study = _small(session)
    _merge(session, study, "GM0147", "GM0153")
    with pytest.raises(InvalidContent, match="merger-overlaps"):
        _merge(session, study, "GM0153", "GM0141")
    study.members[0].organisation.kind = "provider"
    session.flush()
    (merger,) = found.of(session, study.wave)
    mergers.separate(session, merger=merger, by=study.anna)
    with pytest.raises(InvalidContent, match="merger-kinds-differ"):
        _merge(session, study, "GM0153", "GM0141")


def test_before_the_wave_has_closed_nobody_knows_what_is_too_small(session: Session) -> None:
    with pytest.raises(WrongState, match="wave-not-closed"):
        _merge(session, cast.study(session), "GM0147", "GM0153")


def test_where_nothing_is_hidden_nothing_is_proposed(session: Session) -> None:
    study = cast.study(session, regime="attributable")
    assert found.proposal(session, study.wave, "lead") is None
