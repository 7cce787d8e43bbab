"""The history of what was published, and what is shown as one: for who publishes, and the log's reader."""

import re

from sqlalchemy import select

from surveyapp.actions import publications, waves
from surveyapp.models import User, Wave
from tests import cast
from tests.web.staff import Stage, admit_everybody

TOGETHER = ["GM0147", "GM0153"]


def put_on(stage: Stage, *, published: bool = False) -> str:
    """Borne and Enschede are too small; the page where they can be shown as one."""
    stage.app.config["WTF_CSRF_ENABLED"] = False
    with stage.database.session() as session:
        study = cast.study(session)
        for member, people in ((0, 6), (1, 3), (2, 3)):
            for place in range(people):
                study.respond(session, "official", member=member, t1_1="3", t1_2="2", t1_3="4", t2_1=str(2 + place % 3))
        waves.close(session, wave=study.wave, by=study.anna)
        if published:
            publications.publish(session, wave=study.wave, by=study.anna)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
        return f"/evaluations/samen/releases/waves/{study.wave.id}/together"


def test_the_history_says_what_went_out_to_whom_by_whom_and_how_much_it_shows(stage: Stage) -> None:
    put_on(stage, published=True)
    for who in ("anna", "otto"):
        page = stage.page(who, "/releases?language=en")
        assert "Project lead and organisations" in page
        row = page[page.index("<tbody>") : page.index("</tbody>")]
        shown, hidden = (int(number) for number in re.findall(r'<td class="number">(\d+)</td>', row)[1:])
        assert shown > 0
        assert hidden > 0
        assert "Anna" in row
    assert stage.client("lead").get("/evaluations/samen/releases").status_code == 403


def test_the_log_reader_sees_no_way_to_publish(stage: Stage) -> None:
    address = put_on(stage)
    assert "/approvals/publish" not in stage.page("otto", "/releases")
    assert "/approvals/publish" in stage.page("anna", "/releases")
    assert stage.client("otto").get(address).status_code == 403


def test_a_proposal_is_approved_with_a_reason_and_taken_back(stage: Stage) -> None:
    address = put_on(stage)
    anna = stage.client("anna")
    assert "Borne and Enschede together" in anna.get(f"{address}?language=en").text
    wanted = {"kind": "organisations", "members": TOGETHER}
    assert "Fill in why" in anna.post(f"{address}?language=en", data=wanted).text
    refused = anna.post(f"{address}?language=en", data={**wanted, "members": ["GM0147"], "reason": "Te klein."})
    assert (refused.status_code, "Choose at least two." in refused.text) == (422, True)
    assert anna.post(address, data={**wanted, "reason": "Te klein."}).status_code == 303
    page = anna.get(f"{address}?language=en").text
    assert "because: Te klein." in page
    separate = re.search(r'action="([^"]+/separate)', page)
    assert separate is not None
    assert anna.post(separate[1]).status_code == 303
    assert "because: Te klein." not in anna.get(f"{address}?language=en").text
    assert anna.post(separate[1]).status_code == 404
    assert stage.verbs()[-2:] == ["wave.merge", "wave.separate"]


def test_what_is_shown_as_one_has_one_page_that_both_read(stage: Stage) -> None:
    address = put_on(stage)
    wanted = {"kind": "organisations", "members": TOGETHER, "reason": "Te klein."}
    assert stage.client("anna").post(address, data=wanted).status_code == 303
    with stage.database.session() as session:
        wave = session.get_one(Wave, int(address.split("/")[-2]))
        anna = session.scalars(select(User).where(User.name == "Anna")).one()
        publications.publish(session, wave=wave, by=anna)
        session.commit()
    page = stage.page("carla", "/publication/organisations/GM0147?language=en")
    assert "Borne and Enschede together" in page
    assert "Shown as one, because apart they are too small" in page
    lead = stage.page("lead", "/publication?language=en")
    assert "organisations/GM0147__GM0153" in lead
    assert "Borne and Enschede together" in stage.page("lead", "/publication/organisations/GM0147__GM0153?language=en")
    assert stage.client("carla").get("/evaluations/samen/publication/organisations/GM0147__GM0153").status_code == 403
    stands = stage.client("anna").post(f"{address}?language=en", data=wanted)
    assert (stands.status_code, "so this stands" in stands.text) == (409, True)


def test_a_page_of_another_study_is_not_there(stage: Stage) -> None:
    address = put_on(stage)
    elsewhere = address.replace("samen", "elders")
    assert stage.client("dirk").get(elsewhere).status_code == 404
    assert stage.client("dirk").get(address).status_code == 404
