"""The page on which the team makes, shows, renews and ends the links of contact persons."""

import re

import pytest

from surveyapp.queries import count_links as queries
from surveyapp.queries import evaluations
from tests.web.staff import Stage, set_up, set_up_without_wave
from tests.web.test_evaluations import form_token

PATH = "/evaluations/samen/monitor/links"


@pytest.fixture
def team(stage: Stage) -> Stage:
    set_up(stage)
    return stage


def post(stage: Stage, path: str = "", who: str = "anna", **data: str) -> int:
    client = stage.client(who)
    token = form_token(client.get("/evaluations/elders" if who == "dirk" else "/evaluations/samen").get_data(True))
    return client.post(f"{PATH}{path}", data={"csrf_token": token, **data}).status_code


def addresses(stage: Stage) -> list[str]:
    page = stage.page("anna", "/monitor/links")
    return re.findall(r'href="http://127.0.0.1:8000(/count/[\w-]{22})"', page)


def numbers(stage: Stage) -> dict[str, int]:
    """Organisation -> the number of its link."""
    with stage.database.session(readonly=True) as session:
        wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        links = queries.of_wave(session, wave).values()
        return {link.membership.organisation.name: link.id for link in links}


def place(stage: Stage, name: str) -> str:
    with stage.database.session(readonly=True) as session:
        members = evaluations.memberships(session, evaluations.by_slug(session, "samen"))
        return next(str(member.id) for member in members if member.organisation.name == name)


def test_all_organisations_get_a_link_at_once_that_works(team: Stage) -> None:
    assert addresses(team) == []
    assert "Make a link for the 3 organisations without one" in team.page("anna", "/monitor/links?language=en")
    assert post(team) == 303
    found = addresses(team)
    assert len(found) == 3
    shown = [team.client().get(f"{path}?language=en").get_data(as_text=True) for path in found]
    assert ["Response of Almelo" in shown[0], "Response of Borne" in shown[1]] == [True, True]
    assert "7 of the 8 people invited have answered so far." in shown[0]
    assert "organisations without one" not in team.page("anna", "/monitor/links?language=en")


def test_one_organisation_gets_a_link_alone(team: Stage) -> None:
    assert post(team, place=place(team, "Borne")) == 303
    assert list(numbers(team)) == ["Borne"]
    assert post(team, place="999999") == 404


def test_the_mail_to_write_holds_the_link_and_nobodys_address(team: Stage) -> None:
    post(team, place=place(team, "Borne"))
    page = team.page("anna", "/monitor/links?language=en")
    (link,) = addresses(team)
    (mail,) = re.findall(r'href="(mailto:[^"]+)"', page)
    assert mail.startswith("mailto:?subject=Response%20of%20Borne&amp;body=")
    assert link.replace("/", "%2F") in mail or link in mail


def test_a_new_address_ends_the_old_one_and_withdrawing_ends_both(team: Stage) -> None:
    post(team, place=place(team, "Almelo"))
    (first,) = addresses(team)
    number = numbers(team)["Almelo"]
    assert post(team, f"/{number}/reissue") == 303
    (second,) = addresses(team)
    assert [team.client().get(path).status_code for path in (first, second)] == [404, 200]
    assert post(team, f"/{number}/revoke") == 303
    assert addresses(team) == []
    assert team.client().get(second).status_code == 404
    assert post(team, f"/{number}/revoke") == 409
    assert post(team, place=place(team, "Almelo")) == 303
    (third,) = addresses(team)
    assert third not in {first, second}
    assert team.verbs()[-4:] == ["count-link.make", "count-link.reissue", "count-link.revoke", "count-link.make"]


def test_what_was_done_is_told_once(team: Stage) -> None:
    client = team.client("anna")
    token = form_token(client.get("/evaluations/samen").get_data(as_text=True))
    data = {"csrf_token": token, "place": place(team, "Borne"), "language": "en"}
    came = client.post(PATH, data=data, follow_redirects=True).get_data(as_text=True)
    assert "1 link was made." in came
    assert "1 link was made." not in client.get(f"{PATH}?language=en").get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("anna", 200), ("lead", 403), ("bram", 403), ("carla", 403), ("dirk", 404)]
)
def test_only_the_team_sees_and_manages_links(team: Stage, who: str, status: int) -> None:
    assert team.client(who).get(PATH).status_code == status
    if status != 200:
        post(team)
        before = team.verbs()
        number = numbers(team)["Almelo"]
        found = [post(team, path, who) for path in ("", f"/{number}/reissue", f"/{number}/revoke")]
        assert found == [status] * 3
        assert team.verbs() == before


def test_a_foreign_form_is_refused_and_a_link_of_another_study_is_not_there(team: Stage) -> None:
    assert team.client("anna").post(PATH).status_code == 400
    post(team)
    client = team.client("dirk")
    token = form_token(client.get("/evaluations/elders").get_data(as_text=True))
    path = f"/evaluations/elders/monitor/links/{numbers(team)['Almelo']}/revoke"
    assert client.post(path, data={"csrf_token": token}).status_code == 404
    assert len(addresses(team)) == 3


def test_before_anything_is_planned_the_page_says_so(stage: Stage) -> None:
    set_up_without_wave(stage)
    assert "This study is being set up" in stage.page("anna", "/monitor/links?language=en")
