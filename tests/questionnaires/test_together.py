"""Roles that are shown as one."""

from surveyapp.questionnaires.together import asked_alike, together
from tests import cast

ASKED = cast.edition().questionnaire


def test_one_role_stands_in_the_place_of_the_first_and_is_asked_what_any_of_them_was() -> None:
    found = together(ASKED, [("governor", "official")])
    assert [role.key for role in found.roles] == ["governor__official"]
    assert found.roles[0].title == {"nl": "Bestuurder en ambtenaar"}
    assert {question.key for question in found.coded_for("governor__official")} == {
        question.key for question in ASKED.coded
    }
    assert found.themes == ASKED.themes


def test_without_groups_it_is_the_same_questionnaire() -> None:
    assert together(ASKED, []) is ASKED


def test_roles_were_asked_alike_only_if_every_coded_question_was_put_to_all_or_none() -> None:
    assert not asked_alike(ASKED, ["governor", "official"])
    assert asked_alike(ASKED, ["official"])
