"""Anna, who has a password, and what her telephone shows."""

from datetime import datetime, timedelta

import pyotp
from flask.testing import FlaskClient

from surveyapp import clock
from surveyapp.actions import passwords, second_factors
from surveyapp.models import User
from surveyapp.queries import users as queries
from tests.web.posting import post
from tests.web.staff import SECRET, Stage, set_up

ANNA = "anna@bureau.example"
PASSWORD = "vier woorden op een rij"
OTHER = "kanarie trapleuning mosterd"


def with_password(stage: Stage) -> FlaskClient:
    """Nobody's browser, in front of a study in which Anna has a password."""
    set_up(stage)
    with stage.database.session() as session:
        anna = queries.by_email(session, ANNA)
        assert anna is not None
        anna.password_hash = passwords.unreadable(PASSWORD)  # and whoever is signed in stays so
        session.commit()
    return stage.client()


def with_two_steps(stage: Stage) -> tuple[FlaskClient, str, list[str]]:
    """Nobody's browser, Anna's secret and her recovery codes; the second step was turned on a while ago."""
    client = with_password(stage)
    with stage.database.session() as session:
        anna = queries.by_email(session, ANNA)
        assert anna is not None
        secret = second_factors.offer()
        codes = second_factors.turn_on(session, user=anna, secret=secret, code=code(secret), secret_key=SECRET, by=anna)
        anna.totp_used = 1
        session.commit()
    return client, secret, codes


def code(secret: str, at: datetime | None = None) -> str:
    """What the app shows."""
    return pyotp.TOTP(secret).at(at or clock.now())


def sign_in(client: FlaskClient, password: str = PASSWORD, email: str = ANNA, target: str = "") -> str | None:
    """Where signing in leads to."""
    return post(client, "/sign-in?again=yes", email=email, password=password, next=target).location


def shift_sign_ins(stage: Stage, **duration: float) -> None:
    """Let every session have begun, and been used last, so long ago."""
    with stage.database.session() as session:
        for user in queries.everybody(session):
            for sign_in in queries.sign_ins(session, user):
                sign_in.created_at -= timedelta(**duration)
                sign_in.seen_at -= timedelta(**duration)
        session.commit()


def anna_of(stage: Stage) -> User:
    """Anna's account as it is now."""
    with stage.database.session(readonly=True) as session:
        anna = queries.by_email(session, ANNA)
        assert anna is not None
        return anna
