"""Writing findings and recommendations, and linking them to what they rest on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import findings, recommendations
from surveyapp.actions.findings import Said
from surveyapp.actions.grounding import score_target
from surveyapp.actions.recommendations import Advised
from surveyapp.errors import InvalidContent, NotFound, SurveyError, WrongState
from surveyapp.models import Event, Finding, Interview, Note, Recommendation, TextRelease
from surveyapp.queries import findings as found
from tests import cast
from tests.cast import Study

FACT = Said("t1", "De doelen zijn niet overal bekend.")
ADVICE = Advised("Schrijf één kernverhaal.", "De stuurgroep", "process", "next-round", "small")


def _finding(session: Session, study: Study, said: Said = FACT) -> Finding:
    return findings.write(session, wave=study.wave, said=said, by=study.anna)


def _advice(session: Session, study: Study, *basis: Finding, advised: Advised = ADVICE) -> Recommendation:
    return recommendations.write(session, wave=study.wave, advised=advised, findings=basis, by=study.anna)


def _link(session: Session, study: Study, finding: Finding, kind: str, target: str, stance: str = "supports") -> None:
    findings.link(session, finding=finding, kind=kind, target=target, stance=stance, by=study.anna)


def _talk(session: Session, study: Study, *notes: str) -> None:
    """An interview of which these notes were made."""
    interview = Interview(wave=study.wave, membership=study.members[0], calendar_uid="u", created_at=clock.now())
    session.add(interview)
    for key in notes:
        note = Note(id=key, interview=interview, topic="t1", author=study.anna, text="?", written_at=clock.now())
        session.add(note)
    session.flush()


def test_a_finding_gets_the_next_number_and_waits_for_nobody_to_see_it(session: Session) -> None:
    study = cast.study(session)
    one, two = _finding(session, study), _finding(session, study)
    assert (one.number, two.number, one.in_report) == (1, 2, False)
    assert found.reported(session, study.wave) == ()
    findings.show(session, finding=two, in_report=True, by=study.anna)
    assert [each.number for each in found.reported(session, study.wave)] == [2]
    assert [each.number for each in found.written(session, study.wave)] == [1, 2]


def test_a_number_of_what_was_removed_is_never_given_out_again(session: Session) -> None:
    study = cast.study(session)
    _finding(session, study)
    findings.remove(session, finding=_finding(session, study), by=study.anna)
    assert _finding(session, study).number == 3
    recommendations.remove(session, recommendation=_advice(session, study), by=study.anna)
    assert _advice(session, study).number == 2


def test_facts_and_judgement_stand_apart_and_a_judgement_says_why(session: Session) -> None:
    study = cast.study(session)
    judged = replace(FACT, judgement="partly", judgement_reason="Drie van de vier doelen zijn vastgesteld.")
    finding = _finding(session, study, judged)
    assert (finding.fact, finding.judgement) == (FACT.fact, "partly")
    with pytest.raises(InvalidContent, match="reason-missing"):
        _finding(session, study, replace(FACT, judgement="not", judgement_reason="  "))


_NO_FINDING: Final = (
    (replace(FACT, theme="t9"), "unknown-theme"),
    (replace(FACT, role="mayor"), "unknown-role"),
    (replace(FACT, judgement="good"), "unknown-judgement"),
    (replace(FACT, fact=" \n"), "text-missing"),
    (replace(FACT, fact="a" * 5_001), "text-too-long"),
)
"""What is said, and why it is refused."""


def test_what_cannot_be_a_finding_is_refused(session: Session) -> None:
    study = cast.study(session)
    for said, code in _NO_FINDING:
        with pytest.raises(InvalidContent, match=code):
            _finding(session, study, said)
    assert session.scalars(select(Finding)).all() == []


def test_who_changes_an_older_version_is_told_and_overwrites_nothing(session: Session) -> None:
    study = cast.study(session)
    finding = _finding(session, study)
    findings.change(session, finding=finding, version=1, said=replace(FACT, fact="Anders."), by=study.anna)
    with pytest.raises(WrongState, match="changed-meanwhile"):
        findings.change(session, finding=finding, version=1, said=FACT, by=study.anna)
    assert (finding.fact, finding.version) == ("Anders.", 2)


def test_what_readers_see_is_not_removed(session: Session) -> None:
    study = cast.study(session)
    finding, advice = _finding(session, study), _advice(session, study)
    findings.show(session, finding=finding, in_report=True, by=study.anna)
    recommendations.show(session, recommendation=advice, in_report=True, by=study.anna)
    with pytest.raises(WrongState, match="in-report"):
        findings.remove(session, finding=finding, by=study.anna)
    with pytest.raises(WrongState, match="in-report"):
        recommendations.remove(session, recommendation=advice, by=study.anna)


def test_strength_follows_from_the_links_and_two_notes_of_one_interview_are_one_source(session: Session) -> None:
    study = cast.study(session)
    finding = _finding(session, study)
    _talk(session, study, "a", "b")
    _link(session, study, finding, "note", "a")
    _link(session, study, finding, "note", "b")
    assert found.strength_of(session, finding).level == "one"
    _link(session, study, finding, "score", score_target("theme", "t1", "GM0141", "governor"))
    assert found.strength_of(session, finding).level == "independent"
    findings.cite(
        session,
        finding=finding,
        title="Regiovisie",
        place="",
        dated="2025",
        page="12",
        stance="contradicts",
        by=study.anna,
    )
    record = found.written(session, study.wave)[0]
    assert record.strength.level == "contradicted"
    assert (record.supports, record.contradicts) == ({"score": 1, "note": 2}, {"reference": 1})
    assert finding.supports[-1].remark == "12"


def test_linking_again_changes_the_link_and_unlinking_takes_it_away(session: Session) -> None:
    study = cast.study(session)
    finding = _finding(session, study)
    target = score_target("item", "t1_1")
    _link(session, study, finding, "score", target)
    _link(session, study, finding, "score", target, "contradicts")
    assert [each.stance for each in finding.supports] == ["contradicts"]
    findings.unlink(session, finding=finding, support=finding.supports[0], by=study.anna)
    assert finding.supports == []


_NOT_THERE: Final = (
    ("score", "theme:t1"),
    ("score", "theme:t9:all:all"),
    ("score", "item:t1:all:all"),
    ("score", "theme:t1:GM9999:all"),
    ("score", "theme:t1:all:mayor"),
    ("code", "no-such-code"),
    ("answer", "1:t1_good"),
    ("note", "nothing"),
    ("quote", "nothing"),
    ("reference", "1"),
    ("reference", "²"),
)


def test_nothing_rests_on_what_is_not_there(session: Session) -> None:
    study = cast.study(session)
    finding = _finding(session, study)
    for kind, target in _NOT_THERE:
        with pytest.raises(NotFound, match="support-target"):
            _link(session, study, finding, kind, target)
    with pytest.raises(InvalidContent, match="unknown-kind"):
        _link(session, study, finding, "rumour", "1")
    with pytest.raises(InvalidContent, match="unknown-stance"):
        _link(session, study, finding, "score", score_target("theme", "t1"), "perhaps")
    assert finding.supports == []


def test_nothing_rests_on_an_answer_that_was_not_released(session: Session) -> None:
    study = cast.study(session)
    finding = _finding(session, study)
    text = TextRelease(wave_id=study.wave.id, source="answer", source_key="1:t1_good", text="...", text_digest="d")
    session.add(text)
    session.flush()
    with pytest.raises(WrongState, match="text-not-released"):
        _link(session, study, finding, "answer", "1:t1_good")
    text.state = "released"
    _link(session, study, finding, "answer", "1:t1_good")
    assert found.strength_of(session, finding).level == "one"


_NO_ADVICE: Final = (
    (replace(ADVICE, text=""), "text-missing"),
    (replace(ADVICE, addressee=" "), "addressee-missing"),
    (replace(ADVICE, belongs_to="nobody"), "unknown-belonging"),
    (replace(ADVICE, timing="never"), "unknown-timing"),
    (replace(ADVICE, effort="heroic"), "unknown-effort"),
    (replace(ADVICE, theme="t9"), "unknown-theme"),
    (replace(ADVICE, theme="t1", measure=0), "unknown-measure"),
    (replace(ADVICE, measure=0), "unknown-measure"),
)


def test_what_cannot_be_a_recommendation_is_refused(session: Session) -> None:
    study = cast.study(session)
    for advised, code in _NO_ADVICE:
        with pytest.raises(InvalidContent, match=code):
            _advice(session, study, advised=advised)


def test_readers_see_of_both_only_what_is_in_the_report(session: Session) -> None:
    study = cast.study(session)
    one, two = _finding(session, study), _finding(session, study, replace(FACT, membership=study.members[1]))
    advice = _advice(session, study, one, two)
    for finding in (one, two):
        findings.show(session, finding=finding, in_report=True, by=study.anna)
    assert [each.recommendations for each in found.reported(session, study.wave)] == [(), ()]
    recommendations.show(session, recommendation=advice, in_report=True, by=study.anna)
    findings.show(session, finding=two, in_report=False, by=study.anna)
    assert [each.recommendations for each in found.reported(session, study.wave)] == [(1,)]
    assert [each.findings for each in found.recommended(session, study.wave)] == [(1,)]
    assert [each.findings for each in found.advised(session, study.wave)] == [(1, 2)]


def test_an_organisation_reads_what_is_about_it_and_about_the_region(session: Session) -> None:
    study = cast.study(session)
    for member in (None, study.members[0], study.members[1]):
        finding = _finding(session, study, replace(FACT, membership=member))
        findings.show(session, finding=finding, in_report=True, by=study.anna)
    seen = [[each.number for each in found.reported(session, study.wave, code)] for code in (None, "", "GM0147")]
    assert seen == [[1, 2, 3], [1], [1, 3]]


def test_nothing_of_another_study_is_taken_in(session: Session) -> None:
    study = cast.study(session)
    other = cast.another_wave(session, study)
    elsewhere = _finding(session, other)
    with pytest.raises(NotFound):
        _advice(session, study, elsewhere)
    with pytest.raises(NotFound):
        found.by_id(session, study.wave, elsewhere.id)


@pytest.mark.parametrize(
    "act",
    [
        lambda session, study, finding: findings.show(session, finding=finding, in_report=True, by=study.anna),
        lambda session, study, finding: findings.change(session, finding=finding, version=1, said=FACT, by=study.anna),
        lambda session, study, finding: findings.remove(session, finding=finding, by=study.anna),
    ],
    ids=["show", "change", "remove"],
)
def test_every_act_is_in_the_log_without_a_word_of_the_text(
    session: Session, act: Callable[[Session, Study, Finding], None]
) -> None:
    study = cast.study(session)
    finding = _finding(session, study)
    subject = f"finding:{finding.id}"
    act(session, study, finding)
    last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert last is not None
    assert (last.subject, last.actor_id, last.details["number"]) == (subject, study.anna.id, 1)
    assert "doelen" not in str(last.details)


def test_what_somebody_else_removed_is_not_changed(session: Session) -> None:
    study = cast.study(session)
    finding = _finding(session, study)
    findings.remove(session, finding=finding, by=study.anna)
    with pytest.raises(SurveyError):
        findings.show(session, finding=finding, in_report=True, by=study.anna)
