"""The rules of each audience."""

import pytest

from surveyapp.analysis.disclosure import AUDIENCES, Policy


def test_the_public_needs_ten_people_everybody_else_five() -> None:
    assert {audience: Policy.of(audience).threshold for audience in AUDIENCES} == {
        "lead": 5,
        "organisation": 5,
        "public": 10,
    }


def test_only_the_public_needs_two_people_of_each_role() -> None:
    assert [audience for audience in AUDIENCES if Policy.of(audience).two_of_each] == ["public"]


def test_nobody_outside_sees_roles_inside_an_organisation_in_confidence() -> None:
    assert not any(Policy.of(audience).role_split for audience in AUDIENCES)


def test_a_threshold_of_ones_own_never_lowers_that_of_the_distribution() -> None:
    assert Policy.of("lead", threshold=3).distribution == 10
    assert Policy.of("lead", threshold=12).distribution == 12


@pytest.mark.parametrize("audience", ["team", "everybody"])
def test_there_is_no_policy_for_the_team(audience: str) -> None:
    with pytest.raises(ValueError, match=audience):
        Policy.of(audience)


def test_an_unknown_regime_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        Policy.of("lead", "secret")


def test_a_threshold_of_one_protects_nobody() -> None:
    with pytest.raises(ValueError, match="2 or more"):
        Policy.of("lead", threshold=1)


def test_where_people_answered_anonymously_everybody_sees_what_they_would_see_in_confidence() -> None:
    for audience in AUDIENCES:
        assert Policy.of(audience, "anonymous") == Policy.of(audience, "confidential")


def test_where_people_answered_anonymously_the_team_sees_what_the_project_lead_sees() -> None:
    team, lead = Policy.of("team", "anonymous").to_document(), Policy.of("lead").to_document()
    assert team | {"audience": "lead"} == lead
