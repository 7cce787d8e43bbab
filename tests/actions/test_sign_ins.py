"""Signing in: with a password, slowly after failures; with a link, once; and out."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import passwords, second_factors, sessions, settings, sign_ins, users
from surveyapp.errors import InvalidContent, NotAllowed, SurveyError, Unavailable
from surveyapp.models import Attempt, Event, OneTimeLink, SignIn, User
from surveyapp.models.database import Database
from surveyapp.queries import users as found
from surveyapp.queries.tokens import token_hash
from tests import cast
from tests.actions.conftest import Time

EMAIL = "anna@bureau.example"
PASSWORD = "een lang wachtwoord"
OTHER = "een ander wachtwoord"
WRONG = "verkeerd"


@pytest.fixture
def anna(session: Session) -> User:
    user = users.make_owner(session, email=EMAIL)
    users.set_password(session, user=user, password=PASSWORD, by=user)
    session.commit()
    return user


def _try(session: Session, password: str = WRONG, email: str = EMAIL) -> str | None:
    entered = sign_ins.with_password(session, email=email, password=password, secret_key=cast.SECRET_KEY)
    session.commit()
    return entered.token if entered is not None else None


def test_the_right_password_gives_a_token_that_leads_to_the_user_and_her_grants(session: Session, anna: User) -> None:
    token = _try(session, PASSWORD, email="  Anna@Bureau.EXAMPLE ")
    assert token is not None
    signed_in = found.by_sign_in(session, token)
    assert signed_in is anna
    assert [grant.role for grant in signed_in.grants] == ["owner"]


def test_only_hashes_of_passwords_and_tokens_are_stored(session: Session, anna: User) -> None:
    token = _try(session, PASSWORD)
    assert str(anna.password_hash).startswith("$argon2id$")
    assert PASSWORD not in str(anna.password_hash)
    assert token not in session.scalars(select(SignIn.token_hash)).all()


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "verkeerd"), ("dirk@elders.example", PASSWORD), ("", "")])
def test_a_wrong_address_or_password_gives_nothing(session: Session, anna: User, email: str, password: str) -> None:
    assert _try(session, password, email) is None
    assert session.scalars(select(SignIn).where(SignIn.user_id == anna.id)).all() == []


def test_an_account_without_a_password_cannot_sign_in_with_one(session: Session) -> None:
    users.create(session, email=EMAIL, name="Anna", by=None)
    session.commit()
    assert _try(session, "") is None


def test_an_unknown_address_costs_the_same_work_as_a_wrong_password(
    session: Session, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
            checked.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "HASHER", Watched(time_cost=1, memory_cost=8, parallelism=1))
    _try(session)
    _try(session, email="dirk@elders.example")
    assert checked[0] == anna.password_hash
    assert checked[1].split("$")[1:4] == checked[0].split("$")[1:4]


@pytest.mark.usefixtures("anna")
def test_after_five_failures_even_the_right_password_must_wait_longer_each_time(session: Session, time: Time) -> None:
    for _ in range(5):
        assert _try(session) is None
    waits = []
    for _ in range(12):
        with pytest.raises(NotAllowed) as refused:
            _try(session, PASSWORD)
        assert refused.value.code == "too-many-attempts"
        waits.append(int(refused.value.details["seconds"]))
        time.passes(seconds=waits[-1])
        assert _try(session) is None
    assert waits == [2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 901, 901]
    time.passes(minutes=16)
    assert _try(session, PASSWORD) is not None
    assert session.scalars(select(Attempt)).all() == []


@pytest.mark.usefixtures("anna")
def test_a_success_forgets_earlier_failures(session: Session) -> None:
    for _ in range(4):
        _try(session)
    assert _try(session, PASSWORD) is not None
    assert session.scalars(select(Attempt)).all() == []


def test_guesses_at_the_same_moment_are_counted_one_by_one(database: Database) -> None:
    with database.session() as session:
        user = users.make_owner(session, email=EMAIL)
        users.set_password(session, user=user, password=PASSWORD, by=None)
        session.commit()
    outcomes: list[str] = []

    def guess() -> None:
        with database.session() as own:
            try:
                entered = sign_ins.with_password(own, email=EMAIL, password=WRONG, secret_key=cast.SECRET_KEY)
                outcomes.append(str(entered))
                own.commit()
            except SurveyError as refused:
                outcomes.append(refused.code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["None"] * 5 + ["too-many-attempts"] * 7
    with database.session(readonly=True) as session:
        assert session.scalars(select(Attempt.failures)).one() == 5


def test_a_password_made_with_weaker_parameters_is_made_anew_at_sign_in(
    session: Session, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert _try(session, PASSWORD) is not None
    assert "m=16,t=2,p=1" in str(anna.password_hash)
    assert _try(session, PASSWORD) is not None


def test_in_production_passwords_cost_64_mebibytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert passwords.unreadable(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_session_ends_by_signing_out(session: Session, anna: User) -> None:
    token, other = _try(session, PASSWORD), _try(session, PASSWORD)
    assert token is not None
    assert other is not None
    sign_ins.end(session, token=token)
    sign_ins.end(session, token="unknown")
    assert found.by_sign_in(session, token) is None
    assert found.by_sign_in(session, other) is anna


def test_a_session_ends_by_itself(session: Session, anna: User, time: Time) -> None:
    token = _try(session, PASSWORD)
    assert token is not None
    for _ in range(7):
        time.passes(hours=1, minutes=42)
        sessions.seen(session, token_hash=token_hash(token))
        assert found.by_sign_in(session, token) is anna
    time.passes(minutes=6)
    assert found.by_sign_in(session, token) is None


def test_a_session_that_nobody_uses_ends_after_two_hours_for_who_sees_answers(
    session: Session, anna: User, time: Time
) -> None:
    carla = users.create(session, email="carla@almelo.example", name="Carla", by=anna)
    hers, token = sign_ins.begin(session, user=carla), sign_ins.begin(session, user=anna)
    session.commit()
    time.passes(hours=2)
    assert found.by_sign_in(session, token) is None
    assert found.by_sign_in(session, hers) is carla
    assert [len(found.sign_ins(session, user)) for user in (anna, carla)] == [0, 1]


def test_somebody_who_was_shut_out_comes_in_in_no_way(session: Session, anna: User) -> None:
    users.make_owner(session, email="owner@bureau.example")
    token, link = _try(session, PASSWORD), _link(session, anna)
    users.disable(session, user=anna, by=None)
    session.commit()
    assert token is not None
    assert found.by_sign_in(session, token) is None
    assert _try(session, PASSWORD) is None
    assert found.one_time_link(session, link) is None
    with pytest.raises(NotAllowed, match="link-not-valid"):
        sign_ins.with_new_password(session, token=link, password=OTHER)
    ways: tuple[Callable[[], object], ...] = (
        lambda: sign_ins.begin(session, user=anna),
        lambda: _link(session, anna),
        lambda: second_factors.prove(session, user=anna, code="1", secret_key=cast.SECRET_KEY, address=None),
    )
    for way in ways:
        with pytest.raises(NotAllowed, match="account-disabled"):
            way()
    users.enable(session, user=anna, by=None)
    assert found.by_sign_in(session, token) is None
    assert _try(session, PASSWORD) is not None


def test_a_new_password_ends_every_session_and_open_link(session: Session, anna: User) -> None:
    token = _try(session, PASSWORD)
    link = _link(session, anna)
    users.set_password(session, user=anna, password=OTHER, by=anna)
    session.commit()
    assert token is not None
    assert found.by_sign_in(session, token) is None
    assert found.one_time_link(session, link) is None
    assert _try(session, PASSWORD) is None
    assert _try(session, OTHER) is not None


def _link(session: Session, user: User, purpose: str = "password", hours: int = 1) -> str:
    expires_at = clock.now() + timedelta(hours=hours)
    return sign_ins.one_time_link(session, user=user, purpose=purpose, expires_at=expires_at, by=None)


def test_a_link_lets_its_user_set_a_password_once(session: Session) -> None:
    user = users.create(session, email=EMAIL, name="Anna", by=None)
    link = _link(session, user)
    assert found.one_time_link(session, link) is not None
    entered = sign_ins.with_new_password(session, token=link, password=PASSWORD)
    session.commit()
    assert entered.token is not None
    assert found.by_sign_in(session, entered.token) is user
    assert _try(session, PASSWORD) is not None
    assert found.one_time_link(session, link) is None
    attempts: tuple[Callable[[], object], ...] = (
        lambda: sign_ins.with_new_password(session, token=link, password=PASSWORD),
        lambda: sign_ins.with_link(session, token=link, loopback=True),
    )
    for again in attempts:
        with pytest.raises(NotAllowed, match="link-not-valid"):
            again()


def test_a_link_has_128_random_bits_of_which_only_the_hash_is_stored(session: Session, anna: User) -> None:
    links = {_link(session, anna) for _ in range(20)}
    assert len(links) == 20
    assert {len(link) for link in links} == {22}
    assert links.isdisjoint(session.scalars(select(OneTimeLink.token_hash)))


@pytest.mark.parametrize("what", ["expired", "unknown"])
def test_a_link_that_is_expired_or_unknown_does_nothing(session: Session, anna: User, time: Time, what: str) -> None:
    link = _link(session, anna) if what == "expired" else "unknown"
    time.passes(hours=1)
    assert found.one_time_link(session, link) is None
    with pytest.raises(NotAllowed, match="link-not-valid"):
        sign_ins.with_link(session, token=link, loopback=True)


@pytest.mark.parametrize(("demonstration", "loopback"), [(False, True), (True, False), (False, False)])
def test_a_demonstration_link_is_refused_elsewhere_than_in_a_demonstration_on_this_machine(
    session: Session, anna: User, demonstration: bool, loopback: bool
) -> None:
    if demonstration:
        settings.mark_demonstration(session)
    link = _link(session, anna, "demonstration")
    with pytest.raises(NotAllowed, match="link-not-valid"):
        sign_ins.with_link(session, token=link, loopback=loopback)


def test_a_demonstration_link_works_again_and_again_but_sets_no_password(session: Session, anna: User) -> None:
    settings.mark_demonstration(session)
    link = _link(session, anna, "demonstration")
    for _ in range(2):
        entered = sign_ins.with_link(session, token=link, loopback=True)
        assert (entered.user, entered.purpose) == (anna, "demonstration")
    with pytest.raises(NotAllowed, match="link-not-valid"):
        sign_ins.with_new_password(session, token=link, password=PASSWORD)


def test_a_link_for_an_unknown_purpose_is_not_made(session: Session, anna: User) -> None:
    with pytest.raises(InvalidContent, match="unknown-purpose"):
        _link(session, anna, "everything")


def test_too_many_at_once_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 64 MiB, so that few may; nobody waits until the server has no thread left for others."""
    monkeypatch.setattr(passwords, "PATIENCE", 0.05)
    working, done = threading.Barrier(passwords.AT_ONCE + 1), threading.Event()

    class Slow(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            working.wait(20)
            assert done.wait(20)
            return super().hash(password, salt=salt)

    monkeypatch.setattr(passwords, "HASHER", Slow(time_cost=1, memory_cost=8, parallelism=1))
    threads = [threading.Thread(target=passwords.unreadable, args=(PASSWORD,)) for _ in range(passwords.AT_ONCE)]
    for thread in threads:
        thread.start()
    working.wait(20)
    with pytest.raises(Unavailable, match="too-busy"):
        passwords.unreadable(PASSWORD)
    done.set()
    for thread in threads:
        thread.join()


def test_what_happened_is_in_the_log_without_a_name_or_address(session: Session, anna: User) -> None:
    _try(session)
    _try(session, PASSWORD)
    events = session.scalars(select(Event).order_by(Event.id)).all()
    assert [event.verb for event in events][-2:] == ["user.fail-sign-in", "user.sign-in"]
    assert {event.subject for event in events} == {f"user:{anna.id}"}
    assert not any(EMAIL in str(event.details) for event in events)
