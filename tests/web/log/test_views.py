"""The log as its readers see it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from surveyapp import clock
from surveyapp.access import AUDITOR
from surveyapp.actions import log, sign_ins, users
from surveyapp.models import Evaluation, Event, User, Wave
from surveyapp.web.log import acts, sentences
from surveyapp.web.log.views import ON_A_PAGE
from tests.web.staff import Stage, set_up

CODE = Path(__file__).parents[3] / "surveyapp"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """With an auditor besides."""
    set_up(stage, answers="one")
    with stage.database.session() as session:
        study = session.scalars(select(Evaluation).where(Evaluation.slug == "samen")).one()
        auditor = users.create(session, email="audit@samen.example", name="Olga", by=None)
        users.grant(session, user=auditor, role=AUDITOR.name, evaluation=study, by=None)
        stage.cookies["auditor"] = sign_ins.begin(session, user=auditor)
        session.commit()
    return stage


def note(stage: Stage, verb: str, times: int = 1, **details: int | str) -> None:
    """Lines of Anna in the log of the study."""
    with stage.database.session() as session:
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        anna = session.scalars(select(User).where(User.name == "Anna")).one()
        for _ in range(times):
            log.record(session, verb=verb, subject=wave, by=anna, evaluation=wave.evaluation, **details)
        session.commit()


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="line-(\d+)"', page)]


def test_the_log_tells_in_words_who_did_what_and_why(stage: Stage) -> None:
    note(stage, "wave.extend", until="2026-12-31", reason="De gemeenteraad vergadert later <b>")
    page = stage.page("anna", "/log")
    assert "Meting verlengd: tot 31 dec 2026" in page
    assert "De gemeenteraad vergadert later &lt;b&gt;" in page
    assert ">Anna</a>" in page
    assert "Wave extended: until 31 Dec 2026" in stage.page("anna", "/log?language=en")


@pytest.mark.parametrize(
    ("who", "own", "all_of_it"),
    [
        ("anna", 200, 404),
        ("owner", 200, 200),
        ("auditor", 200, 404),
        ("lead", 403, 404),
        ("bram", 403, 404),
        ("dirk", 404, 404),
    ],
)
def test_the_log_is_for_the_team_and_the_auditor_and_all_of_it_for_the_owner(
    stage: Stage, who: str, own: int, all_of_it: int
) -> None:
    for page in ("", "/check", "/lines.csv"):
        assert stage.client(who).get(f"/evaluations/samen/log{page}").status_code == own
        assert stage.client(who).get(f"/log{page}").status_code == all_of_it


def test_the_log_of_a_study_holds_nothing_of_another(stage: Stage) -> None:
    with stage.database.session(readonly=True) as session:
        mine = session.scalars(select(Evaluation.id).where(Evaluation.slug == "samen")).one()
        others = set(session.scalars(select(Event.id).where(Event.evaluation_id.is_distinct_from(mine))))
    assert others
    assert numbers(stage.page("anna", "/log"))
    assert not set(numbers(stage.page("anna", "/log"))) & others
    assert set(numbers(stage.client("owner").get("/log").text)) & others


def test_filters_stand_in_the_address_and_hold_for_the_file_too(stage: Stage) -> None:
    note(stage, "wave.extend", reason="Later")
    with stage.database.session(readonly=True) as session:
        anna = session.scalars(select(User.id).where(User.name == "Anna")).one()
    for chosen in ("act=wave.extend", f"act=wave.extend&actor={anna}", f"act=wave.extend&since={clock.now().date()}"):
        page = stage.page("anna", f"/log?{chosen}")
        assert len(numbers(page)) == 1
        file = stage.page("anna", f"/log/lines.csv?{chosen}")
        assert [row.split(",")[5] for row in file.splitlines()] == ["verb", "wave.extend"]
    tomorrow = clock.local(clock.now() + timedelta(days=1)).date()
    for nothing in (f"since={tomorrow}", "actor=0&act=wave.extend", "subject=wave:99"):
        page = stage.page("anna", f"/log?{nothing}")
        assert numbers(page) == []
        assert "Niets in het logboek past bij deze keuze" in page


@pytest.mark.parametrize(
    "nonsense",
    ["since=gisteren", "until=9999-12-31", "since=0001-01-01", "act=nonsense", "actor=99999", "subject=%00", "actor=x"],
)
def test_a_filter_that_cannot_be_understood_is_told(stage: Stage, nonsense: str) -> None:
    for page in ("", "/lines.csv"):
        answer = stage.client("anna").get(f"/evaluations/samen/log{page}?{nonsense}")
        assert answer.status_code == 422
        assert "Not a valid" not in answer.text
        assert 'id="errors"' in answer.text
        assert numbers(answer.text) == []


def test_a_long_log_is_read_in_pages_from_the_newest_back(stage: Stage) -> None:
    note(stage, "wave.extend", 2 * ON_A_PAGE + 3)
    address, seen = "/log?act=wave.extend", list[int]()
    while address:
        page = stage.page("anna", address)
        seen += numbers(page)
        found = re.search(r'href="/evaluations/samen(/log\?[^"]*)" rel="next"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 2 * ON_A_PAGE + 3
    assert seen == sorted(seen, reverse=True)


def test_a_page_number_that_is_none_shows_the_newest(stage: Stage) -> None:
    newest = numbers(stage.page("anna", "/log"))
    for nonsense in ("x", "", "1e9"):
        assert numbers(stage.page("anna", f"/log?before={nonsense}")) == newest
    assert numbers(stage.page("anna", f"/log?before={10**30}")) == newest


def test_taking_the_log_out_is_in_the_log_and_nobodys_words_become_a_formula(stage: Stage) -> None:
    note(stage, "wave.extend", reason="=1+1")
    answer = stage.client("anna").get("/evaluations/samen/log/lines.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="samen-log.csv"'
    assert ",'=1+1," in answer.text
    assert stage.verbs()[-1] == "log.export"
    assert stage.client("owner").get("/log/lines.csv").status_code == 200


def test_who_checks_the_log_is_told_whether_and_where_it_was_changed(stage: Stage) -> None:
    assert "Ja. Het logboek heeft" in stage.page("auditor", "/log/check")
    with stage.database.session() as session:
        session.execute(update(Event).where(Event.id == 7).values(verb="wave.publish"))
        session.commit()
    page = stage.page("auditor", "/log/check")
    assert "Nee. Iemand heeft het logboek" in page
    assert "Regel 7:" in page


def test_an_account_that_is_gone_has_no_name_and_keeps_its_lines(stage: Stage) -> None:
    note(stage, "wave.extend")
    with stage.database.session() as session:
        session.execute(update(Event).where(Event.verb == "wave.extend").values(actor_id=4711))
        session.commit()
    page = stage.page("anna", "/log?actor=4711")
    assert "Een account dat is verwijderd" in page
    assert len(numbers(page)) == 1


def test_every_act_that_the_code_records_has_words() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CODE.rglob("*.py")))
    nouns = {verb.partition(".")[0] for verb in acts.ACTS} - {"letters", "links", "log", "people", "mail"}
    recorded = set(re.findall(r'verb="([a-z-]+\.[a-z-]+)"', code))
    recorded |= set(re.findall(rf'_record\(\s*session, "((?:{"|".join(nouns)})\.[a-z-]+)"', code))
    recorded |= set(re.findall(rf'^_?[A-Z_]+(?:: Final)? = "((?:{"|".join(nouns)})\.[a-z-]+)"$', code, re.MULTILINE))
    assert len(recorded) > 30
    assert sorted(recorded - acts.ACTS.keys()) == []


@pytest.mark.parametrize(
    ("verb", "details", "told"),
    [
        ("user.grant", {"role": "project_lead"}, "Right given: Project lead"),
        ("invitation.invite", {"role": "official"}, "Somebody invited: as Ambtenaar"),
        ("approval.ask", {"act": "delete-evaluation"}, "Approval asked: Delete the study"),
        (
            "privacy.set",
            {"changed": "ground, texts_until"},
            "Privacy settings changed: ground, until when what people ",
        ),
        ("invitation.change", {"fields": "name email"}, "Details of an invitee changed: name, e-mail address"),
        ("wave.set-regime", {"regime": "anonymous"}, "Confidentiality chosen: Anonymous"),
        ("wave.extend", {"until": "2026-12-31"}, "Wave extended: until 31 Dec 2026"),
        ("wave.set-regime", {"regime": "unheard-of"}, "Confidentiality chosen: unheard-of"),
    ],
)
def test_codes_in_the_log_are_worded_and_what_has_no_words_stands_as_it_is(
    stage: Stage, verb: str, details: dict[str, str], told: str
) -> None:
    with stage.app.test_request_context("/?language=en"):
        assert sentences.sentence(verb, details, {"official": "Ambtenaar"}).startswith(told)


def test_the_roles_of_a_study_have_their_own_names_in_its_log(stage: Stage) -> None:
    assert "Iemand uitgenodigd: als Bestuurder" in stage.page("anna", "/log")


def test_an_act_without_words_is_shown_as_it_stands() -> None:
    assert sentences.sentence("moon.land", {"crew": 3, "reason": "Because"}, {}) == "moon.land: crew 3"
    assert sentences.sentence("moon.land", {}, {}) == "moon.land"


def test_what_the_log_does_not_tell_is_a_dash(stage: Stage) -> None:
    with stage.app.test_request_context("/?language=en"):
        assert sentences.sentence("wave.close", {"submitted": 4}, {}) == "Wave closed: 4 sent in, – not"
        assert sentences.sentence("wave.close", {}, {}) == "Wave closed"
