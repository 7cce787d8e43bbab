"""Passkeys: only a key of this user, on this site, for what was just asked, and never the same signature twice."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import passkeys, sign_ins, users
from surveyapp.actions.passkeys import Place
from surveyapp.errors import InvalidContent, NotAllowed, NotFound, WrongState
from surveyapp.models import Attempt, Event, Passkey, User
from surveyapp.queries import users as found
from tests import cast
from tests.actions.conftest import Time
from tests.authenticator import PRESENT, Device

KEY = cast.SECRET_KEY
AT = Place("onderzoek.example", "https://onderzoek.example")
PASSWORD = "een lang wachtwoord"


@pytest.fixture
def anna(session: Session) -> User:
    user = users.make_owner(session, email="anna@bureau.example")
    users.set_password(session, user=user, password=PASSWORD, by=user)
    session.commit()
    return user


@pytest.fixture
def device() -> Device:
    return Device(AT.origin, AT.host)


def register(session: Session, user: User, device: Device, **otherwise: object) -> Passkey:
    question = passkeys.to_register(session, user=user, at=AT, secret_key=KEY)
    credential = device.registers(question.options, **otherwise)
    made = passkeys.register(
        session, user=user, at=AT, asked=question.asked, credential=credential, name="Laptop", by=user
    )
    session.commit()
    return made


def enter(
    session: Session,
    credential: str,
    asked: passkeys.Asked,
    state: str | None = None,
    address: str | None = "192.0.2.7",
) -> sign_ins.SignedIn | None:
    entered = sign_ins.with_passkey(
        session, at=AT, asked=asked, credential=credential, secret_key=KEY, state=state, address=address
    )
    session.commit()
    return entered


def use(session: Session, device: Device, **otherwise: object) -> sign_ins.SignedIn | None:
    question = passkeys.to_sign_in(AT)
    return enter(session, device.signs(question.options, **otherwise), question.asked)


def test_a_passkey_signs_in_and_counts_for_two_factors(session: Session, anna: User, device: Device) -> None:
    register(session, anna, device)
    entered = use(session, device)
    assert entered is not None
    assert entered.user is anna
    assert entered.token is not None
    sign_in = found.sign_in(session, entered.token)
    assert sign_in is not None
    assert sign_in.second_factor


@pytest.mark.parametrize(
    "otherwise",
    [
        {"origin": "https://onderzoek.example.evil.example"},
        {"origin": "http://onderzoek.example"},
        {"origin": "https://onderzoek.example:8443"},
        {"rp_id": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
)
def test_from_another_site_unverified_or_with_another_key_it_is_refused(
    session: Session, anna: User, device: Device, otherwise: dict[str, object]
) -> None:
    register(session, anna, device)
    assert use(session, device, **otherwise) is None
    assert use(session, device) is not None


@pytest.mark.parametrize(
    "otherwise", [{"origin": "https://evil.example"}, {"rp_id": "evil.example"}, {"flags": PRESENT}]
)
def test_no_passkey_is_kept_that_was_made_elsewhere_or_unverified(
    session: Session, anna: User, device: Device, otherwise: dict[str, object]
) -> None:
    with pytest.raises(InvalidContent, match="passkey-refused"):
        register(session, anna, device, **otherwise)
    assert found.passkeys(session, anna) == []


def test_the_same_signature_is_good_once(session: Session, anna: User, device: Device, time: Time) -> None:
    """Also of a device that does not count, as most that keep passkeys in step with one another."""
    register(session, anna, device)
    question = passkeys.to_sign_in(AT)
    credential = device.signs(question.options, count=0)
    time.passes(seconds=2)
    assert enter(session, credential, question.asked) is not None
    assert enter(session, credential, question.asked) is None


def test_a_signature_for_another_question_is_refused(session: Session, anna: User, device: Device) -> None:
    register(session, anna, device)
    credential = device.signs(passkeys.to_sign_in(AT).options)
    assert enter(session, credential, passkeys.to_sign_in(AT).asked) is None


def test_what_takes_too_long_is_refused(session: Session, anna: User, device: Device, time: Time) -> None:
    register(session, anna, device)
    question = passkeys.to_sign_in(AT)
    new = passkeys.to_register(session, user=anna, at=AT, secret_key=KEY)
    time.passes(minutes=5)
    assert enter(session, device.signs(question.options), question.asked) is None
    other = Device(AT.origin, AT.host)
    with pytest.raises(InvalidContent, match="passkey-refused"):
        passkeys.register(
            session,
            user=anna,
            at=AT,
            asked=new.asked,
            credential=other.registers(new.options),
            name="Late",
            by=anna,
        )


def test_a_key_of_which_the_count_went_back_is_a_copy_and_refused(session: Session, anna: User, device: Device) -> None:
    register(session, anna, device)
    assert use(session, device, count=5) is not None
    assert use(session, device, count=5) is None
    assert use(session, device, count=4) is None
    assert use(session, device, count=0) is None
    assert use(session, device, count=6) is not None


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "null",
        "7",
        "{",
        '{"rawId": 1}',
        '{"rawId": "!"}',
        '{"rawId": "AAAA"}',
        '{"id": "a", "rawId": "a"}',
    ],
)
def test_nonsense_is_refused_and_no_fault(session: Session, anna: User, device: Device, credential: str) -> None:
    register(session, anna, device)
    assert enter(session, credential, passkeys.to_sign_in(AT).asked) is None
    new = passkeys.to_register(session, user=anna, at=AT, secret_key=KEY)
    with pytest.raises(InvalidContent, match="passkey-refused"):
        passkeys.register(session, user=anna, at=AT, asked=new.asked, credential=credential, name="x", by=anna)


def test_half_of_an_answer_is_refused(session: Session, anna: User, device: Device) -> None:
    register(session, anna, device)
    question = passkeys.to_sign_in(AT)
    whole = json.loads(device.signs(question.options))
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        for instead in (None, "", "AAAA", 1):
            broken = whole | {"response": whole["response"] | {part: instead}}
            assert enter(session, json.dumps(broken), question.asked, address=None) is None


def test_a_passkey_is_added_once(session: Session, anna: User, device: Device) -> None:
    question = passkeys.to_register(session, user=anna, at=AT, secret_key=KEY)
    credential = device.registers(question.options)
    for name in ("Laptop", "Laptop again"):
        try:
            passkeys.register(
                session, user=anna, at=AT, asked=question.asked, credential=credential, name=name, by=anna
            )
        except WrongState as refused:
            assert name == "Laptop again"
            assert refused.code == "passkey-known"  # noqa: PT017
    session.commit()
    assert [passkey.name for passkey in found.passkeys(session, anna)] == ["Laptop"]
    options = json.loads(passkeys.to_register(session, user=anna, at=AT, secret_key=KEY).options)
    assert len(options["excludeCredentials"]) == 1


def test_it_does_not_sign_in_a_disabled_account(session: Session, anna: User, device: Device) -> None:
    register(session, anna, device)
    users.make_owner(session, email="owner@bureau.example")
    users.disable(session, user=anna, by=None)
    assert use(session, device) is None


def test_with_a_passkey_the_password_alone_is_no_longer_enough(session: Session, anna: User, device: Device) -> None:
    register(session, anna, device)
    entered = sign_ins.with_password(session, email=anna.email, password=PASSWORD, secret_key=KEY)
    assert entered is not None
    assert entered.token is None
    question = passkeys.to_sign_in(AT, found.passkeys(session, anna))
    state = sign_ins.halfway(anna, KEY)
    again = enter(session, device.signs(question.options), question.asked, state)
    assert again is not None
    assert again.token is not None


def test_the_second_step_takes_a_passkey_of_the_same_user(session: Session, anna: User, device: Device) -> None:
    bram = users.create(session, email="bram@almelo.example", name="Bram", by=anna)
    register(session, bram, device)
    question = passkeys.to_sign_in(AT)
    credential = device.signs(question.options)
    assert enter(session, credential, question.asked, sign_ins.halfway(anna, KEY)) is None
    with pytest.raises(NotAllowed, match="second-step-expired"):
        enter(session, credential, question.asked, "forged")


def test_refused_passkeys_count_as_attempts_from_that_place(session: Session, anna: User, device: Device) -> None:
    register(session, anna, device)
    for _ in range(30):
        assert use(session, device, flags=PRESENT) is None
    with pytest.raises(NotAllowed, match="too-many-attempts"):
        use(session, device)
    session.rollback()
    assert session.scalars(select(Attempt.failures)).one() == 30


def test_they_are_named_and_removed_by_their_owner_only(session: Session, anna: User, device: Device) -> None:
    bram = users.create(session, email="bram@almelo.example", name="Bram", by=anna)
    made = register(session, anna, device)
    with pytest.raises(NotFound, match="passkey"):
        passkeys.rename(session, user=bram, number=made.id, name="Mine", by=bram)
    with pytest.raises(NotFound, match="passkey"):
        passkeys.remove(session, user=bram, number=made.id, by=bram)
    with pytest.raises(InvalidContent, match="name-missing"):
        passkeys.rename(session, user=anna, number=made.id, name="  ", by=anna)
    passkeys.rename(session, user=anna, number=made.id, name="Telefoon " * 20, by=anna)
    assert made.name.startswith("Telefoon Telefoon")
    assert len(made.name) == 80
    passkeys.remove(session, user=anna, number=made.id, by=anna)
    session.commit()
    assert use(session, device) is None
    entered = sign_ins.with_password(session, email=anna.email, password=PASSWORD, secret_key=KEY)
    assert entered is not None
    assert entered.token is not None
    verbs = {event.verb for event in session.scalars(select(Event))}
    assert {"user.add-passkey", "user.rename-passkey", "user.remove-passkey"} <= verbs


@pytest.mark.parametrize(
    ("base_url", "place"),
    [
        ("https://onderzoek.example", AT),
        ("https://onderzoek.example:8443", Place("onderzoek.example", "https://onderzoek.example:8443")),
        ("http://localhost:8000", Place("localhost", "http://localhost:8000")),
        ("http://127.0.0.1:8000", None),
        ("https://192.0.2.1", None),
        ("http://[::1]:8000", None),
        ("http://onderzoek.example", None),
    ],
)
def test_they_need_a_name_over_https_or_this_machine(base_url: str, place: Place | None) -> None:
    assert passkeys.place(base_url) == place
