"""The analysis is kept as long as nothing changed, and never longer."""

import re

import pytest

from surveyapp.actions import responses
from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.results import Results
from surveyapp.models import Invitation
from surveyapp.queries import editions
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.web import analysed
from tests import cast
from tests.web.staff import Stage, admit_everybody


def first_number(page: str) -> str:
    table = page[page.index("<tbody>") :]
    found = re.search(r'<td class="number">([\d.]+)</td>', table)
    assert found is not None
    return found[1]


def test_a_page_analyses_again_once_somebody_has_answered(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    analysed.analysed.cache_clear()
    looked: list[int] = []

    def count(counted: Counts, asked: Questionnaire, *, test: bool) -> Results:
        looked.append(int(counted.themes["count"].sum()))
        return analyse(counted, asked, test=test)

    monkeypatch.setattr("surveyapp.web.analysed.analyse", count)
    with stage.database.session() as session:
        study = cast.study(session)
        study.respond(session, "official", t1_1="2", t1_2="4", t1_3="2", t2_1="2")
        waiting = study.invite(session, "official", name="Carla", email="carla@almelo.example").id
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    before = [first_number(stage.page("anna", "/scores?language=en")) for _look in range(2)]
    assert before == ["2.00", "2.00"]
    assert looked == [2]
    with stage.database.session() as session:
        invitation = session.get_one(Invitation, waiting)
        begun = responses.start(session, invitation=invitation)
        asked = editions.by_digest(session, invitation.wave.edition_digest, "official").questionnaire
        responses.save(session, response=begun, questionnaire=asked, answers={"t1_1": "5", "t1_2": "1", "t1_3": "5"})
        responses.submit(session, response=begun, questionnaire=asked)
        session.commit()
    assert first_number(stage.page("anna", "/scores?language=en")) == "3.50"
    assert looked == [2, 4]
