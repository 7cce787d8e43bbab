"""Settings fail early, with advice."""

import re
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex, token_urlsafe

import pytest

from surveyapp.config import ENVIRONMENT, MissingSetting, from_environment, weakness

KEY = "4f9d1c7be2a8350688f1a0d35c6e97b2"


def test_defaults_need_only_a_secret_key() -> None:
    settings = from_environment({"SURVEYAPP_SECRET_KEY": KEY})
    assert settings.database_url == "sqlite:///var/surveyapp.db"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert not settings.secure_cookies


def test_https_makes_cookies_secure_and_a_trailing_slash_goes() -> None:
    settings = from_environment({"SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_BASE_URL": "https://survey.example/"})
    assert settings.secure_cookies
    assert settings.base_url == "https://survey.example"


@pytest.mark.parametrize(
    ("environment", "advice"),
    [
        ({}, "openssl rand -hex 32"),
        ({"SURVEYAPP_SECRET_KEY": "short"}, "shorter than 32"),
        ({"SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_BASE_URL": "survey.example"}, "start it with http"),
        ({"SURVEYAPP_SECRET_KEY_FILE": "/nowhere/key"}, "cannot be read"),
        ({"SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_CONTENT": "/nowhere"}, "no folder"),
        ({"SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_CONTACT": "the bureau"}, "write an e-mail address"),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(environment: dict[str, str], advice: str) -> None:
    with pytest.raises(MissingSetting, match=advice):
        from_environment(environment)


def test_the_secret_key_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY + "\n", encoding="utf-8")
    assert from_environment({"SURVEYAPP_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == KEY


def test_a_key_file_that_is_not_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe" * 40)
    with pytest.raises(MissingSetting, match="SURVEYAPP_SECRET_KEY_FILE cannot be read"):
        from_environment({"SURVEYAPP_SECRET_KEY_FILE": str(tmp_path / "key")})


def test_every_setting_that_is_read_is_documented() -> None:
    source = Path(from_environment.__code__.co_filename).read_text(encoding="utf-8")
    documented = {name for name, _default, _meaning in ENVIRONMENT}
    read = set(re.findall(r'(?:get\(|_on\(environment, |_number\(environment, |_read\(environment, )"(\w+)"', source))
    assert documented - {"SURVEYAPP_SECRET_KEY_FILE"} == read


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("my-secret-key-for-production-2026-x9", "example"),
        ("CHANGE_ME_7f3a9c0d1e8b4f6a5c2d9e0b1f", "example"),
        ("0123456789abcdef0123456789abcdef", "example"),
        ("9f8a7c6b9f8a7c6b9f8a7c6b9f8a7c6b", "repeats itself"),
        ("x" * 40, "repeats itself"),
        ("9f8a7c6b5d4e3f201102f3e4d5b6c7a8f9", "repeats itself"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "too easy to guess"),
        ("wij vergaderen elke 2e maandag in Almelo", "phrase"),
    ],
)
def test_a_weak_key_is_refused_where_people_really_answer(key: str, why: str) -> None:
    assert from_environment({"SURVEYAPP_SECRET_KEY": key}).secret_key == key
    with pytest.raises(MissingSetting, match=why) as refused:
        from_environment({"SURVEYAPP_SECRET_KEY": key, "SURVEYAPP_BASE_URL": "https://survey.example"})
    assert "openssl rand" in str(refused.value)
    assert key not in str(refused.value)


@pytest.mark.parametrize("draw", [lambda: token_hex(16), lambda: token_hex(32), lambda: token_urlsafe(32)])
def test_a_key_that_was_drawn_at_random_is_taken(draw: Callable[[], str]) -> None:
    key = draw()
    assert weakness(key) == ""


def test_settings_are_printed_without_what_must_stay_secret() -> None:
    secrets = {
        "SURVEYAPP_SECRET_KEY": "0f" * 20,
        "SURVEYAPP_DATABASE_URL": "postgresql://user:hunter2@db/survey",
        "SURVEYAPP_SMTP_HOST": "localhost",
        "SURVEYAPP_MAIL_FROM": "a@bureau.example",
        "SURVEYAPP_SMTP_PASSWORD": "letter-to-santa",
        "SURVEYAPP_OIDC_ISSUER": "https://id.example",
        "SURVEYAPP_OIDC_CLIENT_ID": "us",
        "SURVEYAPP_OIDC_CLIENT_SECRET": "open-sesame",
    }
    printed = repr(from_environment(secrets))
    assert [word for word in ("0f0f", "hunter2", "letter-to-santa", "open-sesame") if word in printed] == []


MAIL = {"SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_SMTP_HOST": "mx.example", "SURVEYAPP_MAIL_FROM": "post@bureau.example"}


def test_a_mail_server_is_reached_over_an_encrypted_connection_unless_it_is_on_this_machine(tmp_path: Path) -> None:
    ca_file, password = tmp_path / "authority.pem", tmp_path / "password"
    ca_file.touch()
    password.write_text("from a file\n")
    own = {"SURVEYAPP_SMTP_CA_FILE": str(ca_file), "SURVEYAPP_SMTP_PASSWORD_FILE": str(password)}
    found = from_environment(MAIL | own).smtp
    assert found is not None
    assert (found.security, found.port, found.per_minute) == ("starttls", 587, 60)
    assert (found.ca_file, found.password) == (ca_file, "from a file")
    here = from_environment(MAIL | {"SURVEYAPP_SMTP_HOST": "127.0.0.1", "SURVEYAPP_SMTP_SECURITY": "none"}).smtp
    assert here is not None
    assert here.ca_file is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SURVEYAPP_MAIL_FROM", "not an address"),
        ("SURVEYAPP_MAIL_FROM", ""),
        ("SURVEYAPP_SMTP_SECURITY", "ssl"),
        ("SURVEYAPP_SMTP_SECURITY", "none"),
        ("SURVEYAPP_SMTP_PORT", "0"),
        ("SURVEYAPP_SMTP_CA_FILE", "/nowhere/authority.pem"),
        ("SURVEYAPP_SMTP_PASSWORD_FILE", "/nowhere/password"),
        ("SURVEYAPP_MAILS_PER_MINUTE", "fast"),
    ],
)
def test_what_is_wrong_with_a_mail_server_is_said_by_its_name(name: str, value: str) -> None:
    with pytest.raises(MissingSetting, match=name):
        from_environment(MAIL | {name: value})


def test_without_a_mail_server_there_is_no_mail() -> None:
    assert from_environment({"SURVEYAPP_SECRET_KEY": KEY}).smtp is None
