"""The page on which the research team reads and searches what people wrote."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import responses
from surveyapp.models import Event
from surveyapp.questionnaires.edition import Edition
from surveyapp.web.open_answers import arranged, reading
from tests import cast
from tests.web import staff
from tests.web.staff import ANSWERS, Stage, edition, set_up, set_up_without_wave

PATH = "/open-answers"


def commented() -> Edition:
    """The seven habits, with words beside the first statement."""
    document = json.loads(edition().to_json())
    asked = next(section for section in document["questionnaire"]["sections"] if section["theme"] == "g1")["questions"]
    first = next(question for question in asked if question["key"] == "g1_1")
    first["comment"] = {"nl": "Waar blijkt dat uit?", "en": "What shows that?"}
    return Edition.from_json(json.dumps(document))


def _written(session: Session, study: cast.Study) -> None:
    """Somebody in Almelo, in Borne and in Enschede, in words of every kind."""
    study.respond(
        session,
        "governor",
        member=0,
        **{
            "g1_good": "De gemeenten beslisten samen, op tijd.",
            "g1_change": "Begin met <script>alert('cijfers')</script> &.",
            "g1_1": "2",
            "g1_1.comment": "Uit de cijfers van de gemeente.",
        },
    )
    study.respond(session, "official", member=1, g1_good="Geen gemeentelijke besluiten zonder geld.", g2_good="Niets.")
    study.respond(session, "official", member=2, g1_good="“Coördinatie” ging goed, gemeente.")
    study.begin(session, "official", member=0, g1_good="Dit is nog niet verstuurd.")


@pytest.fixture
def written(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A study in which three people wrote something."""
    monkeypatch.setattr(staff, "edition", commented)
    monkeypatch.setitem(ANSWERS, "written", _written)
    set_up(stage, answers="written")
    return stage


def quotes(page: str) -> list[str]:
    """What stands between quotation marks on a page, as HTML."""
    return re.findall(r'<blockquote class="quote"><p>(.*?)</p>', page, re.DOTALL)


