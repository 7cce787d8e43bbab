"""The response monitor as the team sees it."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from surveyapp.actions import count_links, waves
from surveyapp.models import User
from surveyapp.queries import evaluations
from tests import cast
from tests.coming import come, through_a_link
from tests.web.staff import SECRET, Stage, admit_everybody, edition, set_up_without_wave, shift

PAGES = ("/monitor", "/response.csv", "/response-per-day.csv")


def first_user(session: Session) -> User:
    return session.scalars(select(User).where(User.name == "Anna")).one()


class Tables(HTMLParser):
    """The rows of every table of a page, as words; pictures say nothing."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.tables[-1][-1][-1] = f"{self.tables[-1][-1][-1]} {data.strip()}".strip()


def tables(page: str) -> list[list[list[str]]]:
    return Tables(page).tables


def prepare(stage: Stage, regime: str = "confidential") -> None:
    """Almelo: a governor sent, of six officials one sent, one started and one opened, and one wants no mail; Borne:
    nobody; Enschede: a governor sent. Half of the officials should answer."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition(), regime=regime)
        people = {
            "governor": ("sent",),
            "official": ("sent", "started", "opened", "silent", "silent", "silent"),
        }
        invited = [(study.invite(session, role), stage) for role, stages in people.items() for stage in stages]
        for invitation, reached in invited:
            come(session, study, invitation, reached, question="g1_1")
        asked_not_to = invited[-1][0].invitee
        assert asked_not_to is not None
        asked_not_to.opted_out_at = study.wave.opens_at
        if regime != "anonymous":
            come(session, study, study.invite(session, "governor", member=2), "sent", question="g1_1")
        study.wave.targets = {"official": 50, "governor": 100}
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()


@pytest.fixture
def team(stage: Stage) -> Stage:
    prepare(stage)
    return stage


def test_the_page_shows_everybody_per_role_and_per_organisation_with_totals(team: Stage) -> None:
    page = team.page("anna", "/monitor?language=en")
    assert "3 of the 8 people invited have sent in their answers: 38%." in page
    per_role, per_organisation, _days = tables(page)
    assert per_role[1:] == [
        ["Governors", "2", "2", "2", "2", "100%", "", "100%, reached", "0"],
        ["Officials", "6", "3", "2", "1", "17%", "", "50%, 2 answers short", "4"],
        ["Total", "8", "5", "4", "3", "38%", "", "", "4"],
    ]
    assert per_organisation[1:] == [
        ["Almelo", "7", "4", "3", "2", "29%", "", "", "4"],
        ["Governors", "1", "1", "1", "1", "100%", "", "100%, reached", "0"],
        ["Officials", "6", "3", "2", "1", "17%", "", "50%, 2 answers short", "4"],
        ["Borne", "nobody invited"],
        ["Enschede , Governors", "1", "1", "1", "1", "100%", "", "100%, reached", "0"],
        ["Total", "8", "5", "4", "3", "38%", "", "", "4"],
    ]


def test_who_can_be_reminded_is_told_and_who_cannot_too(team: Stage) -> None:
    page = team.page("anna", "/monitor?language=en")
    assert "4 people can still be reminded." in page
    assert "4 of them were not sent an invitation from here yet" in page
    assert "1 person did not answer and cannot be reminded" in page


def test_one_role_is_shown_alone_and_rows_are_sorted_by_links(team: Stage) -> None:
    page = team.page("anna", "/monitor?language=en&role=official&order=rate")
    _per_role, per_organisation, _days = tables(page)
    assert per_organisation[1:] == [
        ["Almelo", "6", "3", "2", "1", "17%", "", "50%, 2 answers short", "4"],
        ["Borne", "nobody invited"],
        ["Enschede", "nobody invited"],
        ["Total", "6", "3", "2", "1", "17%", "", "", "4"],
    ]
    named = tables(team.page("anna", "/monitor?language=en&order=rate"))[1]
    assert [row[0].split(" ,")[0] for row in named if row[0][:3] in {"Alm", "Bor", "Ens"}] == [
        "Almelo", "Enschede", "Borne"
    ]  # fmt: skip
    addresses = re.findall(r'href="(/evaluations/samen/monitor\?[^"]+)"', page)
    assert any("order=name" in address and "role=official" in address for address in addresses)


def test_what_is_asked_and_not_there_is_as_if_nothing_was_asked(team: Stage) -> None:
    usual = tables(team.page("anna", "/monitor?language=en"))
    assert tables(team.page("anna", "/monitor?language=en&role=king&order=age&wave=x")) == usual
    assert team.client("anna").get("/evaluations/samen/monitor?wave=7").status_code == 404


def test_over_time_is_a_figure_with_words_and_a_table(team: Stage) -> None:
    shift(team, opens_at=0)
    page = team.page("anna", "/monitor?language=en")
    assert "Of 8 people invited, 5 had opened and 3 had sent in at the end." in page
    (today,) = tables(page)[-1][1:]
    assert today[1:] == ["5", "3"]


def test_an_anonymous_wave_has_nothing_over_time_and_says_why(stage: Stage) -> None:
    prepare(stage, "anonymous")
    page = stage.page("anna", "/monitor?language=en")
    assert "No moment is kept of anybody" in page
    assert "polyline" not in page
    assert tables(page)[0][1:] == [
        ["Governors", "1", "1", "1", "1", "100%", "", "100%, reached", "0"],
        ["Officials", "6", "3", "2", "1", "17%", "", "50%, 2 answers short", "4"],
        ["Total", "7", "4", "3", "2", "29%", "", "", "4"],
    ]
    answer = stage.client("anna").get("/evaluations/samen/response-per-day.csv")
    assert len(answer.get_data(as_text=True).splitlines()) == 1


def test_open_links_are_counted_apart_with_their_mark(stage: Stage) -> None:
    with stage.database.session() as session:
        study = cast.study(session)
        come(session, study, study.invite(session, "governor"), "sent")
        through_a_link(session, study, 1, ("sent", "started"))
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    page = stage.page("anna", "/monitor?language=en")
    assert "1 of the 1 people invited have sent in their answers: 100%." in page
    assert "These answers are in none of the numbers above." in page
    _roles, _organisations, through_links, days = tables(page)
    assert through_links[1:] == [["Borne", "Ambtenaar (open link)", "2", "1", "0"]]
    assert days[0] == ["Day", "Opened", "Sent in", "Sent in through open links"]
    assert days[1][1:] == ["1", "1", "1"]


def test_it_says_so_while_nobody_was_invited_or_nothing_was_planned(stage: Stage) -> None:
    with stage.database.session() as session:
        study = cast.study(session)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    assert "Nobody has been invited yet." in stage.page("anna", "/monitor?language=en")


def test_before_anything_is_planned_there_is_nothing_to_count(stage: Stage) -> None:
    set_up_without_wave(stage)
    assert "This study is being set up" in stage.page("anna", "/monitor?language=en")
    assert stage.client("anna").get("/evaluations/samen/response.csv").status_code == 404


def test_after_closing_the_numbers_are_final_and_nothing_counts_again(team: Stage) -> None:
    with team.database.session() as session:
        waves.close(session, wave=evaluations.wave(session, evaluations.by_slug(session, "samen")), by=None)
        session.commit()
    page = team.page("anna", "/monitor?language=en")
    assert "These numbers are final." in page
    assert "Count again now" not in page
    assert "refresh.js" not in page


def test_an_earlier_wave_can_be_looked_at(team: Stage) -> None:
    with team.database.session() as session:
        evaluation = evaluations.by_slug(session, "samen")
        first = evaluations.wave(session, evaluation)
        cast.another_wave(session, cast.Study(first_user(session), evaluation, first, evaluation.memberships))
        session.commit()
    assert "Nobody has been invited yet." in team.page("anna", "/monitor?language=en")
    assert "3 of the 8 people invited" in team.page("anna", "/monitor?language=en&wave=1")


def test_the_page_counts_again_by_a_script_and_without_one_when_asked(team: Stage) -> None:
    page = team.page("anna", "/monitor?language=en")
    assert 'id="fresh" aria-live="off" data-every="30"' in page
    assert "http-equiv" not in page
    assert "refresh=yes" in page
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in team.page("anna", "/monitor?refresh=yes")
    stopped = team.page("anna", "/monitor?refresh=no")
    assert "data-every" not in stopped
    assert "refresh.js" not in stopped


def test_the_file_says_what_the_page_says(team: Stage) -> None:
    answer = team.client("anna").get("/evaluations/samen/response.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="samen-response.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))
    total = rows[-1]
    assert (total["organisation"], total["role"]) == ("all", "all")
    assert [total[name] for name in ("invited", "opened", "started", "submitted", "rate", "remindable")] == [
        "8", "5", "4", "3", "38", "4"
    ]  # fmt: skip


def test_the_page_leads_to_the_links_of_contact_persons(team: Stage) -> None:
    with team.database.session() as session:
        wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        count_links.make(session, wave=wave, memberships=wave.evaluation.memberships[:2], secret_key=SECRET, by=None)
        session.commit()
    assert "Links for contact persons</a> (2)" in team.page("anna", "/monitor?language=en")


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("anna", 200), ("lead", 403), ("bram", 403), ("carla", 403), ("dirk", 404)]
)
def test_only_the_team_sees_the_response(team: Stage, who: str, status: int) -> None:
    assert [team.client(who).get(f"/evaluations/samen{path}").status_code for path in PAGES] == [status] * len(PAGES)


def test_who_has_not_signed_in_is_sent_to_the_door(team: Stage) -> None:
    assert team.client().get("/evaluations/samen/monitor").location.startswith("/sign-in")


def test_the_page_takes_as_many_statements_however_many_take_part(team: Stage) -> None:
    asked: list[str] = []
    for engine in team.app.extensions["surveyapp.database"].engines:
        event.listen(engine, "before_cursor_execute", lambda *arguments: asked.append(str(arguments[2])))
    team.page("anna", "/monitor")
    few = len(asked)
    with team.database.session() as session:
        evaluation = evaluations.by_slug(session, "samen")
        study = cast.Study(
            first_user(session), evaluation, evaluations.wave(session, evaluation), evaluation.memberships
        )
        for member in range(3):
            for role in ("governor", "official", "project"):
                come(session, study, study.invite(session, role, member=member), "sent", question="g1_1")
        session.commit()
    asked.clear()
    team.page("anna", "/monitor")
    assert len(asked) == few <= 21
