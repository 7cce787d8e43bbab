"""A personal link is shown to the team under log, ends, and is given anew."""

import re

from sqlalchemy import select

from surveyapp.models import Event
from tests.web.people.posting import PATH, number_of, page, post
from tests.web.staff import Stage


def shown_link(stage: Stage, number: int) -> str:
    found = re.search(r"http://127.0.0.1:8000(/r/[\w-]{22})", page(stage, f"/{number}/link"))
    assert found is not None
    return found[1]


def verbs(stage: Stage) -> list[str]:
    with stage.database.session(readonly=True) as session:
        return list(session.scalars(select(Event.verb).where(Event.verb == "invitation.show-link")))


def test_the_link_that_is_shown_works_and_showing_it_is_logged(team: Stage) -> None:
    number = number_of(team, "Dirk")
    post(team, f"/{number}/reissue")
    assert verbs(team) == []
    assert "/r/" not in page(team, f"/{number}")
    assert team.client().get(shown_link(team, number)).status_code == 200
    assert verbs(team) == ["invitation.show-link"]


def test_a_new_link_ends_the_old_one_and_an_ended_link_can_be_given_anew(team: Stage) -> None:
    number = number_of(team, "Dirk")
    post(team, f"/{number}/reissue")
    first = shown_link(team, number)
    assert post(team, f"/{number}/reissue").status_code == 303
    second = shown_link(team, number)
    assert [team.client().get(link).status_code for link in (first, second)] == [404, 200]
    assert post(team, f"/{number}/revoke").status_code == 303
    assert team.client().get(second).status_code == 404
    assert team.client("anna").get(f"{PATH}/{number}/link").status_code == 409
    assert post(team, f"/{number}/revoke").status_code == 409
    assert "has ended" in page(team, f"/{number}")
    post(team, f"/{number}/reissue")
    assert team.client().get(shown_link(team, number)).status_code == 200
