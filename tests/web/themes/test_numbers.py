"""How many people said what."""

from surveyapp.actions import publications, waves
from tests.web.staff import Stage
from tests.web.themes.coded import GOOD, MONEY, PATH, SLOW, by_name, code, plain, put_on, the_wave


def test_the_team_sees_people_per_code_role_and_theme(stage: Stage) -> None:
    put_on(stage)
    code(stage, "anna", SLOW, "time")
    code(stage, "anna", MONEY, "money", "time")
    code(stage, "anna", GOOD, none="1")
    page = plain(stage.page("anna", "/themes/counts?language=en"))
    assert "People whose open answers were coded: 3." in page
    assert "Tempo 0 2 0 2" in page
    assert "Geld 0 1 0 1" in page
    assert "where at least 10 people said it" in page
    assert "Readers are told nothing yet." in page


def test_numbers_are_frozen_for_readers_once_they_tell_of_nobody(stage: Stage) -> None:
    put_on(stage)
    code(stage, "anna", SLOW, "time")
    assert "Publiceer eerst de resultaten" in tell(stage)
    with stage.database.session() as session:
        wave, anna = the_wave(session), by_name(session, "Anna")
        waves.close(session, wave=wave, by=anna)
        publications.publish(session, wave=wave, by=anna)
        session.commit()
    page = tell(stage)
    assert "Er is nog niets te laten zien" in page
    assert "Lezers zien nog niets." in page


def tell(stage: Stage) -> str:
    answer = stage.client("anna").post(f"{PATH}/counts/tell", follow_redirects=True)
    return plain(answer.get_data(as_text=True))
