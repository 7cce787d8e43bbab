"""Anna's study with people in it."""

import pytest

from tests import cast
from tests.web.staff import Stage, admit_everybody, edition


@pytest.fixture
def regime() -> str:
    """Overridden by a test that is about another regime."""
    return "confidential"


@pytest.fixture
def team(stage: Stage, regime: str) -> Stage:
    """Bas and Dirk govern Almelo and Carla Borne, which has five officials; nobody did anything yet."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition(), regime=regime)
        for name, role, member in (("Bas", "governor", 0), ("Carla", "governor", 1), ("Dirk", "governor", 0)):
            study.invite(session, role, member=member, name=name, email=f"{name.lower()}@almelo.example")
        for number in range(5):
            study.invite(session, "official", member=1, name=f"Official {number}", email=f"o{number}@borne.example")
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    return stage


@pytest.fixture
def empty(stage: Stage) -> Stage:
    """Anna's study, to which nobody has been invited."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition())
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    return stage
