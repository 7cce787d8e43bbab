"""Sessions: that they are used, and ending them from elsewhere."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import sessions, sign_ins, users
from surveyapp.models import Event, SignIn, User
from surveyapp.queries import users as found
from surveyapp.queries.tokens import token_hash
from tests.actions.conftest import Time


def _two(session: Session) -> tuple[User, User]:
    anna = users.make_owner(session, email="anna@bureau.example")
    return anna, users.create(session, email="bram@almelo.example", name="Bram", by=anna)


def test_use_is_noted_at_most_once_in_a_quarter_of_an_hour(session: Session, time: Time) -> None:
    anna, _ = _two(session)
    began = time.moment
    name = token_hash(sign_ins.begin(session, user=anna))
    seen = select(SignIn.seen_at).where(SignIn.token_hash == name)
    noted = []
    for _ in range(7):
        sessions.seen(session, token_hash=name)
        noted.append((session.scalars(seen).one() - began) // timedelta(minutes=1))
        time.passes(minutes=5)
    assert noted == [0, 0, 0, 15, 15, 15, 30]


def test_only_ones_own_sessions_are_ended_and_the_log_says_so_once(session: Session) -> None:
    anna, bram = _two(session)
    here, there, elsewhere = (sign_ins.begin(session, user=anna) for _ in range(3))
    his = sign_ins.begin(session, user=bram)
    for name in (token_hash(his), token_hash(there), token_hash(there), "unknown"):
        sessions.end_one(session, user=anna, token_hash=name, by=anna)
    assert [found.by_sign_in(session, token) for token in (here, there, elsewhere, his)] == [anna, None, anna, bram]
    assert sessions.end_others(session, user=anna, keep=token_hash(here), by=anna) == 1
    assert sessions.end_others(session, user=anna, keep=token_hash(here), by=anna) == 0
    assert [found.by_sign_in(session, token) for token in (here, elsewhere, his)] == [anna, None, bram]
    ended = select(Event.verb).where(Event.verb.startswith("user.end-")).order_by(Event.id)
    assert session.scalars(ended).all() == ["user.end-session", "user.end-sessions"]
