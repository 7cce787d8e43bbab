"""What changed since the wave before."""

from collections.abc import Sequence

import pandas as pd
import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import publications, waves
from surveyapp.models import Publication
from surveyapp.queries import wave_changes
from surveyapp.questionnaires.changes import Bridge, Changes
from surveyapp.questionnaires.edition import Edition
from tests import cast
from tests.cast import Study

LOW, HIGH = (2, 3, 2, 3, 4, 2), (3, 4, 3, 4, 5, 3)


def _answered(session: Session, study: Study, marks: Sequence[int]) -> None:
    for member in range(2):
        for mark in marks:
            study.respond(session, "official", member=member, t1_1=str(mark), t1_2="2", t1_3="4", t2_1="3")
    waves.close(session, wave=study.wave, by=study.anna)


def _two_waves(session: Session) -> tuple[Study, Study]:
    first = cast.study(session)
    _answered(session, first, LOW)
    second = cast.another_wave(session, first)
    _answered(session, second, HIGH)
    return first, second


def _published(session: Session, study: Study) -> Publication:
    return publications.publish(session, wave=study.wave, by=study.anna)


def _row(found: pd.DataFrame | None, organisation: str = "GM0141") -> pd.Series:
    assert found is not None
    here = found["key"].eq("t1_1") & found["organisation"].eq(organisation) & found["role"].eq("official")
    return found[here].iloc[0]


def test_the_team_compares_with_the_wave_before(session: Session) -> None:
    first, second = _two_waves(session)
    assert wave_changes.before(session, second.wave) is first.wave
    found = _row(wave_changes.for_team(session, second.wave))
    assert found[["before", "after", "change", "verdict"]].tolist() == pytest.approx([16 / 6, 22 / 6, 1, "changed"])


def test_of_a_first_wave_nothing_changed_since(session: Session) -> None:
    study = cast.study(session)
    _answered(session, study, LOW)
    assert wave_changes.before(session, study.wave) is None
    assert wave_changes.for_team(session, study.wave) is None
    assert wave_changes.in_print(session, _published(session, study)) is None


def test_of_an_anonymous_wave_the_team_too_sees_only_what_is_published(session: Session) -> None:
    second = cast.another_wave(session, cast.study(session, regime="anonymous"))
    assert wave_changes.before(session, second.wave) is not None
    assert wave_changes.for_team(session, second.wave) is None


def test_readers_compare_what_was_published_to_them(session: Session) -> None:
    first, second = _two_waves(session)
    earlier = _published(session, first)
    later = _published(session, second)
    assert wave_changes.publication_before(session, later) is earlier
    found = wave_changes.in_print(session, later)
    region = _row(found, "all")
    assert region[["before", "after", "verdict"]].tolist() == pytest.approx([2.67, 3.67, "changed"])


def test_a_wave_of_which_nothing_was_published_is_not_compared_with(session: Session) -> None:
    _, second = _two_waves(session)
    assert wave_changes.in_print(session, _published(session, second)) is None


def test_a_next_version_goes_on_where_it_says_so(session: Session) -> None:
    asked = cast.edition().model_dump(mode="json")
    asked["questionnaire"]["version"] = "2"
    asked["questionnaire"]["sections"][0]["questions"][0]["text"] = {"nl": "Echt goed?"}
    for changes, continuity in ((None, "reworded"), (_bridge("1"), "same"), (_bridge("0"), "reworded")):
        first = cast.study(session, commit=False)
        _answered(session, first, LOW)
        edition = Edition.model_validate({**asked, "changes": changes})
        second = cast.another_wave(session, first, edition)
        _answered(session, second, HIGH)
        assert _row(wave_changes.for_team(session, second.wave))["continuity"] == continuity
        session.rollback()


def _bridge(follows: str) -> Changes:
    return Changes(follows=follows, bridges=(Bridge(key="t1_1", why={"nl": "Alleen sterker gezegd."}),))