def marks(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


def look(stage: Stage, query: str = "", who: str = "anna") -> str:
    return stage.page(who, f"{PATH}?language=en{query}")


def test_answers_stand_under_their_questions_in_the_order_of_the_questionnaire(written: Stage) -> None:
    page = look(written)
    found = quotes(page)
    assert len(found) == 6
    assert found[0] == "Uit de cijfers van de gemeente."
    assert found[-1] == "Niets."
    assert "6 answers" in page
    assert page.index("Written beside the answer: What shows that?") < page.index("Uit de cijfers")
    assert "Almelo</a> · Governor" in page
    for hidden in ("nog niet verstuurd", "van een ander"):
        assert hidden not in page


def test_a_search_finds_words_in_every_form_and_marks_them(written: Stage) -> None:
    page = look(written, "&q=gemeente+besluit")
    assert quotes(page) == ["Geen <mark>gemeentelijke</mark> <mark>besluiten</mark> zonder geld."]
    assert "1 of the 6 answers found" in page
    assert marks(look(written, "&q=coordinatie")) == ["Coördinatie"]
    assert marks(look(written, '&q="gemeenten+beslisten"')) == ["gemeenten beslisten"]
    assert len(quotes(look(written, "&q=gemeente+-geld"))) == 3


def test_what_was_written_and_searched_is_text_and_never_markup(written: Stage) -> None:
    page = look(written, "&q=%3Cscript%3E+alert")
    assert quotes(page) == [
        "Begin met &lt;<mark>script</mark>&gt;<mark>alert</mark>(&#39;cijfers&#39;)&lt;/<mark>script</mark>&gt; &amp;."
    ]
    assert 'value="&lt;script&gt; alert"' in page
    assert "<script>alert" not in page


CHOICES = {
    "organisation=GM0141": 3,
    "role=official": 3,
    "theme=g2": 1,
    "theme=g1": 5,
    "question=g1_good": 3,
    "part=comment": 1,
    "part=answer": 5,
    "part=other": 0,
    "organisation=GM0147&role=governor": 0,
    "theme=g2&question=g1_good": 0,
}


def test_choices_stand_in_the_address_and_narrow_what_is_shown(written: Stage) -> None:
    for choice, number in CHOICES.items():
        page = look(written, f"&{choice}")
        assert len(quotes(page)) == number, choice
        assert ("Nobody wrote anything that fits these choices." in page) == (number == 0)
        for name, value in (each.split("=") for each in choice.split("&")):
            field = page[page.index(f'html-select" id="{name}"') :]
            assert re.findall(r'<option value="([^"]*)" selected>', field)[0] == value


def test_hits_are_counted_per_question_and_lead_to_it(written: Stage) -> None:
    page = look(written, "&q=gemeente&organisation=GM0141")
    listed = page[page.index("How many per question") : page.index("</details>", page.index("How many per question"))]
    found = re.findall(r'href="([^"]+)">.*?</a> <span class="quiet nowrap">(\d+)</span>', listed)
    assert [number for _address, number in found] == ["1", "1"]
    for address, number in found:
        onward = written.client("anna").get(address.replace("&amp;", "&")).text
        assert len(quotes(onward)) == int(number)
        assert "GM0141" in address


def test_words_that_return_are_links_that_find_as_many(written: Stage) -> None:
    page = look(written)
    found = re.findall(r'<a [^>]*href="([^"]+)">([^<]+)</a> <span class="quiet">(\d+)</span></span>', page)
    assert [(word, number) for _address, word, number in found] == [("gemeente", "3")]
    address = found[0][0].replace("&amp;", "&")
    assert parse_qs(urlsplit(address).query)["q"] == ["gemeente"]
    assert len(quotes(written.client("anna").get(address).text)) == 3


ODD = {
    '"op tijd': "A quotation mark was not closed.",
    "?!": "There is no word in what you typed",
    "a" * 300: "only the first 200 characters were used",
    "onvindbaar": "Nothing was found. What you can try:",
    "gemeente onvindbaar": "Use fewer words",
}


def test_what_is_odd_about_a_search_is_said_kindly(written: Stage) -> None:
    for typed, sentence in ODD.items():
        page = look(written, f"&q={typed}")
        assert [each for each in ODD.values() if each in page and each != ODD["onvindbaar"]] == [
            each for each in [sentence] if each != ODD["onvindbaar"]
        ]
        assert (ODD["onvindbaar"] in page) == (not quotes(page))


def test_many_answers_come_some_at_a_time(written: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranged, "ON_A_PAGE", 4)
    first, last = look(written), look(written, "&page=2")
    assert (len(quotes(first)), len(quotes(last))) == (4, 2)
    assert "Page 1 of 2" in first
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in last
    for page in ("0", "-3", "99", "x", "9" * 30):
        assert len(quotes(look(written, f"&page={page}"))) == (2 if page.startswith("9") else 4)


def test_where_too_much_was_written_something_is_to_be_chosen_first(
    written: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST", 5)
    page = look(written)
    assert "More than 5 answers fit these choices." in page
    assert quotes(page) == []
    assert len(quotes(look(written, "&question=g1_good"))) == 3


def read_events(stage: Stage) -> list[dict[str, int | str]]:
    with stage.database.session(readonly=True) as session:
        read = select(Event).where(Event.verb == "answers.read-open").order_by(Event.id)
        return [event.details for event in session.scalars(read)]


def test_every_look_is_logged_once_and_never_what_was_searched_for(written: Stage) -> None:
    before = written.verbs()
    look(written, "&q=gemeente&question=g1_good")
    assert written.verbs() == [*before, "answers.read-open"]
    look(written, "&organisation=GM0147")
    assert written.verbs() == [*before, "answers.read-open", "answers.read-open"]
    whole, one = read_events(written)
    assert whole == {}
    assert list(one) == ["membership"]


def test_an_interviewer_reads_only_the_own_organisation(written: Stage) -> None:
    page = look(written, who="ina")
    assert quotes(page) == ["Geen gemeentelijke besluiten zonder geld.", "Niets."]
    for other in ("Almelo", "Enschede", "GM0141", "organisations/"):
        assert other not in page
    assert [list(each) for each in read_events(written)] == [["membership"]]
    refused = written.client("ina").get(f"/evaluations/samen{PATH}?organisation=GM0141&language=en")
    assert refused.status_code == 422
    assert "Choose one from the list." in refused.text
    assert quotes(refused.text) == []
    assert len(read_events(written)) == 1


def test_nobody_outside_the_team_reads_a_word(written: Stage) -> None:
    outside = {"lead": 403, "bram": 403, "otto": 403, "dirk": 404, None: 302}
    for who, status in outside.items():
        answer = written.client(who).get(f"/evaluations/samen{PATH}?q=gemeente")
        assert answer.status_code == status, who
        assert "gemeentelijke" not in answer.text
    assert read_events(written) == []
    assert "gemeentelijke" in look(written, "&q=gemeente", who="owner").replace("<mark>", "")


def test_taking_answers_out_goes_by_the_request_that_a_colleague_approves(written: Stage) -> None:
    assert 'href="/evaluations/samen/approvals/export?language=en">Export the answers' in look(written)
    assert "Export the answers" not in look(written, who="ina")


@pytest.mark.parametrize("answers", ["nobody", "one", "usual", "words only"])
def test_whatever_was_answered_the_page_opens(stage: Stage, answers: str) -> None:
    set_up(stage, answers=answers)
    for query in ("", "&q=huiswerk", "&q=mening&role=governor"):
        page = look(stage, query)
        assert not re.search(r"\bnan\b|None|Traceback", page)
    assert ("Nobody wrote anything." in look(stage)) == (answers in {"nobody", "one"})


def test_pages_about_scores_lead_to_what_was_written(written: Stage) -> None:
    for path, choice in (
        ("/scores", ""),
        ("/scores/themes/g1", "&amp;theme=g1"),
        ("/scores/organisations/GM0141", "&amp;organisation=GM0141"),
        ("/interviews", ""),
    ):
        page = written.page("anna", f"{path}?language=en")
        found = re.search(r'href="([^"]+)">Search what people wrote', page)
        assert found is not None, path
        assert set(found[1].split("?")[1].split("&amp;")) == {"language=en", *choice.split("&amp;")} - {""}
        assert quotes(written.client("anna").get(found[1].replace("&amp;", "&")).text)


def test_before_anything_was_asked_there_is_nothing_to_read(stage: Stage) -> None:
    set_up_without_wave(stage)
    assert "No answers yet" in look(stage)
    assert stage.verbs().count("answers.read-open") == 0


def _anonymous(session: Session, study: cast.Study) -> None:
    people = [study.invite(session, "official") for _ in range(5)]
    for invitation in people:
        begun = responses.start(session, invitation=invitation)
        study.save(session, begun, g1_good="Alleen ik weet dit.")
        study.submit(session, begun)


def test_in_an_anonymous_wave_nobody_reads_what_one_person_wrote(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANSWERS, "anonymous", _anonymous)
    set_up(stage, answers="anonymous", regime="anonymous")
    page = look(stage, "&q=weet")
    assert "People answer anonymously in this wave." in page
    assert "Alleen ik" not in page
    assert stage.verbs().count("answers.read-open") == 0


def _in_two_waves(session: Session, study: cast.Study) -> None:
    study.respond(session, "governor", member=0, g1_good="Dit was de eerste keer.")
    second = cast.another_wave(session, study, commented())
    second.respond(session, "governor", member=0, g1_good="Dit was de tweede keer.")


def test_an_earlier_wave_can_be_chosen_and_what_was_chosen_stays(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff, "edition", commented)
    monkeypatch.setitem(ANSWERS, "in two waves", _in_two_waves)
    set_up(stage, answers="in two waves")
    latest = look(stage)
    assert quotes(latest) == quotes(look(stage, "&wave=2")) == ["Dit was de tweede keer."]
    assert '<option value="1">Wave 1</option>' in latest
    first = look(stage, "&wave=1&q=keer")
    assert marks(first) == ["keer"]
    assert "eerste" in quotes(first)[0]
    assert '<option value="1" selected>Wave 1</option>' in first
    refused = stage.client("anna").get(f"/evaluations/samen{PATH}?wave=7")
    assert (refused.status_code, quotes(refused.text)) == (422, [])


def test_with_one_wave_there_is_nothing_to_choose_and_the_navigation_says_where_one_is(written: Stage) -> None:
    page = look(written)
    assert 'name="wave"' not in page
    assert 'aria-current="page">Scores</a>' in page
    assert page[: page.index("<main")].count("aria-current") == 1
