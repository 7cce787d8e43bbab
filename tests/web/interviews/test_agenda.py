"""The agenda on its page: the machine proposes, the researcher decides, and two windows do not undo one another."""

import re

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp.analysis.proposal import Proposed
from surveyapp.models import Agenda, AgendaTopic
from tests.web.posting import post
from tests.web.staff import Stage, set_up

ALMELO = "/evaluations/samen/interviews/GM0141/agenda"


@pytest.fixture
def filled(stage: Stage) -> Stage:
    set_up(stage)
    return stage


def titles(page: str) -> list[str]:
    return re.findall(r'<li id="topic-[\w-]+"><h3 class="utrecht-heading-3">([^<]+)</h3>', page)


def keys(page: str) -> list[str]:
    return re.findall(r'<li id="topic-([\w-]+)">', page)


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found[1]


def act(stage: Stage, verb: str, *, who: str = "anna", at: str = ALMELO, **fields: str) -> TestResponse:
    page = stage.client(who).get(at).get_data(as_text=True)
    return post(stage.client(who), f"{at}/{verb}", page=at, **{"version": version(page), **fields})


def shown(stage: Stage, path: str = "/interviews/GM0141/agenda?language=en", who: str = "anna") -> str:
    return stage.page(who, path)


def test_the_proposal_stands_there_with_its_reasons_and_steadiness(published: Stage) -> None:
    page = shown(published)
    assert len(keys(page)) >= 3
    assert "of the possible weightings" in page
    assert "the score is low" in page.lower()
    assert "With your first change it becomes your agenda." in page


def test_a_topic_of_ones_own_is_added_with_its_reason(filled: Stage) -> None:
    answer = act(
        filled, "add", title="De <overgang>", questions="Hoe ging dat?\nEn nu?", minutes="8", reason="Gehoord."
    )
    assert answer.status_code == 303
    page = shown(filled)
    assert "De &lt;overgang&gt;" in page
    assert "Your reason: Gehoord." in page
    assert "En nu?" in page
    assert "8 minutes" in page
    assert "De &lt;overgang&gt;" in filled.page("anna", "/interviews")


def test_topics_move_by_a_button(filled: Stage) -> None:
    first, second, *_ = keys(shown(filled))
    assert act(filled, "move", key=second, way="up").location.endswith(f"#topic-{second}")
    assert keys(shown(filled))[:2] == [second, first]


def test_what_was_dropped_stays_below_with_the_reason(filled: Stage) -> None:
    first = next(key for key in keys(shown(filled)) if f'id="t-{key}-instead"' not in shown(filled))
    act(filled, "drop", key=first, reason="Dat weten we al.")
    page = shown(filled)
    assert first not in keys(page)
    assert "because: Dat weten we al." in page
    act(filled, "restore", key=first)
    assert first in keys(shown(filled))


def test_what_must_stay_is_replaced(filled: Stage) -> None:
    page = shown(filled)
    stays = re.findall(r'id="t-([\w-]+)-instead"', page)
    assert len(stays) >= 2
    refused = act(filled, "drop", key=stays[-1], reason="Liever iets anders.")
    assert refused.status_code == 422
    assert "blijven op de agenda" in refused.get_data(as_text=True)
    assert "Liever iets anders." in refused.get_data(as_text=True)
    other = re.findall(r'<option value="([\w]+)">', page.partition(f't-{stays[-1]}-instead"')[2])[0]
    assert act(filled, "drop", key=stays[-1], reason="Liever iets anders.", replacement=other).status_code == 303
    assert other in keys(shown(filled))
    assert stays[-1] not in keys(shown(filled))


def test_topics_are_discussed_together_and_apart(filled: Stage) -> None:
    first, second, *_ = keys(shown(filled))
    offered = shown(filled).partition(f'id="t-{first}-into"')[2].partition("</select>")[0]
    assert f'<option value="{second}">' in offered
    assert f'<option value="{first}">' not in offered
    act(filled, "merge", key=first, into=second, reason="Hoort bij elkaar.")
    page = shown(filled)
    assert first not in keys(page)
    assert "Discussed with it:" in page
    act(filled, "restore", key=first)
    assert first in keys(shown(filled))


