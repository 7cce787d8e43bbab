import pytest

from surveyapp.analysis.counts import Counts
from tests.analysis.builders import counts_of, person, questionnaire_of

QUESTIONNAIRE = questionnaire_of({"g1": ["g1_1"]})


def invited(**kinds: str) -> Counts:
    places = {(code, role): 2 for code in kinds for role in ("governor", "official")}
    return counts_of([], QUESTIONNAIRE, invited=places, kinds=kinds)


def test_organisations_come_in_the_order_of_the_invitations() -> None:
    assert invited(GM0153="municipality", GM0141="municipality").organisations == ("GM0153", "GM0141")


def test_the_region_is_the_municipalities() -> None:
    assert invited(OZJT="region_body", GM0141="municipality", MEE="provider").region == ("GM0141",)


@pytest.mark.parametrize("kind", ["neighbourhood", "provider"])
def test_without_municipalities_the_region_is_the_kind_that_occurs_most(kind: str) -> None:
    assert invited(A=kind, B="programme_team", C=kind).region == ("A", "C")


def test_an_empty_study_has_no_organisations_and_no_region() -> None:
    empty = counts_of([], QUESTIONNAIRE)
    assert empty.organisations == ()
    assert empty.region == ()


def test_an_organisation_that_answered_without_a_kind_given_is_a_municipality() -> None:
    assert counts_of([person("GM0141", "official", g1_1=3)], QUESTIONNAIRE).region == ("GM0141",)
