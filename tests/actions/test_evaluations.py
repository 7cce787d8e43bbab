"""Beginning a study, and who takes part."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import evaluations
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.queries import evaluations as found
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


@pytest.mark.parametrize("slug", ["", "Samen", "a b", "-a", "a--b", "a/b", "x" * 81])
def test_a_study_needs_a_name_that_fits_in_an_address(session: Session, slug: str) -> None:
    with pytest.raises(InvalidContent, match="unusable-slug"):
        evaluations.create(session, slug=slug, title={"nl": "X"}, client="C", by=None)


@pytest.mark.usefixtures("study")
def test_a_study_needs_a_dutch_title_and_a_name_of_its_own(session: Session) -> None:
    with pytest.raises(InvalidContent, match="title-missing"):
        evaluations.create(session, slug="new", title={"en": "New"}, client="C", by=None)
    with pytest.raises(WrongState, match="slug-taken"):
        evaluations.create(session, slug="samen", title={"nl": "X"}, client="C", by=None)


def test_organisations_take_part_in_the_order_in_which_they_were_added_and_once(session: Session, study: Study) -> None:
    assert [member.organisation.code for member in found.memberships(session, study.evaluation)] == [
        code for code, _ in cast.PLACES
    ]
    with pytest.raises(WrongState, match="already-member"):
        evaluations.add_organisation(
            session, evaluation=study.evaluation, organisation=study.members[0].organisation, by=None
        )
