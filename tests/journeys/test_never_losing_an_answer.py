"""Whatever happens to the network, the server or the window: what somebody answered is kept, and they can see that."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect

from tests.journeys.questioned import PATIENCE, Questioned, Server
from tests.journeys.visiting import VISIT, choose, first_page, kept_at_once

OFFLINE: Final = "Nog niet opgeslagen: geen verbinding."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Server]:
    """Started once; everybody who answers has an invitation of their own."""
    started = Server(tmp_path_factory.mktemp("answering"), migrated_file, VISIT)
    started.start()
    yield started
    started.kill()


@pytest.fixture
def questioned(server: Server) -> Questioned:
    return server.invited()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A device; nothing on its pages may break a rule that the server set, or fail."""
    faults: list[str] = []
    opened = browser.new_context(locale="nl-NL")
    opened.on("weberror", lambda error: faults.append(str(error.error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    opened.set_default_timeout(PATIENCE * 1_000)
    expect.set_options(timeout=PATIENCE * 1_000)
    yield opened
    opened.close()
    assert faults == []


@pytest.fixture
def page(context: BrowserContext, questioned: Questioned) -> Page:
    """The first page of questions."""
    return first_page(context, questioned)


def test_a_choice_is_kept_at_once_and_words_soon_after_the_last_key(page: Page, questioned: Questioned) -> None:
    choose(page, "came", "Nee")
    questioned.stores(came="no")
    page.get_by_label("Wat ging goed?").press_sequentially("De rondleiding.")
    questioned.stores(story="De rondleiding.")
    expect(page.locator("#kept p")).to_have_text(re.compile(r"^Opgeslagen om \d\d:\d\d$"))
    choose(page, "seen", "Het huis")
    choose(page, "seen", "De molen")
    page.get_by_label("Plaats 1").select_option("mill")
    page.locator('[name="effort-garden"]').fill("40")
    questioned.stores(came="no", story="De rondleiding.", seen="house;mill", order="mill", effort="garden=40")


def test_who_listens_to_the_page_is_not_told_the_time_at_every_answer(page: Page, questioned: Questioned) -> None:
    said = page.get_by_role("status")
    choose(page, "came", "Nee")
    expect(said).to_have_text(re.compile("^Opgeslagen om "))
    page.evaluate(
        "window.told = []; new MutationObserver(() => told.push(document.getElementById('said').textContent))"
        ".observe(document.getElementById('said'), {childList: true, characterData: true, subtree: true})"
    )
    for label, stored in (("Het huis", "house"), ("De molen", "house;mill"), ("De tuin", "house;garden;mill")):
        choose(page, "seen", label)
        questioned.stores(seen=stored)
    kept_at_once(page)
    assert page.evaluate("told") == []


def test_ten_minutes_without_a_network_lose_nothing(
    context: BrowserContext, page: Page, questioned: Questioned
) -> None:
    page.clock.install()
    page.reload()
    context.set_offline(True)
    choose(page, "came", "Nee")
    expect(page.get_by_role("status")).to_have_text(re.compile(f"^{OFFLINE}"))
    page.get_by_label("Met hoevelen was u?").fill("4")
    page.get_by_label("Wat ging goed?").fill("Eerst dit.")
    for _ in range(30):
        page.clock.run_for(20_000)
    page.get_by_label("Wat ging goed?").fill("Toen dat.")
    page.clock.run_for(20_000)
    assert questioned.stored() == {}
    kept_at_once(page, OFFLINE)
    context.set_offline(False)
    questioned.stores(came="no", people="4", story="Toen dat.")
    kept_at_once(page)
    assert set(questioned.stored()) == {"came", "people", "story"}
    assert questioned.responses() == 1


def test_a_button_waits_for_the_network_and_then_does_its_work(
    context: BrowserContext, page: Page, questioned: Questioned
) -> None:
    context.set_offline(True)
    page.get_by_label("Wat ging goed?").fill("Alles.")
    page.get_by_role("button", name="Opslaan en verder").click()
    kept_at_once(page, f"{OFFLINE}.*Daarna gaat u vanzelf verder")
    assert page.url.partition("?")[0] == f"{questioned.link}/visit"
    context.set_offline(False)
    page.wait_for_url("**/after*")
    assert questioned.stored()["story"] == "Alles."


def test_a_button_stays_on_the_page_when_there_is_no_network_and_nothing_to_keep(
    context: BrowserContext, page: Page
) -> None:
    context.set_offline(True)
    page.get_by_role("button", name="Opslaan en verder").click()
    kept_at_once(page, OFFLINE)
    context.set_offline(False)
    page.wait_for_url("**/after*")


def test_leaving_warns_only_while_something_is_not_kept(
    context: BrowserContext, page: Page, questioned: Questioned
) -> None:
    warnings: list[str] = []

    def stay(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    context.set_offline(True)
    choose(page, "came", "Ja")
    kept_at_once(page, OFFLINE)
    page.close(run_before_unload=True)
    expect(page.locator("#kept")).to_be_visible()
    assert warnings == ["beforeunload"]
    context.set_offline(False)
    questioned.stores(came="yes")
    kept_at_once(page)
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert warnings == ["beforeunload"]


def test_closing_the_window_sends_what_was_typed_and_leaves_nothing_behind(
    context: BrowserContext, page: Page, questioned: Questioned
) -> None:
    page.get_by_label("Wat ging goed?").press_sequentially("Nog net.")
    page.close()
    questioned.stores(story="Nog net.")
    again = context.new_page()
    again.goto(f"{questioned.link}/visit")
    kept = again.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
        " (await caches.keys()).length]"
    )
    assert kept == [0, 0, 0, 0]
    assert context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}


def test_of_two_windows_the_last_change_of_each_question_counts_and_both_say_so(
    context: BrowserContext, page: Page, questioned: Questioned
) -> None:
    other = first_page(context, questioned)
    choose(page, "came", "Nee")
    page.get_by_label("Wat ging goed?").fill("Van het eerste venster.")
    questioned.stores(came="no", story="Van het eerste venster.")
    other.get_by_label("Wat ging goed?").fill("Van het tweede venster.")
    questioned.stores(came="no", story="Van het tweede venster.")
    notices = other.locator("#kept ul")
    expect(notices).to_contain_text("Vraag 3 is ook in een ander venster veranderd. Wat u hier invulde, blijft staan.")
    expect(notices).to_contain_text("Vraag 1 is in een ander venster veranderd. U ziet nu dat antwoord.")
    expect(other.get_by_role("radio", name="Nee")).to_be_checked()
    page.get_by_label("Met hoevelen was u?").fill("7")
    questioned.stores(came="no", story="Van het tweede venster.", people="7")
    expect(page.get_by_label("Wat ging goed?")).to_have_value("Van het tweede venster.")
    expect(page.locator("#kept ul")).to_contain_text("Vraag 3 is in een ander venster veranderd.")


def test_an_answer_opens_and_closes_a_question_at_once(page: Page, questioned: Questioned) -> None:
    tour = page.locator('[data-question="tour"]')
    expect(tour).to_be_hidden()
    choose(page, "came", "Ja")
    expect(tour).to_be_visible()
    expect(page.locator("#step")).to_have_text("Stap 1 van 4")
    expect(page).to_have_title(re.compile("Stap 1 van 4$"))
    assert page.locator(".number:visible").all_inner_texts() == [f"{number}." for number in range(1, 10)]
    choose(page, "tour", "7")
    questioned.stores(tour="7")
    choose(page, "came", "Nee")
    expect(tour).to_be_hidden()
    questioned.stores(came="no", tour="7")
    assert page.locator(".number:visible").all_inner_texts() == [f"{number}." for number in range(1, 9)]


def test_a_question_that_opens_while_somebody_goes_on_is_not_passed_by(page: Page, questioned: Questioned) -> None:
    slow: list[Route] = []

    def hold(route: Route) -> None:
        slow.append(route)

    page.route("**/keep-answers", hold)
    with page.expect_request("**/keep-answers"):
        choose(page, "came", "Ja")
    page.get_by_role("button", name="Opslaan en verder").click()
    slow.pop().continue_()
    expect(page.locator("#kept ul")).to_have_text("Er zijn vragen bij gekomen.")
    expect(page.locator('[data-question="tour"]')).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Opslaan en verder").click()
    page.wait_for_url("**/again*")
    assert questioned.stored() == {"came": "yes"}


def test_a_server_that_fails_for_a_while_is_asked_again(page: Page, questioned: Questioned) -> None:
    failures = [503, 500, 400]
    page.route(
        "**/keep-answers",
        lambda route: route.fulfill(status=failures.pop(), body="<p>fout</p>") if failures else route.continue_(),
    )
    choose(page, "came", "Nee")
    kept_at_once(page, "Nog niet opgeslagen: de server antwoordt niet.")
    kept_at_once(page)
    assert questioned.stored() == {"came": "no"}
    assert failures == []


def test_a_server_that_is_killed_and_comes_back_gets_everything(
    page: Page, questioned: Questioned, server: Server
) -> None:
    story = page.get_by_label("Wat ging goed?")
    story.press_sequentially("Voor en")
    server.kill()
    story.press_sequentially(" na de klap.")
    choose(page, "came", "Ja")
    kept_at_once(page, OFFLINE)
    server.start()
    questioned.stores(story="Voor en na de klap.", came="yes")
    kept_at_once(page)
    assert questioned.responses() == 1


def test_what_cannot_be_kept_is_said_at_the_question_until_it_is_right(page: Page, questioned: Questioned) -> None:
    people = page.get_by_label("Met hoevelen was u?")
    people.fill("duizend")
    page.get_by_label("Wat ging goed?").fill("Veel.")
    questioned.stores(story="Veel.")
    mistake = page.locator("#e-people")
    expect(mistake).to_be_visible()
    expect(people).to_have_attribute("aria-invalid", "true")
    assert "e-people" in (people.get_attribute("aria-describedby") or "")
    kept_at_once(page, "Niet opgeslagen: kijk bij vraag 2")
    people.fill("12")
    expect(mistake).to_have_count(0)
    assert people.get_attribute("aria-invalid") is None
    questioned.stores(people="12")
    kept_at_once(page)


def test_a_button_stays_under_the_finger_that_presses_it(page: Page) -> None:
    """A sentence that appeared above it meanwhile would push it down, and the click would come to nothing."""
    page.set_viewport_size({"width": 1_280, "height": 3_000})
    page.get_by_label("Met hoevelen was u?").fill("veel")
    page.get_by_role("button", name="Opslaan en verder").hover()
    with page.expect_response("**/keep-answers"):
        page.mouse.down()
    page.wait_for_timeout(500)
    page.mouse.up()
    expect(page).to_have_title(re.compile("^Fout"))
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_mistake_that_the_server_showed_goes_when_it_is_mended(page: Page, questioned: Questioned) -> None:
    page.get_by_label("Met hoevelen was u?").fill("99")
    page.get_by_role("button", name="Opslaan en verder").click()
    expect(page.locator("#e-people")).to_be_visible()
    expect(page.locator(":focus")).to_contain_text(re.compile("vraag 2", re.IGNORECASE))
    page.get_by_label("Met hoevelen was u?").fill("9")
    questioned.stores(people="9")
    expect(page.locator("#e-people")).to_have_count(0)
    expect(page.locator('a[href="#q-people"]')).to_have_count(0)


def test_points_that_are_left_stay_a_mistake_until_all_are_divided(page: Page, questioned: Questioned) -> None:
    fields = page.locator('[data-question="effort"] input')
    fields.nth(0).fill("60")
    expect(page.locator("#r-effort")).to_have_text("Nog te verdelen: 40.")
    page.get_by_role("button", name="Opslaan en verder").click()
    expect(page.locator("#e-effort")).to_be_visible()
    fields.nth(1).fill("30")
    questioned.stores(effort="house=60;garden=30")
    page.get_by_label("Wat ging goed?").focus()
    expect(page.locator("#e-effort")).to_contain_text("90")
    fields.nth(2).fill("10")
    expect(page.locator("#r-effort")).to_have_text("Alle punten zijn verdeeld.")
    expect(page.locator("#e-effort")).to_have_count(0)


def test_back_after_sending_shows_that_it_was_sent(page: Page, questioned: Questioned) -> None:
    choose(page, "came", "Nee")
    for place in ("after", "check-answers"):
        page.get_by_role("button", name="Opslaan en verder").click()
        page.wait_for_url(f"**/{place}*")
    page.get_by_role("button", name=re.compile("versturen", re.IGNORECASE)).click()
    page.wait_for_url("**/thank-you*")
    page.go_back()
    page.go_back()
    expect(page.locator("#page")).to_have_count(0)
    assert questioned.responses() == 1


def test_a_page_that_stayed_open_says_that_the_answers_were_sent_from_another_window(
    context: BrowserContext, page: Page, questioned: Questioned
) -> None:
    choose(page, "came", "Nee")
    questioned.stores(came="no")
    other = context.new_page()
    other.goto(f"{questioned.link}/check-answers")
    other.get_by_role("button", name=re.compile("versturen", re.IGNORECASE)).click()
    other.wait_for_url("**/thank-you*")
    choose(page, "came", "Ja")
    expect(page.locator("#kept ul")).to_contain_text("in een ander venster verstuurd")
    assert questioned.stored()["came"] == "no"
    page.locator("#kept ul").get_by_role("link", name="Verder").click()
    expect(page.locator("#page")).to_have_count(0)


def test_another_device_goes_on_where_one_was(browser: Browser, page: Page, questioned: Questioned) -> None:
    page.get_by_label("Wat ging goed?").fill("Op de telefoon.")
    questioned.stores(story="Op de telefoon.")
    desk = browser.new_context(locale="nl-NL")
    there = desk.new_page()
    there.goto(f"{questioned.link}/visit")
    expect(there.get_by_label("Wat ging goed?")).to_have_value("Op de telefoon.")
    there.get_by_label("Wat ging goed?").fill("Op kantoor.")
    questioned.stores(story="Op kantoor.")
    desk.close()
    assert questioned.responses() == 1


def test_an_answer_that_excludes_the_others_switches_them_off(page: Page, questioned: Questioned) -> None:
    choose(page, "seen", "Het huis")
    choose(page, "seen", "De molen")
    choose(page, "seen", "Niets")
    expect(page.get_by_role("status")).to_contain_text("gaat niet samen met andere")  # until it says that it was saved
    questioned.stores(seen="nothing")
    choose(page, "seen", "De tuin")
    questioned.stores(seen="garden")


def test_what_else_is_meant_is_asked_only_with_its_option(page: Page, questioned: Questioned) -> None:
    field = page.locator('[name="travel.other"]')
    expect(field).to_be_hidden()
    choose(page, "travel", "Anders")
    field.fill("Zwemmend.")
    questioned.stores(**{"travel": "other", "travel.other": "Zwemmend."})
    choose(page, "travel", "De tuin")
    expect(field).to_be_hidden()


def test_the_level_of_a_ladder_and_what_has_a_place_already_are_shown(page: Page) -> None:
    choose(page, "access", "Het huis")
    choose(page, "access", "De molen")
    expect(page.locator('[data-question="access"] .count')).to_have_text("Niveau 1 van 3")
    page.get_by_label("Plaats 1").select_option("mill")
    second = page.get_by_label("Plaats 2")
    assert second.locator("option").all_inner_texts()[1:] == ["Het huis", "De tuin", "De molen (al gekozen)"]
    expect(second.locator("option[value=mill]")).to_be_enabled()


def test_near_the_limit_the_remaining_characters_are_counted(page: Page) -> None:
    count = page.locator('[data-question="story"] .count')
    for words, said in (("a" * 89 + "\N{SLICE OF PIZZA}", "Nog over: 10 tekens"), ("a" * 103, "Te veel tekens: 3")):
        page.get_by_label("Wat ging goed?").fill(words)
        expect(count).to_have_text(said)


def test_pressing_a_button_again_while_the_server_is_slow_sends_once(page: Page) -> None:
    slow: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            slow.append(route)
        else:
            route.continue_()

    page.route(lambda address: "keep-answers" not in address, hold)
    with page.expect_request("**/visit*"):
        page.evaluate(
            "const button = document.querySelector('.buttons [value=continue]');"
            "for (const wait of [0, 100, 300]) setTimeout(() => button.click(), wait)"
        )
    page.wait_for_timeout(600)
    assert len(slow) == 1
    slow.pop().continue_()
    page.unroute_all()
    page.wait_for_url("**/after*")


def test_without_scripts_the_same_page_keeps_the_same_answers(browser: Browser, questioned: Questioned) -> None:
    plain = browser.new_context(locale="nl-NL", java_script_enabled=False)
    page = first_page(plain, questioned)
    expect(page.locator("#kept")).to_be_hidden()
    choose(page, "came", "Nee")
    page.get_by_label("Wat ging goed?").fill("Zonder.")
    page.get_by_role("button", name="Opslaan en verder").click()
    page.wait_for_url("**/after*")
    questioned.stores(came="no", story="Zonder.")
    plain.close()
