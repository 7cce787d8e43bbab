"""Settings fail early, with advice."""

import re
from pathlib import Path

import pytest

from surveyapp.config import ENVIRONMENT, MissingSetting, from_environment

KEY = "a" * 64


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
