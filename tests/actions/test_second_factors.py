"""The second step: a code of an app works once and for a short while, a recovery code once, and neither is guessed."""

import threading
from collections.abc import Callable

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import second_factors, sign_ins, users
from surveyapp.errors import InvalidContent, NotAllowed, SurveyError, WrongState
from surveyapp.models import Event, RecoveryCode, SignIn, User
from surveyapp.models.database import Database
from surveyapp.queries import users as found
from tests import cast
from tests.actions.conftest import Time

KEY = cast.SECRET_KEY
EMAIL = "anna@bureau.example"
PASSWORD = "een lang wachtwoord"


@pytest.fixture
def anna(session: Session) -> User:
    user = users.make_owner(session, email=EMAIL)
    users.set_password(session, user=user, password=PASSWORD, by=user)
    session.commit()
    return user


def code_of(secret: str, time: Time, *, steps: int = 0) -> str:
    """What the app shows so many steps from now."""
    return pyotp.TOTP(secret).at(time.moment, counter_offset=steps)


def turn_on(session: Session, user: User, time: Time) -> tuple[str, list[str]]:
    secret = second_factors.offer()
    codes = second_factors.turn_on(
        session, user=user, secret=secret, code=code_of(secret, time), secret_key=KEY, by=user
    )
    session.commit()
    time.passes(seconds=second_factors.STEP)
    return secret, codes


def first_step(session: Session) -> str:
    """Comes halfway with the password; the note of that."""
    entered = sign_ins.with_password(session, email=EMAIL, password=PASSWORD, secret_key=KEY)
    session.commit()
    assert entered is not None
    assert entered.token is None
    return sign_ins.halfway(entered.user, KEY)


def second_step(session: Session, state: str, code: str) -> str | None:
    entered = sign_ins.with_code(session, state=state, code=code, secret_key=KEY, address="192.0.2.7")
    session.commit()
    return entered.token if entered is not None else None


def test_a_wrong_first_code_turns_nothing_on(session: Session, anna: User) -> None:
    secret = second_factors.offer()
    with pytest.raises(InvalidContent, match="wrong-code"):
        second_factors.turn_on(session, user=anna, secret=secret, code="000000", secret_key=KEY, by=anna)
    assert anna.totp_secret is None
    assert not found.has_second_factor(session, anna)


def test_pressed_twice_it_is_on_once_and_the_codes_of_the_first_time_hold(
    session: Session, anna: User, time: Time
) -> None:
    _, codes = turn_on(session, anna, time)
    other = second_factors.offer()
    with pytest.raises(WrongState, match="second-factor-on"):
        second_factors.turn_on(session, user=anna, secret=other, code=code_of(other, time), secret_key=KEY, by=anna)
    session.rollback()
    assert second_step(session, first_step(session), codes[0]) is not None


def test_the_password_alone_gives_no_session(session: Session, anna: User, time: Time) -> None:
    turn_on(session, anna, time)
    first_step(session)
    assert session.scalars(select(SignIn)).all() == []


def test_password_and_code_give_a_session_with_a_second_factor(session: Session, anna: User, time: Time) -> None:
    secret, _ = turn_on(session, anna, time)
    token = second_step(session, first_step(session), code_of(secret, time))
    assert token is not None
    entered = found.sign_in(session, token)
    assert entered is not None
    assert entered.second_factor


def test_no_code_works_twice_nor_one_from_before_it(session: Session, anna: User, time: Time) -> None:
    secret, _ = turn_on(session, anna, time)
    assert second_step(session, first_step(session), code_of(secret, time)) is not None
    assert second_step(session, first_step(session), code_of(secret, time)) is None
    assert second_step(session, first_step(session), code_of(secret, time, steps=-1)) is None
    assert second_step(session, first_step(session), code_of(secret, time, steps=1)) is not None


def test_the_code_that_turned_it_on_does_not_sign_in(session: Session, anna: User, time: Time) -> None:
    secret = second_factors.offer()
    code = code_of(secret, time)
    second_factors.turn_on(session, user=anna, secret=secret, code=code, secret_key=KEY, by=anna)
    session.commit()
    assert second_step(session, first_step(session), code) is None


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(session: Session, anna: User, time: Time, steps: int, accepted: bool) -> None:
    secret, _ = turn_on(session, anna, time)
    time.passes(seconds=3 * second_factors.STEP)
    assert (second_step(session, first_step(session), code_of(secret, time, steps=steps)) is not None) == accepted


