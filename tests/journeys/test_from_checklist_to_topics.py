"""The main job in one story: Bram answers, Anna sees what to talk about, and outsiders see what they may."""

import re

import pytest

from tests.journeys.conftest import Demonstration, Visitor

pytestmark = pytest.mark.browser


def answer_the_page(visitor: Visitor, code: str) -> int:
    """Choose this answer to every statement on the page; returns how many there were."""
    choices = visitor.page.locator(f'input[type=radio][value="{code}"]')
    for choice in choices.all():
        choice.check()
    return choices.count()


def test_bram_answers_and_anna_prepares_the_interview(
    visitor: Visitor, demonstration: Demonstration, scripts: bool
) -> None:
    number = 0 if scripts else 1
    invitation = demonstration.invitation(number)
    next_study = demonstration.study.replace(demonstration.links["evaluation"], "twente-volgende-ronde")

    # Bram, governor of Almelo, opens his invitation and reads what will happen with his answers
    visitor.open(invitation)
    visitor.reads("Almelo", "Bestuurder", "20 minuten", "Wie uw antwoorden te zien krijgt", "Eigen uitwerking")
    visitor.press("Start")
    visitor.reads("Stap 1 van 9", "Maak je huiswerk")

    # he answers, goes back, stops, and goes on where he was
    assert answer_the_page(visitor, "4") >= 4
    visitor.page.locator("#q-g1_change").fill("Begin eerder met de cijfers. Ook over wachttijden – in élke gemeente.")
    visitor.press("Opslaan en verder")
    visitor.reads("Stap 2 van 9", "Kies pragmatische doelen")
    visitor.press("Vorige")
    visitor.reads("Stap 1 van 9")
    assert visitor.page.locator("#q-g1_change").input_value().endswith("in élke gemeente.")
    assert visitor.page.locator('input[name="g1_1"][value="4"]').is_checked()
    visitor.press("Opslaan en later verder")
    visitor.open(invitation)
    visitor.press("Ga verder")
    visitor.reads("Stap 2 van 9")

    # the page in English keeps what was chosen
    answer_the_page(visitor, "2")
    visitor.press("English")
    visitor.reads("Step 2 of 9", "Choose pragmatic goals")
    assert visitor.page.locator('input[name="g2_1"][value="2"]').is_checked()
    visitor.press("Nederlands")

    # on to the end; the closing page ranks, and refuses the same habit twice without losing anything
    for step in range(2, 8):
        visitor.reads(f"Stap {step} van 9")
        answer_the_page(visitor, "dk" if step == 5 else "3")
        visitor.press("Opslaan en verder")
    visitor.reads("Stap 8 van 9")
    places = visitor.page.locator("select")
    places.nth(0).select_option("g7")
    places.nth(1).select_option("g7")
    visitor.press("Opslaan en verder")
    visitor.reads("Er is 1 fout", "Kies elke mogelijkheid maar één keer")
    assert places.nth(0).input_value() == "g7"
    places.nth(1).select_option("g3")
    visitor.press("Opslaan en verder")

    # he reads his answers back, sends them once, and cannot send them again
    visitor.reads("Stap 9 van 9", "Begin eerder met de cijfers", "Niet ingevuld")
    visitor.press("Versturen")
    visitor.reads("Bedankt")
    assert visitor.page.locator("main form").count() == 0
    visitor.page.go_back()
    visitor.open(invitation)
    visitor.reads("Bedankt")

    # Anna sees that somebody of Almelo answered
    visitor.open(demonstration.links["researcher"])
    visitor.open(f"{next_study}/monitor")
    almelo = visitor.page.locator("tr", has=visitor.page.get_by_role("rowheader", name="Almelo", exact=True))
    opened, begun, sent = re.split(r"\s+", almelo.inner_text())[2:5]
    assert opened == begun == sent in {"1", "2"}  # the second time beside that of the first

    # and looks from the heatmap to a habit, to Almelo, to its topics and the guide
    visitor.open(demonstration.study)
    visitor.reads("gesloten op", "gepubliceerd op", "OZJT/Samen14")
    visitor.follow("Scores")
    visitor.reads("Onbeschermd", "Losser", "Regel je mandaat")
    themes = visitor.page.locator("section[aria-labelledby=by-theme]")
    with visitor.page.expect_navigation():
        themes.get_by_role("link", name="Regel je mandaat").click()
    visitor.look()
    visitor.reads("eigen uitwerking", "Bestuurders")
    visitor.page.go_back()
    visitor.follow("Almelo")
    visitor.reads("Denk samen", "verschil")
    visitor.follow("Gespreksleidraad")
    visitor.reads("minuten", "Almelo")


def test_the_project_lead_and_a_municipality_see_the_publication_and_nothing_behind_it(
    visitor: Visitor, demonstration: Demonstration
) -> None:
    behind = ("/scores", "/scores/organisations/GM0147", "/interviews", "/interviews/GM0147", "/scores.csv")

    visitor.open(demonstration.links["project_lead"])
    visitor.open(f"{demonstration.study}/publication")
    visitor.reads("n<5", "Twenterand", "Regel je mandaat")
    visitor.open(f"{demonstration.study}/publication/themes/g7")
    visitor.open(f"{demonstration.study}/publication/organisations/GM0147")
    for path in behind:
        visitor.open(demonstration.study + path, status=403)
    visitor.open(demonstration.study)
    visitor.press("Uitloggen")

    visitor.open(demonstration.links["municipality"])
    visitor.follow("Borne")
    visitor.reads("Borne", "Regio")
    visitor.open(f"{demonstration.study}/publication", status=403)
    visitor.open(f"{demonstration.study}/publication/organisations/GM0141", status=403)
    for path in behind:
        visitor.open(demonstration.study + path, status=403)


def test_a_link_that_does_not_work_says_so_and_names_nobody(visitor: Visitor, demonstration: Demonstration) -> None:
    visitor.open(f"{demonstration.links['base_url']}/r/AAAAAAAAAAAAAAAAAAAAAA", status=404)
    visitor.reads("Deze link werkt niet")
    assert "Twente" not in visitor.page.inner_text("body")
