"""Numbers that took long to count serve a while, and no others."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from surveyapp.actions import invitations
from surveyapp.models import Invitation
from surveyapp.web.monitor import numbers
from tests.web.monitor.test_views import prepare, tables
from tests.web.staff import Stage


@pytest.fixture
def team(stage: Stage) -> Stage:
    prepare(stage)
    return stage


def reachable(team: Stage) -> str:
    """How many can be reminded, as the page says it."""
    return tables(team.page("anna", "/monitor?language=en"))[0][-1][-1]


def one_more_wants_no_mail(team: Stage) -> None:
    with team.database.session() as session:
        silent = select(Invitation).join(Invitation.invitee).order_by(Invitation.id).offset(4).limit(1)
        invitations.opt_out(session, invitation=session.scalars(silent).one(), by=None)
        session.commit()


def taking(seconds: float) -> Callable[[], float]:
    """A clock on which everything takes so long."""
    moments = iter(range(10_000))
    return lambda: next(moments) * seconds


def test_what_is_counted_quickly_is_counted_at_each_look(team: Stage) -> None:
    assert reachable(team) == "4"
    one_more_wants_no_mail(team)
    assert reachable(team) == "3"


def test_what_took_long_to_count_serves_a_while_with_the_moment_it_was_counted(
    team: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "time", SimpleNamespace(monotonic=taking(numbers.LONG + 0.1)))
    assert reachable(team) == "4"
    one_more_wants_no_mail(team)
    assert [reachable(team) for _ in range(numbers.SHARE - 1)] == ["4"] * (numbers.SHARE - 1)
    assert reachable(team) == "3"
