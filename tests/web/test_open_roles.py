"""Every result that holds answers through an open link says so; results without them say nothing of the kind."""

import csv
import io
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import invitations, open_links, publications, responses, waves
from surveyapp.models import Invitation
from tests import cast
from tests.web.staff import SECRET, Stage, admit_everybody, edition, set_up

TEAM = ("/scores", "/scores/themes/g1", "/scores/organisations/GM0141", "/interviews", "/interviews/GM0141")
PUBLISHED = ("/publication", "/publication/themes/g1", "/publication/organisations/GM0141")


def answer(session: Session, study: cast.Study, invitation: Invitation, code: str) -> None:
    response = responses.start(session, invitation=invitation)
    asked = edition().questionnaire.scored
    given = {item.key: code for item in asked if item.asked_of(invitation.role)}
    study.save(session, response, **given, g1_good="Goed zo.")
    study.submit(session, response)


@pytest.fixture
def mixed(stage: Stage) -> Stage:
    """Six governors of Almelo were invited; twelve officials of Almelo came through an open link. Published."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition())
        for place in range(6):
            answer(session, study, study.invite(session, "governor"), str(2 + place % 2))
        link, _token = open_links.add(
            session,
            wave=study.wave,
            membership=study.members[0],
            role="official",
            most=None,
            secret_key=SECRET,
            by=study.anna,
        )
        for place in range(12):
            invitation, _token = open_links.start(
                session,
                link=link,
                membership=study.members[0],
                role="official",
                repeated=place == 5,
                secret_key=SECRET,
            )
            if place != 11:
                answer(session, study, invitation, str(3 + place % 3))
        waves.close(session, wave=study.wave, by=study.anna)
        publications.publish(session, wave=study.wave, by=study.anna)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    return stage


@pytest.mark.parametrize("path", [*TEAM, *PUBLISHED])
def test_a_page_with_results_says_whose_answers_came_through_an_open_link(mixed: Stage, path: str) -> None:
    page = mixed.page("anna", f"{path}?language=en")
    assert re.search(r"Through an open link: Officials\. +Whoever wanted could take\s+part", page), path


@pytest.mark.parametrize("path", ["/scores", "/scores/themes/g1", "/scores/organisations/GM0141"])
def test_the_name_of_an_open_role_carries_the_mark(mixed: Stage, path: str) -> None:
    page = mixed.page("anna", f"{path}?language=nl")
    assert "Ambtenaren (open link)" in page
    assert "Bestuurders (open link)" not in page


def test_the_guide_marks_the_role_and_names_no_number_of_people_invited(mixed: Stage) -> None:
    page = mixed.page("anna", "/interviews/GM0141?language=en")
    row = page[page.index('<th scope="row">Officials (open link)') :].partition("</tr>")[0]
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row) == ["11", "–"]


def test_the_response_of_an_open_role_is_started_sent_and_repeated_without_a_rate(mixed: Stage) -> None:
    page = mixed.page("anna", "/monitor?language=en")
    invited, _, through_links = page.partition('id="open-response"')
    assert "Officials" not in invited[invited.index('id="by-role"') :]
    assert "6 of the 6 people invited" in invited
    row = through_links[through_links.index("Officials (open link)") :].partition("</tr>")[0]
    assert re.findall(r'<td class="number">(\d+)</td>', row) == ["12", "11", "1"]


def test_the_overview_tells_answers_through_open_links_apart(mixed: Stage) -> None:
    page = mixed.page("anna", "?language=en")
    assert "6 of the 6 people invited have sent in their answers: 100%." in page
    assert "Through open links 11 people have sent in answers." in page


def test_the_pages_of_who_answers_use_the_words_without_the_mark(mixed: Stage) -> None:
    with mixed.database.session() as session:
        invitation = session.scalars(select(Invitation).where(Invitation.open_link_id.is_not(None))).first()
        assert invitation is not None
        token = invitations.token_for(invitation, SECRET)
    page = mixed.client().get(f"/r/{token}/thank-you").get_data(as_text=True)
    assert "(open link)" not in page


def rows(stage: Stage, path: str) -> list[dict[str, str]]:
    answer = stage.client("anna").get(f"/evaluations/samen{path}")
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


@pytest.mark.parametrize("path", ["/scores.csv", "/publication/scores.csv"])
def test_a_file_says_which_rows_hold_answers_through_an_open_link(mixed: Stage, path: str) -> None:
    told = {row["role"]: row["open_link"] for row in rows(mixed, path)}
    assert told == {"official": "yes", "governor": "", "project": "", "all": "partly"}


def test_a_file_about_several_roles_says_so_too(mixed: Stage) -> None:
    for row in rows(mixed, "/gaps.csv"):
        assert row["open_link"] == ("yes" if "official" in {row["role_a"], row["role_b"]} else "")
    for path in ("/shrinkage.csv", "/agenda.csv"):
        assert {row["open_link"] for row in rows(mixed, path)} == {"partly"}


def test_a_study_without_open_links_says_nothing_about_them(stage: Stage) -> None:
    set_up(stage, published=True)
    for path in ("", *TEAM, *PUBLISHED):
        page = stage.page("anna", f"{path}?language=en")
        assert "open link" not in page.replace("Open links", "")
    assert "open_link" not in rows(stage, "/scores.csv")[0]
