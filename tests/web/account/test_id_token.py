"""A token of an identity provider is believed only when everything about it is right."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from surveyapp import clock
from surveyapp.config import IdentityProvider
from surveyapp.errors import NotAllowed
from surveyapp.web.account.id_token import UnknownKey, checked, is_strong

KNOWN = IdentityProvider("https://login.example", "surveyapp", "a secret of the client, long enough for a key", "Login")
NONCE = "once"
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
KEYS: dict[str, Any] = dict(KeySet([KEY]).as_dict(private=False))


def claims(**changes: object) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    usual = {"iss": KNOWN.issuer, "aud": KNOWN.client_id, "sub": "bram", "nonce": NONCE, "iat": now, "exp": now + 300}
    return {name: value for name, value in (usual | changes).items() if value is not None}


def signed(content: dict[str, Any], key: Any = KEY, algorithm: str = "RS256", kid: str = "first") -> str:  # noqa: ANN401
    return jwt.encode({"alg": algorithm, "kid": kid}, content, key, algorithms=[algorithm])


def accepted(content: dict[str, Any]) -> bool:
    try:
        return bool(checked(signed(content), KEYS, KNOWN, NONCE)["sub"] == "bram")
    except NotAllowed as refused:
        return refused.code != "provider-not-trusted"


def from_now(seconds: int) -> int:
    return int(clock.now().timestamp()) + seconds


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"aud": ["surveyapp"]},
        {"aud": ["surveyapp", "another"], "azp": "surveyapp"},
        {"azp": "surveyapp"},
        {"nbf": from_now(30)},
    ],
)
def test_a_token_for_us_is_believed(right: dict[str, object]) -> None:
    assert accepted(claims(**right))


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://login.example/"},
        {"iss": "https://elders.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": []},
        {"aud": ""},
        {"aud": None},
        {"aud": ["another"]},
        {"aud": ["surveyapp", "another"]},
        {"aud": ["surveyapp", "another"], "azp": "another"},
        {"azp": "another"},
        {"nonce": "twice"},
        {"nonce": None},
        {"nonce": ["once"]},
        {"sub": None},
        {"sub": ""},
        {"sub": "a" * 256},
        {"sub": "bram\x00"},
        {"sub": 12},
        {"exp": None},
        {"iat": None},
        {"iat": "yesterday"},
    ],
    ids=str,
)
def test_a_token_that_is_not_is_refused(wrong: dict[str, object]) -> None:
    assert not accepted(claims(**wrong))


def test_clocks_may_differ_by_a_minute_and_no_more() -> None:
    assert accepted(claims(exp=from_now(-50)))
    assert not accepted(claims(exp=from_now(-70)))
    assert accepted(claims(iat=from_now(50)))
    assert not accepted(claims(iat=from_now(120)))
    assert not accepted(claims(nbf=from_now(120)))
    assert not accepted(claims(iat=from_now(-700), exp=from_now(300)))


def unsigned(content: dict[str, Any], header: dict[str, str]) -> str:
    parts = (urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, content))
    return ".".join((*parts, ""))


def test_a_token_that_nobody_signed_is_refused() -> None:
    for algorithm in ("none", "None", "NONE"):
        with pytest.raises(UnknownKey):
            checked(unsigned(claims(), {"alg": algorithm, "kid": "first"}), KEYS, KNOWN, NONCE)


def test_a_token_that_another_signed_is_refused() -> None:
    another = RSAKey.generate_key(2048, {"kid": "first"})
    with pytest.raises(UnknownKey):
        checked(signed(claims(), another), KEYS, KNOWN, NONCE)
    with pytest.raises(UnknownKey):
        checked(signed(claims(), ECKey.generate_key("P-256", {"kid": "first"}), "ES256"), KEYS, KNOWN, NONCE)


def test_a_token_signed_with_what_we_know_ourselves_is_refused() -> None:
    token = signed(claims(), OctKey.import_key(KNOWN.client_secret), "HS256")
    with pytest.raises(UnknownKey):
        checked(token, KEYS, KNOWN, NONCE)


@pytest.mark.parametrize("token", ["", "a.b.c", "....", "é", "a" * 10_000])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(UnknownKey):
        checked(token, KEYS, KNOWN, NONCE)


def test_a_token_that_was_changed_is_refused() -> None:
    head, body, signature = signed(claims()).split(".")
    other = signed(claims(sub="owner")).split(".")[1]
    assert other != body
    with pytest.raises(UnknownKey):
        checked(f"{head}.{other}.{signature}", KEYS, KNOWN, NONCE)


@pytest.mark.parametrize(
    ("said", "strong"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": ["pwd", "otp"]}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({"acr": "phr"}, True),
        ({"acr": "http://eidas.europa.eu/LoA/low"}, False),
        ({"acr": ["phr"]}, False),
        ({}, False),
    ],
)
def test_only_what_is_more_than_a_password_counts_as_a_second_factor(said: dict[str, object], strong: bool) -> None:
    assert is_strong(said) is strong
