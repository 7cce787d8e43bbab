"""Before and during the conversations: what is on the agenda, with whom, and what was said."""

import re
from dataclasses import dataclass
from datetime import timedelta

from surveyapp import clock
from tests.journeys.conftest import Visitor
from tests.journeys.opened import said

OWN_TOPIC = "Wie schreef het besluitstuk?"
TOO_MANY = "Vooraf was duidelijk wie waarover besliste"
THEME = "Zet het hele instrumentarium in"


@dataclass(frozen=True)
class Talk:
    """A conversation, and what is written about one topic of it."""

    group: str
    who: str
    mark: str
    note: str
    quote: str = ""
    consent: str = ""


GOVERNOR = Talk(
    "Bestuurders",
    "Renske Dijkhuis",
    "bevestigt de scores",
    "Het college zag pas een contract toen de vorm al gekozen was.",
    "Wij hoorden het van het team, op 06 12345678, toen alles al vastlag.",
    "letterlijk, zonder te zeggen van wie",
)
OFFICIAL = Talk(
    "Ambtenaren",
    "Vera Jannink",
    "spreekt de scores tegen",
    "Er is wel een vergelijking van twee vormen gemaakt; die bleef bij het team.",
)


def make_the_agenda(anna: Visitor, study: str) -> None:
    """A topic of her own, one dropped and one moved, each with a reason that stays."""
    anna.open(f"{study}/interviews")
    anna.follow("Agenda van Borne")
    anna.page.get_by_label("Gesprekken met").select_option("Bestuurders")
    anna.press("Tonen")
    anna.reads("Met uw eerste wijziging wordt het uw agenda", TOO_MANY, "Wat goed gaat", "In elk gesprek")
    topics = anna.page.locator("ol.cards").first.locator("li h3")
    before = topics.all_inner_texts()
    _within(anna, f"Schrappen: {TOO_MANY}", {"Waarom?": "Komt al terug bij het mandaat."}, "Schrappen")
    anna.reads("Geschrapt", "omdat: Komt al terug bij het mandaat.")
    new = {
        "Onderwerp": OWN_TOPIC,
        "Vragen, één per regel": "Wie schreef het stuk waarop u besloot?\nWat stond er niet in?",
        "Minuten": "10",
        "Waarom?": "Drie gemeenten noemden het.",
    }
    _within(anna, "Voeg een eigen onderwerp toe", new, "Toevoegen")
    anna.reads(OWN_TOPIC, "Uw reden: Drie gemeenten noemden het.", "Toegevoegd door het onderzoeksteam")
    anna.press(f"Eerder : {OWN_TOPIC}")
    kept = [title for title in before if title != TOO_MANY]
    assert topics.all_inner_texts() == [*kept[:-1], OWN_TOPIC, kept[-1]]


def _within(visitor: Visitor, summary: str, written: dict[str, str], button: str) -> None:
    """Open what is folded, fill in what is under it, and press its button."""
    folded = visitor.page.locator("details").filter(has=visitor.page.get_by_text(re.compile(_spaced(summary))))
    folded.locator("summary").click()
    for label, words in written.items():
        folded.get_by_label(label, exact=True).fill(words)
    with visitor.page.expect_navigation():
        folded.get_by_role("button", name=button, exact=True).click()
    visitor.look()


def _spaced(words: str) -> str:
    return r"\s*".join(re.escape(part) for part in re.split(r"(?=:)", words))


def take_the_guide(anna: Visitor) -> None:
    """The guide follows the agenda, on the page and on paper."""
    anna.follow("Gespreksleidraad")
    anna.reads(OWN_TOPIC, "Wat stond er niet in?", THEME, "10 minuten")
    assert TOO_MANY not in anna.page.inner_text("main")
    with anna.page.expect_download() as downloading:
        anna.page.get_by_role("link", name="Leidraad voor Word").click()
    guide = said("docx", downloading.value.path().read_bytes())
    assert OWN_TOPIC in guide
    paper = anna.page.get_by_role("link", name="Leidraad als pdf").get_attribute("href")
    assert paper is not None
    printed = anna.page.request.get(f"{anna.page.url.partition('/evaluations')[0]}{paper}")
    assert OWN_TOPIC in said("pdf", printed.body())


def plan(anna: Visitor, study: str, talk: Talk) -> None:
    """Next week, with somebody who was invited, and with two interviewers."""
    anna.open(f"{study}/interviews/planned")
    anna.page.get_by_role("main").get_by_role("link", name="Borne", exact=True).click()
    page = anna.page
    page.get_by_label("Groep").select_option(talk.group)
    page.get_by_label("Dag").fill((clock.local(clock.now()) + timedelta(days=7)).date().isoformat())
    page.get_by_label("Tijd").fill("10:00")
    page.get_by_label("Plaats").fill("Gemeentehuis Borne")
    page.get_by_label("Eva Eppink").check()
    page.get_by_label(talk.who).check()
    anna.press("Gesprek plannen")
    anna.reads("Het gesprek is gepland", talk.who)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Bestand voor een agenda").click()
    assert "Gemeentehuis Borne" in downloading.value.path().read_text(encoding="utf-8")


def hold(anna: Visitor, talk: Talk) -> None:
    """Write while it is said; what is written is kept at once. Then it has been held."""
    anna.follow("Aantekeningen van dit gesprek")
    page = anna.page
    page.wait_for_selector("html[data-notes=ready]")
    topic = page.locator("section[data-topic=g3]")
    note = topic.locator("[data-kind=note]").first
    note.get_by_label("Aantekening").fill(talk.note)
    note.get_by_label("Wat dit doet").select_option(talk.mark)
    if talk.quote:
        topic.locator("summary", has_text="Citaten").click()
        quote = topic.locator("[data-kind=quote]").first
        quote.get_by_label("Citaat, in hun eigen woorden").fill(talk.quote)
        quote.get_by_label("Wie het zei").select_option(talk.who)
        quote.get_by_label("Waarmee is ingestemd").select_option(talk.consent)
    page.wait_for_selector("#keeping[data-state=saved]")
    anna.look()
    page.reload()
    assert note.get_by_label("Aantekening").input_value() == talk.note
    anna.follow("Regelen")
    anna.press("Het is gehouden")
    anna.reads("Stand: gehouden")