def test_two_windows_do_not_undo_one_another_and_nothing_typed_is_lost(filled: Stage) -> None:
    act(filled, "length", minutes="75")
    first = keys(shown(filled))[0]
    act(filled, "word", key=first, title="Van de een", reason="Om deze reden.")
    late = act(filled, "word", version="2", key=first, title="Van de ander", questions="Mijn vraag?", reason="Daarom.")
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    for typed in ("Van de ander", "Mijn vraag?", "Daarom."):
        assert f'<li class="as-written">{typed}</li>' in page
    assert titles(page)[0] == "Van de een"
    assert f'name="version" value="{version(page)}"' in page
    again = act(filled, "word", key=first, title="Van de ander", questions="Mijn vraag?", reason="Daarom.")
    assert again.status_code == 303
    assert titles(shown(filled))[0] == "Van de ander"


def test_the_first_change_in_two_windows_at_once_is_noticed_too(filled: Stage) -> None:
    act(filled, "add", title="Van de een", reason="Omdat.")
    late = act(filled, "add", version="0", title="Van de ander", reason="Omdat.")
    assert late.status_code == 409
    assert "Van de ander" in late.get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "", "reason": "Zo."}, "Vul in wat het onderwerp is."),
        ({"title": "Iets", "reason": " "}, "Vul in waarom"),
        ({"title": "Iets", "reason": "Zo.", "minutes": "veel"}, "geheel getal"),
        ({"title": "Iets", "reason": "Zo.", "minutes": "59"}, "mogen de onderwerpen"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(filled: Stage, fields: dict[str, str], said: str) -> None:
    answer = act(filled, "add", **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert not fields["title"] or f'value="{fields["title"]}"' in page


def test_changed_answers_offer_an_update_that_leaves_ones_own_words_alone(filled: Stage) -> None:
    first = keys(shown(filled))[0]
    act(filled, "word", key=first, title="Mijn woorden", reason="Duidelijker.")
    assert "The answers have changed" not in shown(filled)
    _age(filled, first)
    page = shown(filled)
    assert "The answers have changed" in page
    assert "Goes: In de vorige meting" in page
    assert act(filled, "update", accepted=first).status_code == 303
    assert titles(shown(filled))[0] == "Mijn woorden"
    assert act(filled, "update", all="1").status_code == 303
    page = shown(filled)
    assert "The answers have changed" not in page
    assert titles(page)[0] == "Mijn woorden"


def test_an_update_can_be_left(filled: Stage) -> None:
    first = keys(shown(filled))[0]
    act(filled, "word", key=first, title="Mijn woorden", reason="Duidelijker.")
    _age(filled, first)
    act(filled, "keep")
    assert "The answers have changed" not in shown(filled)


def _age(stage: Stage, key: str) -> None:
    """As if the answers were others when the agenda was made: one topic that goes, and another priority."""
    with stage.database.session() as session:
        agenda = session.scalars(select(Agenda)).one()
        agenda.data_digest = "0" * 64
        topic = next(topic for topic in agenda.topics if topic.key == key)
        topic.proposed = {**topic.proposed, "priority": 1}
        gone = Proposed("topic", "g9", 20, ("low",), 10, False).to_document()
        agenda.topics.append(
            AgendaTopic(position=99, kind="topic", key="g9", title="In de vorige meting", proposed=gone)
        )
        session.commit()


def test_every_group_and_the_programme_team_have_an_agenda_of_their_own(filled: Stage) -> None:
    act(filled, "add", title="Voor bestuurders", reason="Hun rol.", role="governor")
    assert "Voor bestuurders" not in shown(filled)
    governors = shown(filled, "/interviews/GM0141/agenda?role=governor")
    assert "Voor bestuurders" in governors
    assert "(bestuurders)" in governors
    team = shown(filled, "/interviews/programme/agenda?language=en")
    assert "Agenda: Programme team" in team
    assert len(keys(team)) >= 3
    assert filled.client("anna").get("/evaluations/samen/interviews/GM0141/agenda?role=nobody").status_code == 404


def test_an_interviewer_sees_and_changes_the_agenda_of_their_own_organisation_only(filled: Stage) -> None:
    borne = "/evaluations/samen/interviews/GM0147/agenda"
    assert act(filled, "add", who="ina", at=borne, title="Van Ina", reason="Gehoord.").status_code == 303
    for who, address, status in (
        ("ina", ALMELO, 403),
        ("ina", "/evaluations/samen/interviews/programme/agenda", 403),
        ("lead", borne, 403),
        ("carla", borne, 403),
        ("otto", borne, 403),
        ("dirk", borne, 404),
    ):
        assert filled.client(who).get(address).status_code == status, (who, address)


def test_without_answers_there_is_no_agenda_yet(stage: Stage) -> None:
    set_up(stage, answers="silence")
    assert "version" not in shown(stage)
    with stage.database.session(readonly=True) as session:
        assert session.scalars(select(Agenda)).all() == []