@pytest.mark.parametrize("typed", ["", "12345", "٣٤٥٦٧٨", "abcdef", "000000000000", "x" * 60, "-"])
def test_what_is_no_code_is_wrong_and_no_fault(session: Session, anna: User, time: Time, typed: str) -> None:
    turn_on(session, anna, time)
    assert second_step(session, first_step(session), typed) is None


def test_a_code_may_be_typed_with_a_space(session: Session, anna: User, time: Time) -> None:
    secret, _ = turn_on(session, anna, time)
    code = code_of(secret, time)
    assert second_step(session, first_step(session), f" {code[:3]} {code[3:]} ") is not None


def test_guessing_codes_is_slowed_down_for_the_account_also_with_the_right_password_each_time(
    session: Session, anna: User, time: Time
) -> None:
    secret, _ = turn_on(session, anna, time)
    for number in range(5):
        assert second_step(session, first_step(session), f"00000{number}") is None
    with pytest.raises(NotAllowed, match="too-many-attempts"):
        second_step(session, first_step(session), code_of(secret, time))
    session.rollback()
    time.passes(seconds=2)
    assert second_step(session, first_step(session), code_of(secret, time)) is not None


def test_guessing_from_one_place_is_slowed_down_over_all_accounts(session: Session, anna: User, time: Time) -> None:
    turn_on(session, anna, time)
    everybody = [users.create(session, email=f"u{number}@bureau.example", name="U", by=anna) for number in range(7)]
    for user in everybody[:6]:
        for _ in range(5):
            assert not second_factors.prove(session, user=user, code="000000", secret_key=KEY, address="192.0.2.7")
    with pytest.raises(NotAllowed, match="too-many-attempts"):
        second_factors.prove(session, user=anna, code="000000", secret_key=KEY, address="192.0.2.7")
    assert not second_factors.prove(session, user=anna, code="000000", secret_key=KEY, address="192.0.2.8")


def test_a_stolen_note_of_the_first_step_gives_nothing_without_a_code_and_not_for_long(
    session: Session, anna: User, time: Time
) -> None:
    secret, _ = turn_on(session, anna, time)
    state = first_step(session)
    assert found.by_sign_in(session, state) is None
    for forged in ("", state[:-1], f"{state}A", state.replace(".", "", 1), "é"):
        with pytest.raises(NotAllowed, match="second-step-expired"):
            second_step(session, forged, code_of(secret, time))
    session.rollback()
    time.passes(minutes=10)
    with pytest.raises(NotAllowed, match="second-step-expired"):
        second_step(session, state, code_of(secret, time))


@pytest.mark.parametrize("what", ["password", "disabled", "key"])
def test_a_note_of_the_first_step_ends_with_the_password_and_the_account(
    session: Session, anna: User, time: Time, what: str
) -> None:
    secret, _ = turn_on(session, anna, time)
    state = first_step(session)
    if what == "password":
        users.set_password(session, user=anna, password="een ander wachtwoord", by=anna)
    if what == "disabled":
        users.make_owner(session, email="owner@bureau.example")
        users.disable(session, user=anna, by=None)
    if what == "key":
        state = sign_ins.halfway(anna, "another key of the right length ....")
    session.commit()
    with pytest.raises(NotAllowed, match="second-step-expired"):
        second_step(session, state, code_of(secret, time))


def test_a_recovery_code_works_once_however_it_is_typed(session: Session, anna: User, time: Time) -> None:
    _, codes = turn_on(session, anna, time)
    assert len(set(codes)) == len(codes) == 10
    assert {len(code) for code in codes} == {19}
    assert second_step(session, first_step(session), f" {codes[0].upper()} ") is not None
    assert second_step(session, first_step(session), codes[0]) is None
    assert second_step(session, first_step(session), codes[1].replace("-", "")) is not None
    assert found.recovery_codes_left(session, anna) == 8


