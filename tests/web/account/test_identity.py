"""Coming in with an account at the identity provider, as a browser's requests go."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp.app import create_app
from surveyapp.config import IdentityProvider, Settings
from surveyapp.models import SignIn
from surveyapp.models.database import Database
from tests.identity_provider import CLIENT, GROUPS, Served, served
from tests.web.staff import SECRET, Stage, drop_curtain, set_up

BEGIN = "/sign-in/provider"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("provider") / "log") as running:
        yield running


@pytest.fixture
def known(database_url: str, provider: Served) -> Iterator[Stage]:
    """Anna's study in an installation that knows the provider."""
    settings = Settings(database_url=database_url, secret_key=SECRET, identity_provider=provider.settings)
    stage = Stage(create_app(settings), Database(database_url))
    set_up(stage)
    yield stage
    drop_curtain(stage)


def local(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def go(client: FlaskClient, provider: Served, subject: str, *, target: str = "") -> str:
    """To the provider and back: the address with which one comes back."""
    away = client.get(BEGIN, query_string={"next": target} if target else {})
    assert away.status_code == 302, away.text
    return local(provider.let(str(away.location), subject))


def test_the_door_has_a_button_with_the_name_of_the_provider(known: Stage, stage: Stage) -> None:
    assert "Inloggen met Gemeentelogin" in known.client().get("/sign-in").text
    assert "provider" not in stage.client().get("/sign-in").text
    assert stage.client().get(BEGIN).status_code == 404


def test_the_provider_is_asked_for_a_code_with_a_challenge_a_state_and_a_nonce(known: Stage) -> None:
    asked = parse_qs(urlsplit(str(known.client().get(BEGIN).location)).query)
    assert asked["response_type"] == ["code"]
    assert asked["client_id"] == [CLIENT]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid profile email"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/sign-in/provider/back"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) >= 22
    assert len(asked["state"][0]) >= 22


def test_who_was_invited_comes_in_to_where_they_were_going(known: Stage, provider: Served) -> None:
    provider.knows("anna", email="anna@bureau.example", email_verified=True, name="Anna")
    client = known.client()
    back = client.get(go(client, provider, "anna", target="/evaluations/samen/scores"))
    assert (back.status_code, back.location) == (302, "/evaluations/samen/scores")
    assert client.get("/evaluations/samen/scores").status_code == 200


def test_an_address_that_was_not_verified_leads_to_no_account(known: Stage, provider: Served) -> None:
    for number, verified in enumerate((False, "true", None)):
        provider.knows(f"dief-{number}", email="anna@bureau.example", email_verified=verified)
        client = known.client()
        back = client.get(go(client, provider, f"dief-{number}"))
        assert back.status_code == 403
        assert "Vraag uw onderzoeker" in back.text
        assert client.get("/evaluations/samen").status_code == 302


def test_a_group_gives_a_right_and_takes_it_back(known: Stage, provider: Served) -> None:
    provider.knows("bea", email="bea@almelo.example", email_verified=True, groups=["onderzoek"])
    client = known.client()
    assert client.get(go(client, provider, "bea")).status_code == 302
    assert client.get("/evaluations/samen/scores").status_code == 200
    provider.knows("bea", email="bea@almelo.example", email_verified=True, groups=[])
    assert client.get(go(client, provider, "bea")).status_code == 302
    assert client.get("/evaluations/samen").status_code == 404


def test_what_the_provider_vouches_for_counts_as_a_second_factor(known: Stage, provider: Served) -> None:
    provider.knows("anna-mfa", email="anna@bureau.example", email_verified=True, amr=["pwd", "mfa"])
    client = known.client()
    client.get(go(client, provider, "anna-mfa"))
    with known.database.session(readonly=True) as session:
        assert True in session.scalars(select(SignIn.second_factor)).all()


def test_an_answer_works_once_and_in_the_browser_that_asked(known: Stage, provider: Served) -> None:
    provider.knows("anna", email="anna@bureau.example", email_verified=True)
    client, another = known.client(), known.client()
    back = go(client, provider, "anna")
    assert another.get(back).status_code == 403
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403
    another.get(BEGIN)
    assert another.get(back).status_code == 403


def test_who_says_no_at_the_provider_is_not_in(known: Stage) -> None:
    client = known.client()
    client.get(BEGIN)
    back = client.get(f"{BEGIN}/back?error=access_denied&error_description=<b>")
    assert back.status_code == 403
    assert "heeft u niet ingelogd" in back.text
    assert "<b>" not in back.text


@pytest.mark.parametrize("answer", ["", "?state=x&code=y", "?code=y", "?iss=https://elders.example"])
def test_an_answer_that_fits_nothing_is_refused(known: Stage, answer: str) -> None:
    client = known.client()
    client.get(BEGIN)
    assert client.get(f"{BEGIN}/back{answer}").status_code == 403


def test_a_visit_that_took_too_long_is_begun_again(
    known: Stage, provider: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = known.client()
    back = go(client, provider, "anna")
    monkeypatch.setattr("surveyapp.web.account.identity.VISIT", -1)
    assert "duurde te lang" in client.get(back).text


def test_nobody_is_led_to_another_site(known: Stage, provider: Served) -> None:
    provider.knows("anna", email="anna@bureau.example", email_verified=True)
    client = known.client()
    assert client.get(go(client, provider, "anna", target="//elders.example")).location == "/evaluations"


def test_a_provider_that_is_away_is_said_to_be(database_url: str) -> None:
    away = IdentityProvider("http://127.0.0.1:9", CLIENT, "s", "Gemeentelogin", groups=GROUPS)
    settings = Settings(database_url=database_url, secret_key=SECRET, identity_provider=away)
    stage = Stage(create_app(settings), Database(database_url))
    answer = stage.client().get(BEGIN)
    drop_curtain(stage)
    assert answer.status_code == 503
    assert "Gemeentelogin antwoordt nu niet" in answer.text


def test_going_out_ends_the_session_here(known: Stage, provider: Served) -> None:
    provider.knows("anna", email="anna@bureau.example", email_verified=True)
    known.app.config["WTF_CSRF_ENABLED"] = False
    client = known.client()
    client.get(go(client, provider, "anna"))
    assert client.post("/sign-out").location == "/sign-in"
    assert client.get("/evaluations/samen").status_code == 302
