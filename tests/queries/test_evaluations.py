"""Finding studies."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import users
from surveyapp.errors import NotFound
from surveyapp.queries import evaluations
from tests import cast


def test_a_study_is_found_by_its_name_in_the_address(session: Session) -> None:
    study = cast.study(session)
    assert evaluations.by_slug(session, "samen") is study.evaluation
    with pytest.raises(NotFound, match="evaluation"):
        evaluations.by_slug(session, "nergens")


def test_each_user_sees_the_studies_of_their_grants(session: Session) -> None:
    study = cast.study(session)
    dirk = users.create(session, email="dirk@elders.example", name="Dirk", by=None)
    owner = users.make_owner(session, email="owner@bureau.example")
    assert evaluations.visible_to(session, study.anna) == [study.evaluation]
    assert evaluations.visible_to(session, dirk) == []
    assert {evaluation.slug for evaluation in evaluations.visible_to(session, owner)} == {"samen", "elders"}
