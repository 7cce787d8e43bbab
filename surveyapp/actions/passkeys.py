"""Verbs on passkeys (WebAuthn Level 3): a key on somebody's device, with which they come in without a password.

A device asks for a finger, face or PIN each time ("user verification"), so that a passkey counts for two factors.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from surveyapp import clock
from surveyapp.actions import attempts, log, second_factors
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Passkey, User
from surveyapp.queries import users

LONGEST_NAME: Final = 80
ANSWERED_WITHIN: Final = timedelta(minutes=5)
MOST: Final = 20
"""Passkeys of one user."""
_FAULTS: Final = (WebAuthnException, ValueError, KeyError, TypeError)
"""What the library raises for what no browser of ours would send."""


@dataclass(frozen=True)
class Place:
    """Where passkeys are good: browsers bind them to a host name, and sign for whole addresses."""

    host: str
    origin: str


@dataclass(frozen=True)
class Asked:
    """What a device must sign, and since when: to be kept until it answers."""

    challenge: bytes
    at: datetime


@dataclass(frozen=True)
class Question:
    """What a browser is asked, as JSON, and what must be kept of it."""

    options: str
    asked: Asked


def place(base_url: str) -> Place | None:
    """Where passkeys are good in this installation; None where browsers have none: at a number, or without https."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    local = host == "localhost" or host.endswith(".localhost")
    if _is_number(host) or not (parts.scheme == "https" or local):
        return None
    return Place(host, f"{parts.scheme}://{parts.netloc}")


def to_register(session: Session, *, user: User, at: Place, secret_key: str) -> Question:
    """Ask for a new key on a device that has none of this user yet."""
    handle = hmac.new(secret_key.encode(), f"passkeys of:{user.id}".encode(), hashlib.sha256).digest()
    options = webauthn.generate_registration_options(
        rp_id=at.host,
        rp_name=at.host,
        user_id=handle,
        user_name=user.email,
        user_display_name=user.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential) for key in users.passkeys(session, user)],
    )
    return Question(webauthn.options_to_json(options), Asked(options.challenge, clock.now()))


def register(
    session: Session, *, user: User, at: Place, asked: Asked, credential: str, name: str, by: User | None
) -> Passkey:
    """Keep a new key. Raises ``InvalidContent`` (``passkey-refused``, ``name-missing``) and ``WrongState``
    (``passkey-known``, ``too-many-passkeys``)."""
    if not name.strip():
        raise InvalidContent("name-missing")
    if len(users.passkeys(session, user)) >= MOST:
        raise WrongState("too-many-passkeys", most=MOST)
    if asked.at + ANSWERED_WITHIN <= clock.now():
        raise InvalidContent("passkey-refused")
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=asked.challenge,
            expected_rp_id=at.host,
            expected_origin=at.origin,
            require_user_verification=True,
        )
    except _FAULTS:
        raise InvalidContent("passkey-refused") from None
    passkey = Passkey(
        user_id=user.id,
        credential=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name.strip()[:LONGEST_NAME],
        created_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(passkey)
    except IntegrityError:
        raise WrongState("passkey-known") from None
    log.record(session, verb="user.add-passkey", subject=passkey, by=by)
    return passkey


def to_sign_in(at: Place, known: list[Passkey] | None = None) -> Question:
    """Ask for a key that a device has for this host, or for one of these."""
    options = webauthn.generate_authentication_options(
        rp_id=at.host,
        user_verification=UserVerificationRequirement.REQUIRED,
        allow_credentials=[PublicKeyCredentialDescriptor(id=key.credential) for key in known or ()],
    )
    return Question(webauthn.options_to_json(options), Asked(options.challenge, clock.now()))


def prove(
    session: Session,
    *,
    at: Place,
    asked: Asked,
    credential: str,
    secret_key: str,
    address: str | None,
    whose: User | None = None,
) -> User | None:
    """Who signed what was asked; None when nobody did in time, or somebody else than ``whose`` (commit that too: it is
    counted).

    A signature is good once: a key that was used since the challenge was made cannot be used for it again. A key whose
    count of signatures went back was copied, and is refused. Raises ``NotAllowed`` (``too-many-attempts``).
    """
    names = [attempts.who("address", address, secret_key)] if address else []
    attempts.must_wait_no_longer(session.connection(), names)
    passkey = _named(session, credential)
    user = passkey.user if passkey is not None else None
    expected = user is not None and user.disabled_at is None and (whose is None or whose.id == user.id)
    if passkey is None or user is None or not expected or not _signed(passkey, at, asked, credential):
        attempts.failed(session, names)
        if user is not None:
            log.record(session, verb="user.fail-sign-in", subject=user, by=None, way="passkey")
        return None
    return user


def rename(session: Session, *, user: User, number: int, name: str, by: User | None) -> None:
    """Call a passkey by another name. Raises ``NotFound``, and ``InvalidContent`` (``name-missing``)."""
    if not name.strip():
        raise InvalidContent("name-missing")
    passkey = of(session, user, number)
    passkey.name = name.strip()[:LONGEST_NAME]
    log.record(session, verb="user.rename-passkey", subject=passkey, by=by)


def remove(session: Session, *, user: User, number: int, by: User | None) -> None:
    """Let nobody in with this key any more. Raises ``NotFound``."""
    passkey = of(session, user, number)
    log.record(session, verb="user.remove-passkey", subject=passkey, by=by)
    session.delete(passkey)
    second_factors.forget_recovery_codes_of_nothing(session, user)


def of(session: Session, user: User, number: int) -> Passkey:
    """The passkey of this user with this number; raises ``NotFound``."""
    found = session.scalar(select(Passkey).where(Passkey.user_id == user.id, Passkey.id == number))
    if found is None:
        raise NotFound("passkey")
    return found


def _named(session: Session, credential: str) -> Passkey | None:
    """The key that the answer of a browser says it is of, held until the end."""
    try:
        said: Any = json.loads(credential)
        raw = base64url_to_bytes(said["rawId"])
    except _FAULTS:
        return None
    return session.scalar(select(Passkey).where(Passkey.credential == raw).with_for_update())


def _signed(passkey: Passkey, at: Place, asked: Asked, credential: str) -> bool:
    late = asked.at + ANSWERED_WITHIN <= clock.now()
    if late or (passkey.used_at is not None and passkey.used_at >= asked.at):
        return False
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=asked.challenge,
            expected_rp_id=at.host,
            expected_origin=at.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _FAULTS:
        return False
    passkey.sign_count, passkey.used_at = verified.new_sign_count, clock.now()
    return True


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
