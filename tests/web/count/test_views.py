"""The page behind a count link: totals of one organisation, for its contact person."""

from datetime import timedelta

import pytest

from surveyapp import clock
from surveyapp.actions import count_links, waves
from surveyapp.models import Wave
from surveyapp.queries import count_links as queries
from surveyapp.queries import evaluations
from tests import cast
from tests.coming import come, through_a_link
from tests.web.staff import SECRET, Stage


@pytest.fixture
def linked(stage: Stage) -> Stage:
    """Anna's study, each place with a link: of Almelo 2 of 3 answered, of Borne nobody was invited, and to Enschede
    two officials came through an open link, of whom one sent."""
    with stage.database.session() as session:
        study = cast.study(session)
        for reached in ("sent", "sent", "started"):
            come(session, study, study.invite(session, "governor", name="Bram de Bestuurder"), reached)
        through_a_link(session, study, 2, ("sent", "started"))
        count_links.make(session, wave=study.wave, memberships=study.members, secret_key=SECRET, by=study.anna)
        session.commit()
    return stage


def page(stage: Stage, member: int = 0, language: str = "en") -> str:
    answer = stage.client().get(f"/count/{token(stage, member)}?language={language}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def token(stage: Stage, member: int = 0) -> str:
    with stage.database.session(readonly=True) as session:
        wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        place = evaluations.memberships(session, wave.evaluation)[member]
        return count_links.token_of(queries.of_wave(session, wave)[place.id], SECRET)


def shift(stage: Stage, **days: int) -> None:
    with stage.database.session() as session:
        wave: Wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        for name, number in days.items():
            setattr(wave, name, clock.now() + timedelta(days=number))
        session.commit()


def test_the_page_tells_how_many_were_invited_and_answered_and_until_when(linked: Stage) -> None:
    shown = page(linked)
    assert "Response of Almelo" in shown
    assert "2 of the 3 people invited have answered so far." in shown
    assert "<dd>67%</dd>" in shown
    assert "open until" in shown


def test_it_tells_nothing_of_roles_and_names(linked: Stage) -> None:
    for language in ("nl", "en"):
        shown = page(linked, language=language)
        assert "Bram" not in shown
        assert "overnor" not in shown
        assert "estuurder" not in shown


def test_it_says_when_it_was_counted(linked: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    shift(linked, opens_at=-3, closes_at=400)
    later = clock.now().replace(month=12, day=1, hour=13, minute=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "1 december" in page(linked, language="nl")
    assert "14:05" in page(linked, language="nl")


def test_where_nobody_was_invited_by_name_there_is_no_rate(linked: Stage) -> None:
    assert "Nobody of Borne has been invited yet." in page(linked, 1)
    enschede = page(linked, 2)
    assert "1 answer. Whoever wanted could take part" in enschede
    assert "%</dd>" not in enschede


def test_after_closing_the_number_is_final(linked: Stage) -> None:
    with linked.database.session() as session:
        waves.close(session, wave=evaluations.wave(session, evaluations.by_slug(session, "samen")), by=None)
        session.commit()
    shown = page(linked)
    assert "This number is final." in shown
    assert "closed on" in shown


def test_before_the_opening_there_is_nothing_to_count(linked: Stage) -> None:
    shift(linked, opens_at=2, closes_at=9)
    shown = page(linked)
    assert "has not opened yet" in shown
    assert "2 of the 3" not in shown


def test_it_speaks_the_first_language_of_the_wave_and_the_other_when_asked(linked: Stage) -> None:
    path = f"/count/{token(linked)}"
    assert '<html lang="nl">' in linked.client().get(path).get_data(as_text=True)
    assert '<html lang="en">' in linked.client().get(f"{path}?language=en").get_data(as_text=True)


def test_an_unknown_and_a_withdrawn_link_lead_nowhere(linked: Stage) -> None:
    path = f"/count/{token(linked)}"
    with linked.database.session() as session:
        wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        for link in queries.of_wave(session, wave).values():
            count_links.revoke(session, link=link, by=None)
        session.commit()
    for address in (path, "/count/nonsense", "/count/%F0%9F%98%80"):
        answer = linked.client().get(f"{address}?language=en")
        assert answer.status_code == 404
        assert "This link does not work any more" in answer.get_data(as_text=True)


def test_no_other_page_hears_where_a_visitor_came_from_and_nothing_is_kept(linked: Stage) -> None:
    answer = linked.client().get(f"/count/{token(linked)}")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_looking_changes_nothing(linked: Stage) -> None:
    before = linked.verbs()
    page(linked)
    assert linked.verbs() == before
    assert linked.client().post(f"/count/{token(linked)}").status_code in {400, 405}
