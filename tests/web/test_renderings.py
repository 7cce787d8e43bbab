"""Pictures: asked for by pages, drawn by a worker, fetched by whom they are for."""

import re

import pytest

from surveyapp.web import renderings
from tests.web.staff import Stage, set_up


@pytest.fixture
def drawn(stage: Stage) -> dict[str, str]:
    """The address of a picture per audience, of a published study whose pictures were drawn."""
    set_up(stage, published=True)
    pages = {
        "team": stage.page("anna", "/scores"),
        "lead": stage.page("lead", "/publication"),
        "organisation": stage.page("bram", "/publication/organisations/GM0141"),
    }
    stage.work()
    found = {audience: re.search(r'<img src="([^"]+)"', page) for audience, page in pages.items()}
    return {audience: match[1] for audience, match in found.items() if match}


def test_a_picture_reaches_only_its_audience(stage: Stage, drawn: dict[str, str]) -> None:
    found = {
        audience: {who: stage.client(who).get(address).status_code for who in stage.cookies}
        for audience, address in drawn.items()
    }
    outside = {"dirk": 404, "ina": 403, "otto": 403}
    assert found == {
        "team": {"anna": 200, "owner": 200, "lead": 403, "bram": 403, "carla": 403} | outside,
        "lead": {"anna": 200, "owner": 200, "lead": 200, "bram": 403, "carla": 403} | outside,
        "organisation": {"anna": 200, "owner": 200, "lead": 200, "bram": 200, "carla": 403} | outside,
    }
    assert {stage.client().get(address).status_code for address in drawn.values()} == {302}


def test_a_picture_of_one_audience_is_not_found_at_the_address_of_another(stage: Stage, drawn: dict[str, str]) -> None:
    team = drawn["team"]
    for wrong in (team.replace("/team/", "/lead/"), team.replace("/team/", "/organisations/GM0141/")):
        assert stage.client("lead").get(wrong).status_code == 404
    own = drawn["organisation"]
    assert stage.client("carla").get(own.replace("GM0141", "GM0147")).status_code == 404
    assert stage.client("dirk").get(team.replace("samen", "elders")).status_code == 404


def test_a_protected_picture_may_be_kept_by_a_browser_and_an_unprotected_one_may_not(
    stage: Stage, drawn: dict[str, str]
) -> None:
    assert stage.client("anna").get(drawn["team"]).headers["Cache-Control"] == "no-store"
    answer = stage.client("anna").get(drawn["lead"])
    assert answer.content_type.startswith("image/svg+xml")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert b"<title>" in answer.data
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_once_drawn_a_picture_has_its_size_on_the_page(stage: Stage, drawn: dict[str, str]) -> None:
    assert drawn["team"] in (page := stage.page("anna", "/scores"))
    assert re.search(r'<img src="[^"]+" alt="[^"]+" width="960" height="\d+"', page)


def test_a_picture_that_takes_long_is_asked_for_again_later(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(stage)
    monkeypatch.setattr(renderings, "PATIENCE", 0.2)
    address = re.search(r'<img src="([^"]+)"', stage.page("anna", "/scores"))
    assert address is not None
    answer = stage.client("anna").get(address[1])
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_no_page_asked_for_is_not_found(published: Stage) -> None:
    assert published.client("anna").get(f"/evaluations/samen/figures/team/{'0' * 64}.svg").status_code == 404


def test_a_figure_is_saved_as_a_drawing_a_picture_or_a_table(stage: Stage, drawn: dict[str, str]) -> None:
    stem = drawn["lead"].removesuffix(".svg")
    table = stage.client("lead").get(f"{stem}.csv?save=1")
    assert table.content_type == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.csv"', table.headers["Content-Disposition"])
    assert table.text.startswith("\ufeff")
    drawing = stage.client("lead").get(f"{stem}.svg?save=1")
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.svg"', drawing.headers["Content-Disposition"])
    assert "Content-Disposition" not in stage.client("lead").get(f"{stem}.svg").headers


def test_a_png_is_drawn_once_somebody_wants_it(
    stage: Stage, drawn: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = drawn["team"].replace(".svg", ".png")
    monkeypatch.setattr(renderings, "PATIENCE", 0.2)
    assert stage.client("anna").get(address).status_code == 503
    stage.work()
    picture = stage.client("anna").get(address)
    assert picture.data.startswith(b"\x89PNG")
    assert picture.headers["Cache-Control"] == "no-store"
    assert picture.headers["Content-Disposition"].endswith('.png"')


def test_every_format_of_a_figure_is_for_its_audience_alone(stage: Stage, drawn: dict[str, str]) -> None:
    for form in ("svg", "png", "csv"):
        address = drawn["team"].replace(".svg", f".{form}")
        assert {stage.client(who).get(address).status_code for who in ("lead", "bram", "carla")} == {403}
    assert stage.client("anna").get(drawn["team"].replace(".svg", ".pdf")).status_code == 404
    unknown = drawn["lead"].replace("/lead/", "/team/").replace(".svg", ".csv")
    assert stage.client("anna").get(unknown).status_code == 404
