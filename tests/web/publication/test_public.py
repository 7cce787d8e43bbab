"""What everybody may see: only what was published for them, without a sign-in and without a cookie."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from surveyapp.actions import publications, waves
from surveyapp.models import Wave
from tests import cast
from tests.web.staff import ANSWERS, Stage, admit_everybody, edition

PAGES = ("", "/themes/g1", "/roles", "/organisations/GM0141", "/scores.csv", "/gaps.csv")


def put_on(stage: Stage, *audiences: str, searchable: bool = False) -> None:
    """Almelo and Borne answered with twelve officials each, and it was published for these audiences."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition())
        waves.set_for_public(session, wave=study.wave, for_public=True, by=study.anna)
        study.wave.searchable = searchable
        for member in range(2):
            for place in range(12):
                study.respond(session, "official", member=member, **{f"g1_{one}": str(2 + place % 3) for one in (1, 2)})
        study.respond(session, "official", member=2, g1_1="5")
        waves.close(session, wave=study.wave, by=study.anna)
        for audience in audiences:
            publications.publish(session, wave=study.wave, audience=audience, by=study.anna)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()


def get(client: FlaskClient, path: str) -> str:
    answer = client.get(f"/public/samen{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def test_everybody_reads_what_was_published_for_everybody_and_no_cookie_is_set(stage: Stage) -> None:
    put_on(stage, "lead", "public")
    for path in PAGES:
        answer = stage.client().get(f"/public/samen{path}")
        assert (path, answer.status_code) == (path, 200)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.headers.getlist("X-Robots-Tag") == ["noindex"]
    page = get(stage.client(), "?language=en")
    assert "Threshold: 10 people." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Sign out" not in page


def test_who_is_signed_in_sees_the_same_page(stage: Stage) -> None:
    put_on(stage, "lead", "public")
    assert get(stage.client("anna"), "?language=en") == get(stage.client(), "?language=en")


def test_search_engines_are_let_in_where_the_study_says_so(stage: Stage) -> None:
    put_on(stage, "lead", "public", searchable=True)
    answer = stage.client().get("/public/samen")
    assert answer.headers.getlist("X-Robots-Tag") == ["all"]
    assert "noindex" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("slug", ["samen", "elders", "bestaat-niet"])
def test_where_nothing_was_published_for_everybody_there_is_no_page(stage: Stage, slug: str) -> None:
    put_on(stage, "lead")
    pages = {stage.client().get(f"/public/{slug}{path}").status_code for path in PAGES}
    assert pages == {404}


def test_no_number_that_the_public_may_not_see_is_in_its_file(stage: Stage) -> None:
    put_on(stage, "lead", "public")
    rows = list(csv.DictReader(io.StringIO(get(stage.client(), "/scores.csv"))))
    assert {row["organisation"] for row in rows} == {"GM0141", "GM0147", "GM0153", "all"}
    assert min(int(row["n"]) for row in rows if row["n"]) >= 10
    assert not any(row["mean"] for row in rows if row["organisation"] == "GM0153")


def test_a_picture_of_the_public_page_is_everybodys_and_of_another_page_nobodys(stage: Stage) -> None:
    put_on(stage, "lead", "public")
    found = re.search(r'src="(/public/samen/figures/[^"]+\.svg[^"]*)"', get(stage.client(), ""))
    assert found is not None
    stage.work()
    picture = stage.client().get(found[1].replace("&amp;", "&"))
    assert (picture.status_code, picture.headers["Cache-Control"][:6]) == (200, "public")
    of_lead = re.search(r"/figures/lead/(\w+)\.svg", stage.page("lead", "/publication"))
    assert of_lead is not None
    if of_lead[1] not in found[1]:
        assert stage.client().get(f"/public/samen/figures/{of_lead[1]}.svg").status_code == 404
    assert stage.client().get(f"/public/samen/figures/{'0' * 64}.svg").status_code == 404


def test_an_earlier_wave_and_the_first_publication_stay_within_reach(stage: Stage) -> None:
    put_on(stage, "lead", "public")
    for path in ("?wave=1", "?wave=1&number=1", "/themes/g1?wave=1"):
        get(stage.client(), path)
    for path in ("?wave=2", "?number=2", "?wave=x", "?wave=99999999999999999999"):
        assert stage.client().get(f"/public/samen{path}").status_code == 404


def test_a_wave_whose_respondents_were_not_told_cannot_be_asked_for_everybody(stage: Stage) -> None:
    with stage.database.session() as session:
        study = cast.study(session, asked=edition())
        ANSWERS["usual"](session, study)
        waves.close(session, wave=study.wave, by=study.anna)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    stage.app.config["WTF_CSRF_ENABLED"] = False
    page = stage.page("anna", "/approvals/publish?language=en")
    assert "Everybody, on a public page" not in page
    answer = stage.client("anna").post(
        "/evaluations/samen/approvals/publish", data={"reason": "x", "audience": "public"}
    )
    assert answer.status_code == 422
    with stage.database.session(readonly=True) as session:
        assert not session.get_one(Wave, study.wave.id).for_public