def test_new_recovery_codes_end_the_old_ones(session: Session, anna: User, time: Time) -> None:
    _, codes = turn_on(session, anna, time)
    fresh = second_factors.renew_recovery_codes(session, user=anna, secret_key=KEY, by=anna)
    session.commit()
    assert second_step(session, first_step(session), codes[0]) is None
    assert second_step(session, first_step(session), fresh[0]) is not None


def test_nobody_uses_the_recovery_code_of_another(session: Session, anna: User, time: Time) -> None:
    bram = users.create(session, email="bram@almelo.example", name="Bram", by=anna)
    _, codes = turn_on(session, anna, time)
    secret = second_factors.offer()
    second_factors.turn_on(session, user=bram, secret=secret, code=code_of(secret, time), secret_key=KEY, by=bram)
    assert not second_factors.prove(session, user=bram, code=codes[0], secret_key=KEY, address=None)


def test_neither_secret_nor_codes_can_be_read_in_the_database(session: Session, anna: User, time: Time) -> None:
    secret, codes = turn_on(session, anna, time)
    kept = [str(anna.totp_secret), *session.scalars(select(RecoveryCode.code_hash))]
    assert not any(part in text for text in kept for part in (secret, *codes))
    events = [str(event.details) for event in session.scalars(select(Event))]
    assert not any(part in text for text in events for part in (secret, *codes, EMAIL))


def test_a_secret_that_was_moved_to_another_account_opens_nothing(session: Session, anna: User, time: Time) -> None:
    secret, _ = turn_on(session, anna, time)
    bram = users.create(session, email="bram@almelo.example", name="Bram", by=anna)
    bram.totp_secret = anna.totp_secret
    assert not second_factors.prove(session, user=bram, code=code_of(secret, time), secret_key=KEY, address=None)


def _off(session: Session, user: User, password: str, code: str) -> bool:
    return second_factors.turn_off(
        session, user=user, password=password, code=code, secret_key=KEY, address=None, by=user
    )


def test_turning_it_off_takes_both_password_and_code(session: Session, anna: User, time: Time) -> None:
    secret, _ = turn_on(session, anna, time)
    assert not _off(session, anna, "verkeerd", code_of(secret, time))
    assert not _off(session, anna, PASSWORD, "000000")
    assert anna.totp_secret is not None
    assert _off(session, anna, PASSWORD, code_of(secret, time))
    session.commit()
    assert not found.has_second_factor(session, anna)
    assert session.scalars(select(RecoveryCode)).all() == []
    entered = sign_ins.with_password(session, email=EMAIL, password=PASSWORD, secret_key=KEY)
    assert entered is not None
    assert entered.token is not None


def test_a_new_password_by_link_still_takes_the_second_step(session: Session, anna: User, time: Time) -> None:
    turn_on(session, anna, time)
    link = sign_ins.one_time_link(
        session, user=anna, purpose="password", expires_at=time.moment + sign_ins.LINK_LASTS, by=None
    )
    entered = sign_ins.with_new_password(session, token=link, password="een ander wachtwoord")
    assert entered.token is None


def test_an_owner_takes_everything_away_for_who_lost_everything(session: Session, anna: User, time: Time) -> None:
    _, codes = turn_on(session, anna, time)
    token = second_step(session, first_step(session), codes[0])
    second_factors.reset(session, user=anna, by=None)
    session.commit()
    assert token is not None
    assert found.by_sign_in(session, token) is None
    assert not found.has_second_factor(session, anna)
    assert session.scalars(select(RecoveryCode)).all() == []


def _at_once(acts: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("kind", ["code", "recovery code"])
def test_of_two_who_use_the_same_code_at_the_same_moment_one_comes_in(
    database: Database, time: Time, kind: str
) -> None:
    with database.session() as session:
        user = users.make_owner(session, email=EMAIL)
        secret, codes = turn_on(session, user, time)
        state = sign_ins.halfway(user, KEY)
    outcomes: list[str] = []
    code = code_of(secret, time) if kind == "code" else codes[0]

    def enter() -> None:
        with database.session() as own:
            try:
                entered = sign_ins.with_code(own, state=state, code=code, secret_key=KEY)
                own.commit()
                outcomes.append("in" if entered is not None else "out")
            except SurveyError as refused:
                outcomes.append(refused.code)

    _at_once([enter] * 4)
    assert sorted(outcomes) == ["in", "out", "out", "out"]
