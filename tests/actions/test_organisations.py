"""Making organisations known, and letting a list of them take part."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import evaluations, organisations
from surveyapp.actions.organisations import Place, UnusablePlaces
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Evaluation
from tests import cast
from tests.cast import Study


def test_an_organisation_may_belong_to_another(session: Session) -> None:
    region = organisations.add(session, code="SAMEN14", name="Samen14", kind="region_body", by=None)
    team = organisations.add(session, code="OZJT", name="OZJT", kind="programme_team", parent=region, by=None)
    assert team.parent_id == region.id


@pytest.mark.usefixtures("study")
def test_an_organisation_of_an_unknown_kind_or_with_a_taken_code_is_refused(session: Session) -> None:
    with pytest.raises(InvalidContent, match="unknown-kind"):
        organisations.add(session, code="X", name="X", kind="planet", by=None)
    with pytest.raises(WrongState, match="organisation-code-taken"):
        organisations.add(session, code="GM0141", name="Almelo", kind="municipality", by=None)


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


@pytest.fixture
def evaluation(session: Session) -> Evaluation:
    return evaluations.create(session, slug="samen", title={"nl": "Samen"}, client="Regio", by=None)


def _faults(session: Session, evaluation: Evaluation, *places: Place) -> list[tuple[int, str, str]]:
    with pytest.raises(UnusablePlaces) as refusal:
        organisations.join(session, evaluation=evaluation, places=places, by=None)
    assert evaluation.memberships == []
    return [(fault.place, fault.field, fault.code) for fault in refusal.value.faults]


def test_a_list_takes_part_in_its_order_and_municipalities_have_their_official_name(
    session: Session, evaluation: Evaluation
) -> None:
    places = [Place("WIJK-1", " Wijk  een ", "neighbourhood", "GM0141"), Place("gm0141", "Gemeente Almelo", "")]
    joined = organisations.join(session, evaluation=evaluation, places=places, by=None)
    neighbourhood, almelo = (member.organisation for member in joined.added)
    assert (neighbourhood.name, neighbourhood.parent_id) == ("Wijk een", almelo.id)
    assert (almelo.code, almelo.name, almelo.kind) == ("GM0141", "Almelo", "municipality")
    assert [member.position for member in joined.added] == [0, 1]
    again = organisations.join(session, evaluation=evaluation, places=places, by=None)
    assert (again.added, again.already) == ((), 2)


def test_an_organisation_that_is_known_is_used_again_by_its_code(session: Session, evaluation: Evaluation) -> None:
    known = organisations.add(session, code="OZJT", name="OZJT", kind="region_body", by=None)
    joined = organisations.join(session, evaluation=evaluation, places=[Place("OZJT", "ozjt", "region_body")], by=None)
    assert joined.added[0].organisation is known


@pytest.mark.parametrize(
    ("place", "field", "code"),
    [
        (Place("", "X", "provider"), "code", "code-missing"),
        (Place("a b", "X", "provider"), "code", "unusable-code"),
        (Place("x" * 21, "X", "provider"), "code", "unusable-code"),
        (Place("GM9999", "Nergens", "municipality"), "code", "unknown-municipality"),
        (Place("GM0141", "Almelo", "provider"), "kind", "not-a-municipality"),
        (Place("X", "  ", "provider"), "name", "name-missing"),
        (Place("X", "x" * 201, "provider"), "name", "name-too-long"),
        (Place("X", "a\x07b", "provider"), "name", "name-too-long"),
        (Place("X", "X", ""), "kind", "kind-missing"),
        (Place("X", "X", "planet"), "kind", "unknown-kind"),
        (Place("X", "X", "provider", "Y"), "parent", "unknown-parent"),
        (Place("X", "X", "provider", "X"), "parent", "part-of-itself"),
    ],
)
def test_what_is_wrong_with_a_place_is_said_at_its_field(
    session: Session, evaluation: Evaluation, place: Place, field: str, code: str
) -> None:
    assert _faults(session, evaluation, place) == [(0, field, code)]


def test_all_that_is_wrong_with_a_list_is_said_at_once_and_nothing_is_taken_over(
    session: Session, evaluation: Evaluation
) -> None:
    organisations.add(session, code="OZJT", name="OZJT", kind="region_body", by=None)
    places = [
        Place("A", "A", "provider", "B"),
        Place("B", "B", "provider", "A"),
        Place("OZJT", "Iets anders", "provider"),
        Place("A", "", "provider"),
    ]
    assert _faults(session, evaluation, *places) == [
        (2, "code", "code-of-another"),
        (3, "name", "name-missing"),
        (3, "code", "code-twice"),
        (0, "parent", "part-of-itself"),
        (1, "parent", "part-of-itself"),
    ]
