"""Writing in a report: apart from the machine's words, never overwritten, with numbers that are noticed when they
change."""

from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import report_texts
from surveyapp.errors import InvalidContent, NotAllowed, NotFound, SurveyError, WrongState
from surveyapp.models import Event, ReportText
from surveyapp.queries import report_texts as queries
from surveyapp.reports.references import numbers_of
from surveyapp.reports.report import Report
from tests import cast
from tests.cast import Study
from tests.reports.report_samples import sample_report

REPORT: Final = sample_report()
TEXT: Final = "De regio haalt {{score g3}} van de 5."


def _write(
    session: Session,
    study: Study,
    text: str = TEXT,
    version: int = 0,
    section: str = "summary",
    report: Report = REPORT,
) -> ReportText:
    return report_texts.write(
        session, wave=study.wave, report=report, section=section, text=text, version=version, by=study.anna
    )


def _later() -> Report:
    """The report after a correction: the third theme scores 2,4."""
    third = REPORT.chapters[2]
    chapters = list(REPORT.chapters)
    chapters[2] = third.model_copy(update={"region": third.region.model_copy(update={"value": 2.4})})
    provenance = REPORT.provenance.model_copy(update={"publication": REPORT.provenance.publication + 1})
    return REPORT.model_copy(update={"chapters": tuple(chapters), "provenance": provenance})


def test_a_text_is_kept_with_the_numbers_that_it_refers_to(session: Session) -> None:
    study = cast.study(session)
    text = _write(session, study, f"  {TEXT}\n")
    assert (text.text, text.numbers, text.version) == (TEXT, {"score g3": "2,2"}, 1)
    assert (text.kind, text.membership_id, text.language) == ("region", None, "nl")
    again = _write(session, study, "Van {{invited}} mensen.", version=1)
    assert (again.id, again.numbers, again.version) == (text.id, {"invited": "27"}, 2)
    verbs = session.scalars(select(Event).where(Event.verb == "report-text.write")).all()
    assert [event.details for event in verbs] == [{"section": "summary", "language": "nl"}] * 2


def test_who_changes_an_older_version_is_told_and_overwrites_nothing(session: Session) -> None:
    study = cast.study(session)
    text = _write(session, study)
    for version in (0, 2):
        with pytest.raises(WrongState, match="changed-meanwhile"):
            _write(session, study, "Mijn eigen versie.", version=version)
    assert text.text == TEXT


def test_what_was_thrown_away_is_not_taken_for_what_was_there_before(session: Session) -> None:
    study = cast.study(session)
    text = _write(session, study)
    report_texts.clear(session, wave=study.wave, text=text, version=1, by=study.anna)
    assert queries.counted(session, study.wave) == {}
    with pytest.raises(WrongState, match="changed-meanwhile"):
        _write(session, study, version=1)
    with pytest.raises(WrongState, match="changed-meanwhile"):
        report_texts.clear(session, wave=study.wave, text=text, version=1, by=study.anna)
    assert _write(session, study, version=2).version == 3
    assert queries.counted(session, study.wave) == {(None, "nl"): 1}


_REFUSED: Final[tuple[tuple[str, str, type[SurveyError], str], ...]] = (
    ("  \n", "summary", InvalidContent, "text-missing"),
    ("a" * 20_001, "summary", InvalidContent, "text-too-long"),
    ("{{score g3}} {{score g99}} {{oeps", "summary", InvalidContent, "references={{score g99}}, {{oeps"),
    ("Over Enschede.", "page.GM0099", NotFound, "report-section"),
)
"""What is written, where, and why it is refused."""


def test_what_no_reader_could_read_is_refused(session: Session) -> None:
    study = cast.study(session)
    for text, section, error, code in _REFUSED:
        with pytest.raises(error, match=code):
            _write(session, study, text, section=section)
    assert session.scalars(select(ReportText)).all() == []


def test_a_report_about_an_organisation_has_texts_of_its_own(session: Session) -> None:
    study = cast.study(session)
    own = sample_report("municipality")
    with pytest.raises(NotAllowed, match="whose-report"):
        _write(session, study, report=own)
    _write(session, study)
    for member in study.members[:2]:
        made = report_texts.write(
            session,
            wave=study.wave,
            report=own,
            member=member,
            section="summary",
            text="Eigen score {{own g3}}.",
            version=0,
            by=study.anna,
        )
        assert made.numbers == {"own g3": numbers_of(own)["own g3"]}
    first, second = (member.id for member in study.members[:2])
    assert queries.counted(session, study.wave) == {(None, "nl"): 1, (first, "nl"): 1, (second, "nl"): 1}


def test_a_number_that_changed_stays_flagged_until_the_text_is_read_over(session: Session) -> None:
    study, later = cast.study(session), _later()
    text = _write(session, study)
    assert queries.changes(text, REPORT) == {}
    assert queries.changes(text, later) == {"score g3": ("2,2", "2,4")}
    _write(session, study, f"{TEXT} En {{{{invited}}}}.", version=1, report=later)
    assert queries.changes(text, later) == {"score g3": ("2,2", "2,4")}
    report_texts.read_over(session, wave=study.wave, text=text, report=later, version=2, publication=2, by=study.anna)
    assert queries.changes(text, later) == {}
    assert (text.text, text.version) == (f"{TEXT} En {{{{invited}}}}.", 2)


@pytest.mark.parametrize(("version", "publication"), [(0, 2), (1, 1)])
def test_only_what_was_looked_at_is_read_over(session: Session, version: int, publication: int) -> None:
    study = cast.study(session)
    text = _write(session, study)
    with pytest.raises(WrongState, match="changed-meanwhile"):
        report_texts.read_over(
            session,
            wave=study.wave,
            text=text,
            report=_later(),
            version=version,
            publication=publication,
            by=study.anna,
        )
    assert text.numbers == {"score g3": "2,2"}


def test_a_number_that_may_not_be_told_any_more_may_stay_and_is_flagged(session: Session) -> None:
    study = cast.study(session)
    text = _write(session, study)
    third = REPORT.chapters[2]
    cell = third.region.model_copy(update={"value": None, "hidden": "small"})
    hidden = REPORT.model_copy(update={"chapters": (third.model_copy(update={"region": cell}),)})
    assert queries.changes(text, hidden) == {"score g3": ("2,2", "◦")}
    assert queries.strange(TEXT, hidden, text) == ()
    assert queries.strange(TEXT, hidden, None) == ("{{score g3}}",)
    flagged = [each.place.name for each in queries.sections(session, study.wave, None, hidden).sections if each.changed]
    assert flagged == ["summary"]
