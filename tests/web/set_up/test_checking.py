"""What is missing, trying it, and opening."""

import re

import pytest
from sqlalchemy import func, select

from surveyapp.actions import invitations
from surveyapp.models import Answer, Invitee, Response
from surveyapp.queries import evaluations
from tests.web.set_up.researching import AT, PERIOD, Desk, invite, wave_of
from tests.web.staff import SECRET, Stage, set_up


def test_the_last_step_names_what_is_missing_with_a_link_and_has_no_button_until_nothing_is(
    desk: Desk, empty: Stage
) -> None:
    page = desk.read(f"{AT}/check")
    assert "1 thing is missing" in page
    assert "/open" not in page[page.index("<main") :].replace("open-links", "")
    assert desk.send(f"{AT}/open").status_code == 422
    assert wave_of(empty).ready_at is None
    invite(empty)
    page = desk.read(f"{AT}/check")
    assert "Nothing is missing" in page
    assert f'action="{AT}/open' in page


def test_opened_it_stands_and_people_can_answer(desk: Desk, empty: Stage) -> None:
    invite(empty)
    desk.sent(f"{AT}/period", **PERIOD)
    assert desk.sent(f"{AT}/open") == "/evaluations/samen"
    assert "opens on 4 March 2030" in desk.read("/evaluations/samen")
    assert desk.read(AT).count("task--done") == 9
    for step, values in (
        ("questionnaire", {"edition": "opdrachtgeverschap/1"}),
        ("confidentiality", {"regime": "anonymous"}),
        ("open", {}),
    ):
        assert desk.send(f"{AT}/{step}", **values).status_code == 409
    desk.sent(f"{AT}/period", **PERIOD | {"sender": "Een ander", "contact_name": "Bram"})
    assert (wave_of(empty).sender, wave_of(empty).contact_name) == ("Bureau", "Bram")


@pytest.mark.parametrize("regime", ["confidential", "attributable", "anonymous"])
def test_each_role_can_be_tried_on_pages_marked_test_and_nothing_stays(desk: Desk, empty: Stage, regime: str) -> None:
    desk.sent(f"{AT}/confidentiality", regime=regime)
    with empty.database.session(readonly=True) as session:
        member = evaluations.memberships(session, evaluations.by_slug(session, "samen"))[0].id
    landing = desk.sent(f"{AT}/try", role="governor", organisation=str(member))
    visitor = empty.client()
    pages = [visitor.get(landing)]
    promise = re.search(r'name="promise" value="(\w+)"', pages[0].text)
    assert promise is not None
    pages.append(visitor.get(visitor.post(landing, data={"begin": "yes", "promise": promise[1]}).location))
    pages.append(visitor.post(f"{landing}/g1", data={"g1_1": "4", "save-and": "continue"}, follow_redirects=True))
    pages.append(visitor.get(f"{landing}/check-answers"))
    pages.append(visitor.post(f"{landing}/check-answers", data={"send": "yes"}, follow_redirects=True))
    pages.append(visitor.get(f"{landing}/thank-you"))
    assert [(page.status_code, 'id="test"' in page.text, "<title>TEST –" in page.text) for page in pages] == [
        (200, True, True)
    ] * 6
    assert "Tried: 1, of which sent in: 1" in desk.read(f"{AT}/check")
    invite(empty)
    desk.sent(f"{AT}/open")
    with empty.database.session(readonly=True) as session:
        left = [session.scalar(select(func.count()).select_from(table)) for table in (Response, Answer)]
        assert left == [0, 0]
        assert not session.scalars(select(Invitee).where(Invitee.test)).all()
    assert visitor.get(landing).status_code == 404


def test_pages_of_who_is_really_asked_are_not_marked(stage: Stage) -> None:
    set_up(stage, answers="nobody")
    with stage.database.session() as session:
        study = evaluations.by_slug(session, "samen")
        _invitation, token = invitations.invite(
            session, wave=evaluations.wave(session, study), membership=study.memberships[0], role="governor",
            name="Bram", email="b@example.nl", language="nl", secret_key=SECRET, by=None,
        )  # fmt: skip
        session.commit()
    assert "TEST" not in stage.client().get(f"/r/{token}").text


def test_tests_are_thrown_away_on_request(desk: Desk, empty: Stage) -> None:
    with empty.database.session(readonly=True) as session:
        member = evaluations.memberships(session, evaluations.by_slug(session, "samen"))[0].id
    landing = desk.sent(f"{AT}/try", role="governor", organisation=str(member))
    assert desk.sent(f"{AT}/try/clear") == f"{AT}/check#try"
    assert empty.client().get(landing).status_code == 404
    assert desk.send(f"{AT}/try", role="mayor", organisation=str(member)).status_code == 422
    assert desk.send(f"{AT}/try", role="governor", organisation="999").status_code == 404
