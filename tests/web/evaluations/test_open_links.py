"""The page on which the research team makes, shows and ends open links."""

import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import open_links as verbs
from surveyapp.actions.waves import close
from surveyapp.models import Wave
from surveyapp.queries import evaluations
from surveyapp.queries import open_links as queries
from tests import cast
from tests.web.staff import SECRET, Stage, admit_everybody, edition, set_up_without_wave
from tests.web.test_evaluations import form_token

PATH = "/evaluations/samen/open-links"


@pytest.fixture
def team(stage: Stage) -> Stage:
    """Anna's study, with a governor of Almelo invited and a link for everybody's officials of Borne."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition())
        study.invite(session, "governor")
        verbs.add(
            session,
            wave=study.wave,
            membership=study.members[1],
            role="official",
            most=50,
            secret_key=SECRET,
            by=study.anna,
        )
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    return stage


def post(stage: Stage, who: str, path: str, **data: str) -> tuple[int, str]:
    client = stage.client(who)
    token = form_token(client.get("/evaluations/samen").get_data(as_text=True))
    answer = client.post(f"{PATH}{path}", data={"csrf_token": token, **data}, query_string={"language": "en"})
    return answer.status_code, answer.get_data(as_text=True)


def its_wave(session: Session) -> Wave:
    return evaluations.wave(session, evaluations.by_slug(session, "samen"))


def only_link(stage: Stage) -> queries.Listed:
    with stage.database.session(readonly=True) as session:
        (listed,) = queries.listed(session, its_wave(session))
        return listed


def almelo(stage: Stage) -> str:
    """The first organisation, as the form names it."""
    with stage.database.session(readonly=True) as session:
        return str(evaluations.memberships(session, its_wave(session).evaluation)[0].id)


def address_on(page: str) -> str:
    found = re.search(r'href="http://127.0.0.1:8000(/o/[\w-]{22})"', page)
    assert found is not None
    return found[1]


def test_the_page_shows_every_link_with_its_numbers_and_an_address_that_works(team: Stage) -> None:
    page = team.page("anna", "/open-links?language=en")
    assert "Ambtenaren, Borne" in page.replace("Officials", "Ambtenaren")
    assert "at most 50" in page
    assert team.client().get(address_on(page)).status_code == 200


def test_roles_that_were_invited_by_name_are_not_offered_and_are_refused(team: Stage) -> None:
    page = team.page("anna", "/open-links")
    assert '<option value="official"' in page
    assert '<option value="governor"' not in page
    status, page = post(team, "anna", "", role="governor", place="")
    assert status == 422
    assert 'href="#role"' in page


@pytest.mark.parametrize(
    ("chosen", "field"),
    [({"most": "0"}, "most"), ({"most": "many"}, "most"), ({"place": "999"}, "place"), ({"role": "king"}, "role")],
)
def test_a_mistake_is_shown_on_top_and_at_its_field_with_what_was_chosen(
    team: Stage, chosen: dict[str, str], field: str
) -> None:
    status, page = post(team, "anna", "", **{"role": "official", "place": almelo(team), "most": "", **chosen})
    assert status == 422
    assert f'<a class="utrecht-link utrecht-link--html-a" href="#{field}">' in page
    assert f'id="{field}-errors"' in page
    if field != "place":
        assert f'<option value="{almelo(team)}" selected>' in page


def test_adding_the_same_link_twice_is_refused_in_words(team: Stage) -> None:
    assert post(team, "anna", "", role="official", place=almelo(team), most="")[0] == 303
    status, page = post(team, "anna", "", role="official", place=almelo(team), most="")
    assert status == 422
    assert "There is a link for this role and place already" in page
    assert team.verbs().count("open-link.add") == 2


def test_a_new_address_ends_the_old_one_and_withdrawing_ends_both(team: Stage) -> None:
    first = address_on(team.page("anna", "/open-links"))
    number = only_link(team).link.id
    assert post(team, "anna", f"/{number}/reissue")[0] == 303
    second = address_on(team.page("anna", "/open-links"))
    assert [team.client().get(path).status_code for path in (first, second)] == [404, 200]
    assert post(team, "anna", f"/{number}/revoke")[0] == 303
    assert team.client().get(second).status_code == 404
    page = team.page("anna", "/open-links?language=en")
    assert "Withdrawn on" in page
    assert "/o/" not in page
    assert post(team, "anna", f"/{number}/revoke")[0] == 409


def test_the_qr_code_is_a_picture_and_a_file(team: Stage) -> None:
    number = only_link(team).link.id
    shown = team.client("anna").get(f"{PATH}/{number}/qr-code.svg")
    assert (shown.status_code, shown.mimetype) == (200, "image/svg+xml")
    assert "<svg" in shown.get_data(as_text=True)
    assert "Content-Disposition" not in shown.headers
    kept = team.client("anna").get(f"{PATH}/{number}/qr-code.svg?download=yes")
    assert kept.headers["Content-Disposition"] == f"attachment; filename=samen-open-link-{number}.svg"


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("anna", 200), ("lead", 403), ("bram", 403), ("carla", 403), ("dirk", 404)]
)
def test_only_the_research_team_sees_and_manages_links(team: Stage, who: str, status: int) -> None:
    number = only_link(team).link.id
    assert team.client(who).get(PATH).status_code == status
    assert team.client(who).get(f"{PATH}/{number}/qr-code.svg").status_code == status
    if status == 200:
        return
    before = team.verbs()
    client = team.client(who)
    token = form_token(client.get("/evaluations/elders" if who == "dirk" else "/evaluations/samen").get_data(True))
    for path in ("", f"/{number}/revoke", f"/{number}/reissue"):
        assert client.post(f"{PATH}{path}", data={"csrf_token": token, "role": "official"}).status_code == status
    assert team.verbs() == before


def test_who_has_not_signed_in_is_sent_to_the_door_and_a_foreign_form_is_refused(team: Stage) -> None:
    assert team.client().get(PATH).location.startswith("/sign-in")
    assert team.client("anna").post(PATH, data={"role": "official"}).status_code == 400


def test_a_link_of_another_study_is_not_there(team: Stage) -> None:
    number = only_link(team).link.id
    client = team.client("dirk")
    token = form_token(client.get("/evaluations/elders").get_data(as_text=True))
    path = f"/evaluations/elders/open-links/{number}"
    assert client.get(f"{path}/qr-code.svg").status_code == 404
    assert client.post(f"{path}/revoke", data={"csrf_token": token}).status_code == 404
    assert only_link(team).link.revoked_at is None


def test_after_closing_there_is_nothing_to_add_and_no_address(team: Stage) -> None:
    with team.database.session() as session:
        wave = its_wave(session)
        close(session, wave=wave, by=None)
        session.commit()
    page = team.page("anna", "/open-links")
    assert "/o/" not in page
    assert 'action="/evaluations/samen/open-links"' not in page
    assert post(team, "anna", "", role="official", place=almelo(team), most="")[0] == 409


def test_before_anything_is_planned_the_page_says_so(stage: Stage) -> None:
    set_up_without_wave(stage)
    assert "This study is being set up." in stage.page("anna", "/open-links?language=en")
