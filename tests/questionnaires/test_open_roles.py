"""The mark on roles that answered through an open link."""

from surveyapp.questionnaires import library
from surveyapp.questionnaires.open_roles import MARK, marked, open_in, unmarked

QUESTIONNAIRE = library.load("maatschappelijk-aanbesteden/1").questionnaire


def test_an_open_role_carries_the_mark_in_every_language_and_the_others_do_not() -> None:
    shown = marked(QUESTIONNAIRE, {"resident"})
    assert shown.role("resident").plural == {"nl": "Bewoners (open link)", "en": "Residents (open link)"}
    assert shown.role("resident").title["nl"] == "Bewoner (open link)"
    assert shown.role("official") == QUESTIONNAIRE.role("official")
    assert [role.key for role in open_in(shown)] == ["resident"]


def test_marking_twice_marks_once_and_leaves_the_questionnaire_itself_alone() -> None:
    shown = marked(marked(QUESTIONNAIRE, {"resident"}), {"resident"})
    assert shown.role("resident").title["nl"].count(MARK) == 1
    assert open_in(QUESTIONNAIRE) == ()
    assert unmarked(shown.role("resident").plural["nl"]) == QUESTIONNAIRE.role("resident").plural["nl"]


def test_what_is_asked_stays_as_it_was() -> None:
    shown = marked(QUESTIONNAIRE, {"resident", "provider"})
    assert shown.sections == QUESTIONNAIRE.sections
    assert [item.key for item in shown.coded_for("resident")] == [
        item.key for item in QUESTIONNAIRE.coded_for("resident")
    ]
