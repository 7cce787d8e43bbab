"""The settings that live in the database."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import RESEARCHER
from surveyapp.models import Evaluation, Grant, Setting, User

DEMONSTRATION: Final = "demonstration"


def is_demonstration(session: Session) -> bool:
    """Whether this database is a demonstration, in which links sign in without a password."""
    return session.scalar(select(Setting.value).where(Setting.name == DEMONSTRATION)) == "on"


def demonstrator(session: Session, evaluation: Evaluation) -> User | None:
    """Who acts at the prompt of a demonstration where nobody is named: the researcher of this study; None elsewhere."""
    if not is_demonstration(session):
        return None
    of_study = select(User).join(Grant, Grant.user_id == User.id).where(Grant.evaluation_id == evaluation.id)
    return session.scalar(of_study.where(Grant.role == RESEARCHER.name).order_by(User.id).limit(1))
