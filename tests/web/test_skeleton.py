"""What holds for every room at once: proof that a form is ours, the size of what is sent, and cookies."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.routing import BaseConverter, Rule

from surveyapp.app import create_app
from surveyapp.config import IdentityProvider, MissingSetting, Settings
from surveyapp.web import respondents
from surveyapp.web.skeleton import LARGEST_FORM, refuse_unknown_rights
from tests.web.conftest import Study
from tests.web.staff import Stage, set_up

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PROVEN_BY_THEIR_ADDRESS = {room.name for room in respondents.PROVEN_BY_THEIR_ADDRESS}


def specimen(converter: BaseConverter) -> str:
    """Something that fits in this place of an address."""
    for value in ("1", "samen", *(re.findall(r"[a-z-]+", converter.regex))):
        if re.fullmatch(converter.regex, str(value)):
            return str(value)
    raise AssertionError(f"nothing fits {converter.regex}")


def address(rule: Rule) -> str:
    """An address of this route."""
    values = {name: specimen(rule._converters[name]) for name in rule.arguments}
    values |= {"slug": "samen"} if "slug" in rule.arguments else {}
    built = rule.build(values)
    assert built is not None
    return str(built[1])


def room(rule: Rule) -> str:
    return str(rule.endpoint).partition(".")[0]


def writing_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if WRITING & set(rule.methods or ())]


def test_every_form_of_the_team_is_refused_without_proof_that_it_is_ours(stage: Stage) -> None:
    set_up(stage, answers="nobody")
    client = stage.client("owner")
    rules = [
        rule for rule in writing_rules(stage.app) if rule.endpoint.partition(".")[0] not in PROVEN_BY_THEIR_ADDRESS
    ]
    assert len(rules) >= 20
    before = stage.verbs()
    let_through = []
    for rule in rules:
        for data in ({}, {"csrf_token": "nonsense"}):
            answer = client.post(address(rule), data=data)
            if answer.status_code != 400:
                let_through.append((rule.rule, answer.status_code))
    assert let_through == []
    assert stage.verbs() == before


def test_rooms_without_that_proof_have_a_secret_in_every_address(stage: Stage) -> None:
    exempt = [rule for rule in writing_rules(stage.app) if room(rule) in PROVEN_BY_THEIR_ADDRESS]
    assert exempt
    assert [rule.rule for rule in exempt if not {"token", "signature"} & rule.arguments] == []


@pytest.mark.parametrize("path", ["/sign-in", "an invitation", "/evaluations/inkoop-twente/close"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_that_is_too_large_is_refused_whatever_it_is(study: Study, path: str, kind: str) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' if "multipart" in kind else b"a="
    body = head + b"a" * (LARGEST_FORM + 1)
    path = study.invite() if path == "an invitation" else path
    answer = study.client().post(path, input_stream=BytesIO(body), content_type=kind, content_length=len(body))
    assert answer.status_code == 413
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("secure", [True, False])
def test_every_cookie_is_out_of_reach_of_scripts_and_other_sites(settings: Settings, secure: bool) -> None:
    base = "https://survey.example" if secure else "http://127.0.0.1:8000"
    app = create_app(replace(settings, base_url=base, secure_cookies=secure))
    answer = app.test_client().get("/sign-in", base_url=base)
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "path=/"} <= parts
        assert "samesite=lax" in parts or "samesite=strict" in parts
        assert ("secure" in parts) is secure
        assert cookie.startswith("__Host-") is secure
        assert not any(part.startswith("domain=") for part in parts)
    app.extensions["surveyapp.database"].dispose()


@pytest.mark.parametrize(
    ("right", "refused"),
    [
        (("researcher", "samen"), False),
        (("owner", ""), False),
        (("owner", "samen"), True),
        (("researcher", ""), True),
        (("municipality_reader", "samen"), True),
        (("king", "samen"), True),
    ],
)
def test_a_group_that_gives_a_right_that_there_is_not_keeps_it_from_starting(
    right: tuple[str, str], refused: bool
) -> None:
    provider = IdentityProvider("https://id.example", "surveyapp", "secret", "Gemeente", groups={"bureau": right})
    if refused:
        with pytest.raises(MissingSetting, match=f"bureau.*{right[0]}"):
            refuse_unknown_rights(provider)
    else:
        refuse_unknown_rights(provider)
