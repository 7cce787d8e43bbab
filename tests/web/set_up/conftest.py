"""An installation with an owner in it, and nothing else."""

import pytest

from surveyapp.access import OWNER
from surveyapp.actions import sign_ins, users
from tests.web.set_up.researching import Desk, begin, choose_usual
from tests.web.staff import Stage


@pytest.fixture
def empty(stage: Stage) -> Stage:
    """The owner has signed in; Dirk has an account and no right."""
    with stage.database.session() as session:
        for name in ("owner", "dirk"):
            user = users.create(session, email=f"{name}@bureau.example", name=name.title(), by=None)
            if name == "owner":
                users.grant(session, user=user, role=OWNER.name, by=None)
            stage.cookies[name] = sign_ins.begin(session, user=user)
        session.commit()
    return stage


@pytest.fixture
def desk(empty: Stage) -> Desk:
    """The owner's, with the seven habits put to Almelo and Borne."""
    found = begin(empty)
    choose_usual(found)
    return found
