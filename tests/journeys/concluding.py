"""After the conversations: what they agree to have said, what it is about, what was found, and who contradicts it."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from surveyapp import clock
from tests.journeys.conftest import Visitor
from tests.journeys.talking import GOVERNOR, OFFICIAL, THEME, Talk

CORRECTED = "Het college zag pas een contract nadat de vorm in de stuurgroep was gekozen."
SECRET = "06 12345678"
RELEASED = "Wij hoorden het van het team toen alles al vastlag."
FACT = "In Borne kwam de keuze voor de inkoopvorm pas na het contract aan de orde."
FACT_CORRECTED = "In Borne kwam de keuze voor de inkoopvorm in het college pas na het contract aan de orde."
REASON = "De norm vraagt een afweging vooraf."
ADVICE = "Leg het college van Borne voortaan twee inkoopvormen naast elkaar voor."
ADDRESSEE = "Het college van Borne"
REMARK = "De stuurgroep sprak er wel eerder over; het college niet."
ANSWER = "De tekst noemt nu het college."
DOCUMENT = "Collegenota inkoop jeugdhulp"


def _next_month() -> str:
    return (clock.local(clock.now()) + timedelta(days=28)).date().isoformat()


def send_the_report(anna: Visitor, talk: Talk) -> str:
    """Sentences of notes, for who was talked with; returns the link."""
    anna.follow("Aantekeningen van dit gesprek")
    anna.follow("Verslag van het gesprek")
    assert anna.page.get_by_label(THEME).input_value() == talk.note
    anna.page.get_by_label(THEME).fill(CORRECTED)
    anna.page.get_by_label(talk.who).check()
    anna.press("Tekst vastleggen, en door naar de links")
    anna.reads("Niemand heeft hem nog", talk.who)
    return _link_of(anna, talk.who)


def _link_of(anna: Visitor, who: str) -> str:
    anna.press(f"De link tonen : {who}")
    return anna.page.get_by_label(f"Link van {who}").input_value()


def approve_the_report(renske: Visitor, link: str) -> None:
    """By who was talked with, on a telephone and without an account."""
    renske.open(link)
    renske.reads("Wilt u lezen of dit verslag van het gesprek klopt?", CORRECTED)
    renske.page.get_by_label("Akkoord, zo kan het").check()
    renske.press("Opslaan")
    renske.reads("Uw opmerkingen zijn bewaard")


def code_the_note(anna: Visitor, study: str, talk: Talk) -> None:
    """A note is text as an open answer is; she says what it is about."""
    _find(anna, study, talk.note)
    with anna.page.expect_navigation():
        anna.page.get_by_role("link", name="Deze tekst coderen").first.click()
    anna.look()
    anna.page.get_by_role("checkbox", name=re.compile("Besluiten")).check()
    anna.press("Opslaan en hier blijven")
    anna.reads("Wat telt: Besluiten")


def _find(anna: Visitor, study: str, words: str) -> None:
    anna.open(f"{study}/themes")
    anna.page.get_by_label("Zoeken naar").fill(f'"{words}"')
    anna.press("Tonen")
    anna.reads("1 tekst", words)


def release_the_quote(anna: Visitor, study: str) -> None:
    """Without the number that the rules find, in words that she read herself; no more than was agreed to."""
    _find(anna, study, GOVERNOR.quote)
    with anna.page.expect_navigation():
        anna.page.get_by_role("link", name="Bewerken en vrijgeven").first.click()
    anna.look()
    words = anna.page.get_by_label("De woorden die lezers zien")
    anna.reads(SECRET, "Telefoonnummer")
    assert SECRET not in words.input_value()
    words.fill(RELEASED)
    anna.page.get_by_label("Hoe het gebruikt mag worden").select_option(GOVERNOR.consent.capitalize())
    anna.page.get_by_label("Thema", exact=True).select_option(THEME)
    anna.press("Vrijgeven")
    anna.reads("De tekst is vrijgegeven", RELEASED)


def tell_how_many_said_it(anna: Visitor, study: str) -> None:
    """What the open answers are about, once they were coded: for readers, and for good."""
    anna.open(f"{study}/themes/counts")
    anna.reads("Lezers zien nog niets")
    anna.press("Deze aantallen vastleggen voor lezers")
    anna.reads("Lezers zien dit nu bij", "Wat lezers zien")


def write_the_finding(anna: Visitor, study: str) -> None:
    """Facts and judgement apart, with what supports and what contradicts it."""
    anna.open(f"{study}/findings")
    anna.follow("Bevinding schrijven")
    page = anna.page
    page.get_by_label("Thema", exact=True).select_option(THEME)
    page.get_by_label("Gaat over", exact=True).select_option("Borne")
    page.get_by_label("De feiten", exact=True).fill(FACT)
    page.get_by_label("Oordeel", exact=True).select_option("Aan de norm is niet voldaan")
    page.get_by_label("Waarom u dat vindt").fill(REASON)
    anna.press("Opslaan")
    anna.reads("Geef nu aan waar die op rust", "Nog nergens op gebaseerd")
    page.get_by_text("Een score koppelen").click()
    page.get_by_label("Van", exact=True).select_option("Borne")
    anna.press("Deze score koppelen")
    for talk, stance in ((GOVERNOR, "Ondersteunt dit"), (OFFICIAL, "Spreekt dit tegen")):
        page.get_by_text("Woorden koppelen").click()
        words = page.get_by_label("Wat", exact=True)
        words.select_option(words.locator("option", has_text=talk.note[:60]).inner_text())
        page.locator("#source-stance").select_option(stance)
        anna.press("Dit koppelen")
    page.get_by_text("Een nieuw document koppelen").click()
    page.get_by_label("Titel", exact=True).fill(DOCUMENT)
    anna.press("Dit document koppelen")
    anna.reads("Ondersteund door", "Tegengesproken door 1 gesprek", DOCUMENT)
    anna.press("In het rapport zetten")


def write_the_recommendation(anna: Visitor) -> None:
    """It follows from the finding, and is meant for somebody."""
    anna.follow("Handreiking schrijven")
    page = anna.page
    expect(page.get_by_role("checkbox", name=FACT)).to_be_checked()
    page.get_by_label("Wat er moet gebeuren", exact=True).fill(ADVICE)
    page.get_by_label("Wie dat moet doen", exact=True).fill(ADDRESSEE)
    page.get_by_label("Voor wie het geldt", exact=True).select_option("Borne")
    anna.press("Opslaan")
    anna.press("In het rapport zetten")
    anna.reads("Deze handreiking staat in het rapport")


def nothing_is_missing(anna: Visitor, study: str) -> None:
    """The matrix knows what was found and what follows from it."""
    anna.open(f"{study}/findings/matrix")
    row = anna.page.locator("tr", has=anna.page.get_by_role("rowheader", name=THEME))
    assert "ontbreekt" not in row.inner_text()
    assert FACT not in anna.page.inner_text("main")


def send_the_draft(anna: Visitor, study: str) -> str:
    """The part of Borne, to be read for its facts; returns the link of its reader."""
    anna.open(f"{study}/reviews")
    page = anna.page
    page.get_by_label("Titel", exact=True).fill("Concept voor Borne: kloppen de feiten?")
    page.get_by_label("Het deel van", exact=True).select_option("Borne")
    page.get_by_label("Laatste dag om te reageren").fill(_next_month())
    anna.press("Tekst vastleggen en beginnen")
    page.get_by_label("Naam", exact=True).fill("Joris Wigger")
    anna.press("Deze lezer toevoegen")
    return _link_of(anna, "Joris Wigger")


def contradict(joris: Visitor, link: str) -> None:
    """Reads what is about Borne, and says what is not correct in it."""
    joris.open(link)
    joris.reads(FACT, "Scores en antwoorden veranderen nooit door een opmerking")
    assert REASON not in joris.page.inner_text("main")
    paragraph = joris.page.locator("section.box", has_text=FACT)
    paragraph.locator("summary").click()
    paragraph.get_by_label("Hier klopt iets niet").fill(REMARK)
    joris.page.get_by_label("Akkoord, met opmerkingen").check()
    joris.press("Opslaan")
    joris.reads("Uw opmerkingen zijn bewaard")


def correct_and_close(anna: Visitor, study: str) -> None:
    """The fact is corrected, the remark answered, and the round closed."""
    anna.open(f"{study}/findings")
    finding = anna.page.locator("li", has_text=FACT)
    with anna.page.expect_navigation():
        finding.get_by_role("link").first.click()
    anna.follow("Wijzigen")
    anna.page.get_by_label("De feiten", exact=True).fill(FACT_CORRECTED)
    anna.press("Opslaan")
    anna.open(f"{study}/reviews")
    anna.page.get_by_role("link", name="Concept voor Borne").click()
    anna.look()
    remark = anna.page.locator(".beneath", has_text=REMARK)
    remark.get_by_label("Beslissing", exact=True).select_option("Overgenomen")
    remark.get_by_label("Waarom, zoals de lezer het leest").fill(ANSWER)
    anna.press("Deze beslissing bewaren")
    anna.press("Ronde afsluiten")
    anna.reads("Deze ronde is afgesloten", FACT_CORRECTED)


def read_what_became_of_it(joris: Visitor) -> None:
    """With the same link."""
    joris.page.reload()
    joris.look()
    joris.reads("Overgenomen", ANSWER, "Er staat nu:", FACT_CORRECTED)
