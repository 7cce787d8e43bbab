"""Making organisations known."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import organisations
from surveyapp.errors import InvalidContent, WrongState
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
