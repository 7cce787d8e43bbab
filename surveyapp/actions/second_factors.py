"""Verbs on the second factor: an authenticator app (TOTP, RFC 6238), and recovery codes for who lost it."""

import hashlib
import hmac
import secrets
from base64 import b32encode
from typing import Final

import pyotp
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import attempts, log, passwords, sealing
from surveyapp.errors import InvalidContent, NotAllowed, WrongState
from surveyapp.models import Passkey, RecoveryCode, SignIn, User
from surveyapp.queries import users

PURPOSE: Final = "authenticator"
ISSUER: Final = "surveyapp"
STEP: Final = 30
"""Seconds that a code lasts."""
SKEW: Final = 1
"""Steps that a telephone's clock may be off."""
RECOVERY_CODES: Final = 10
_GROUP: Final = 4


def offer() -> str:
    """A new secret, for who wants to turn this on: 160 random bits in base 32."""
    return pyotp.random_base32()


def address(secret: str, user: User) -> str:
    """What a QR code tells an authenticator app (``otpauth://``)."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)


def turn_on(session: Session, *, user: User, secret: str, code: str, secret_key: str, by: User | None) -> list[str]:
    """Keep the secret of an app that has proved, with a first code, that it knows it; returns new recovery codes.

    Raises ``InvalidContent`` (``wrong-code``), and ``WrongState`` (``second-factor-on``) where there is one already.
    """
    _hold(session, user)
    if user.totp_secret is not None:
        raise WrongState("second-factor-on")
    step = _step_of(secret, code, after=None)
    if step is None:
        raise InvalidContent("wrong-code")
    user.totp_secret = sealing.seal(secret, secret_key=secret_key, purpose=PURPOSE, whose=str(user.id))
    user.totp_used = step
    log.record(session, verb="user.turn-on-two-steps", subject=user, by=by)
    return renew_recovery_codes(session, user=user, secret_key=secret_key, by=by)


def turn_off(
    session: Session, *, user: User, password: str, code: str, secret_key: str, address: str | None, by: User | None
) -> bool:
    """Forget the app, for who shows password (where there is one) and code.

    False when either is wrong; commit that too, as it is counted.
    """
    names = throttled(user, secret_key, address)
    _hold(session, user)
    attempts.must_wait_no_longer(session.connection(), names)
    known = user.password_hash is None or passwords.matches(user.password_hash, password)
    if not known or not _accept(session, user, code, secret_key):
        attempts.failed(session, names)
        log.record(session, verb="user.fail-second-step", subject=user, by=by)
        return False
    attempts.succeeded(session, names[:1])
    user.totp_secret = user.totp_used = None
    log.record(session, verb="user.turn-off-two-steps", subject=user, by=by)
    forget_recovery_codes_of_nothing(session, user)
    return True


def prove(session: Session, *, user: User, code: str, secret_key: str, address: str | None) -> bool:
    """Whether this is a code of the app, or a recovery code, that was not used before; now it is.

    False is to be committed too, as it is counted. Raises ``NotAllowed`` (``too-many-attempts``, ``seconds``).
    """
    names = throttled(user, secret_key, address)
    _hold(session, user)
    attempts.must_wait_no_longer(session.connection(), names)
    if user.disabled_at is None and _accept(session, user, code, secret_key):
        attempts.succeeded(session, names[:1])
        return True
    attempts.failed(session, names)
    log.record(session, verb="user.fail-second-step", subject=user, by=None)
    return False


def throttled(user: User, secret_key: str, address: str | None) -> list[str]:
    """Whose attempts at a second step are counted: the account's, apart from those at its password, and the place's."""
    names = [attempts.who("code", str(user.id), secret_key)]
    return [*names, attempts.who("address", address, secret_key)] if address else names


def renew_recovery_codes(session: Session, *, user: User, secret_key: str, by: User | None) -> list[str]:
    """Ten new codes of 80 random bits, to be shown now and never again; those that there were work no longer."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(code_hash=_hash(user, code, secret_key), user_id=user.id) for code in codes)
    log.record(session, verb="user.renew-recovery-codes", subject=user, by=by)
    return ["-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)) for code in codes]


def forget_recovery_codes_of_nothing(session: Session, user: User) -> None:
    """Without an app or passkey that they could replace, recovery codes are forgotten."""
    session.flush()
    if not users.has_second_factor(session, user):
        session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def reset(session: Session, *, user: User, by: User | None) -> None:
    """Take app, passkeys and recovery codes away, for who lost them all, and end every session of theirs."""
    _hold(session, user)
    user.totp_secret = user.totp_used = None
    for table in (Passkey, RecoveryCode, SignIn):
        session.execute(delete(table).where(table.user_id == user.id))
    log.record(session, verb="user.reset-second-factor", subject=user, by=by)


def _hold(session: Session, user: User) -> None:
    """Of two who use the same code at the same moment, the second sees that it was used."""
    if user.disabled_at is not None:
        raise NotAllowed("account-disabled")
    session.flush()
    session.refresh(user, ["totp_secret", "totp_used", "password_hash", "disabled_at"], with_for_update=True)


def _accept(session: Session, user: User, code: str, secret_key: str) -> bool:
    typed = "".join(code.split()).replace("-", "").lower()
    return _accept_code(user, typed, secret_key) or _accept_recovery_code(session, user, typed, secret_key)


def _accept_code(user: User, code: str, secret_key: str) -> bool:
    sealed = user.totp_secret
    secret = sealing.unseal(sealed, secret_key=secret_key, purpose=PURPOSE, whose=str(user.id)) if sealed else None
    step = _step_of(secret, code, after=user.totp_used) if secret else None
    if step is not None:
        user.totp_used = step
    return step is not None


def _step_of(secret: str, code: str, *, after: int | None) -> int | None:
    """The time step of this code: now or one beside it, and later than the last that was used."""
    app, now = pyotp.TOTP(secret, interval=STEP), int(clock.now().timestamp()) // STEP
    typed = "".join(code.split())
    steps = (now, *(now + side * off for off in range(1, SKEW + 1) for side in (-1, 1)))
    right = [step for step in steps if hmac.compare_digest(app.generate_otp(step).encode(), typed.encode())]
    return next((step for step in right if after is None or step > after), None)


def _accept_recovery_code(session: Session, user: User, code: str, secret_key: str) -> bool:
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.code_hash == _hash(user, code, secret_key),
            RecoveryCode.user_id == user.id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.code_hash)
    )
    if session.execute(used.execution_options(synchronize_session=False)).first() is None:
        return False
    log.record(session, verb="user.use-recovery-code", subject=user, by=user)
    return True


def _hash(user: User, code: str, secret_key: str) -> str:
    return hmac.new(secret_key.encode(), f"recovery code:{user.id}:{code}".encode(), hashlib.sha256).hexdigest()
