"""The guide by a researcher's agenda, the guide for one group, and what the interviewee gets beforehand."""

import re
from dataclasses import replace

import pytest

from surveyapp.errors import InvalidContent
from surveyapp.reports import beforehand as papers
from surveyapp.reports.agreed import Agreed, AgreedTopic, proposed
from surveyapp.reports.beforehand import Beforehand
from surveyapp.reports.beforehand_preparation import beforehand
from surveyapp.reports.evidence import DISAPPEARS
from surveyapp.reports.guide_document import html_body
from surveyapp.reports.html import body
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.reports.interview_preparation import agreed_guide, times
from surveyapp.reports.printing import render
from tests.reports.twente import Said, selection, study

NAMES = {"study": "Evaluatie", "organisation": "Almelo", "sender": "Bureau", "region": "Twente"}
ANSWERS = (
    Said("g3_good", "official", "Van een ambtenaar."),
    Said("g3_good", "governor", "Van een bestuurder."),
)


@pytest.fixture
def agreed() -> Agreed:
    """Two topics of the machine, of which one is discussed with another, one of the researcher's own, and the rest."""
    plain = proposed(selection(study()))
    first, second, *rest = plain.topics
    own = AgreedTopic("own", "own-1", title="De overgang", questions=("Hoe ging dat?",), minutes=8, reason="Gehoord.")
    joined = replace(first, title="Andere woorden", with_it=(second.key, "Nog iets"))
    return replace(plain, topics=(joined, own, *rest), minutes=75)


def _topics(guide: InterviewGuide) -> list[str]:
    return [topic.title for topic in guide.topics]


def test_the_guide_follows_the_agenda(agreed: Agreed) -> None:
    guide = agreed_guide(agreed, study(), ANSWERS)
    assert _topics(guide)[:2] == ["Andere woorden", "De overgang"]
    own = guide.topics[1]
    assert (own.minutes, own.questions, own.reason, own.evidence) == (8, ("Hoe ging dat?",), "Gehoord.", ())
    assert own.is_own
    assert len(guide.topics[0].together) == 2
    page = html_body(guide)
    assert "Toegevoegd door het onderzoeksteam." in page
    assert "Nog iets" in page


def test_the_minutes_add_up_and_those_that_were_set_stay(agreed: Agreed) -> None:
    parts = times(agreed)
    assert sum(parts) == 75
    assert parts[2] == 8


def test_one_group_gets_its_own_questions(agreed: Agreed) -> None:
    plain = replace(agreed, topics=agreed.topics[2:])
    asked = {
        role: agreed_guide(replace(plain, role=role), study()).topics[0].questions
        for role in ("governor", "official", "project")
    }
    assert "bestuurder" in asked["governor"][0]
    assert "dagelijkse werk" in asked["official"][0]
    assert len(set(asked.values())) == 3


def test_one_group_reads_nothing_of_a_few_people_of_another(agreed: Agreed) -> None:
    """Almelo has one governor who answered: officials are not shown what they answered, nor what sums up everybody."""
    guide = agreed_guide(replace(agreed, role="official"), study(), ANSWERS)
    parts = [*guide.topics, *guide.regional, *([guide.strength] if guide.strength else [])]
    assert parts
    for topic in parts:
        assert {row.label for row in topic.evidence if row.about == "role"} <= {"Ambtenaren"}
        own = sum(row.n for row in topic.evidence if row.about == "role")
        assert all(row.n == own for row in topic.evidence if row.about == "everyone")
    assert "" in {topic.reason for topic in parts}
    assert guide.profile is None
    assert {row.role for row in guide.responses} == {"Ambtenaren"}
    page = html_body(guide)
    assert "Van een ambtenaar." in page
    assert "Van een bestuurder." not in page
    assert "verschillen van mening" not in page


def test_a_group_among_whom_nobody_stands_out_is_shown_beside_the_other(agreed: Agreed) -> None:
    """Six officials answered: a governor may know what they said on the whole."""
    of = study()
    guide = agreed_guide(replace(agreed, role="governor"), of)
    theme = next(topic for topic in (*guide.topics, *guide.regional) if not topic.is_own)
    rows = {row.label: row.n for row in theme.evidence if row.about == "role"}
    assert rows["Ambtenaren"] >= DISAPPEARS
    assert guide.group == "Bestuurders"


def test_released_words_and_other_conversations_stand_with_their_topic(agreed: Agreed) -> None:
    first = agreed.topics[0].key
    theme = study().edition.questionnaire.theme_of.get(first, first)
    told = replace(
        agreed,
        released={theme: (("Bestuurder", "Wij <b>leerden</b> veel."),)},
        elsewhere={first: {"confirms": 3, "nuance": 1}},
    )
    page = str(html_body(agreed_guide(told, study())))
    assert "Wij &lt;b&gt;leerden&lt;/b&gt; veel." in page
    assert "bevestigd: 3 gesprekken" in page
    assert "genuanceerd: 1 gesprek" in page


def _paper(agreed: Agreed, language: str = "nl") -> Beforehand:
    published = {agreed.topics[0].key: (3.4, 3.1)}
    return beforehand(agreed, study().edition, published, language=language, names=NAMES)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_interviewee_gets_topics_questions_and_published_numbers_only(agreed: Agreed, language: str) -> None:
    paper = _paper(agreed, language)
    page = str(body(papers.document_of(paper)))
    assert "Andere woorden" in page
    assert ("3,4" if language == "nl" else "3.4") in page
    assert len(re.findall(r"\d[,.]\d", page)) == 2
    for hidden in ("Gehoord.", "mogelijke weging", "weightings", "grens", "threshold", "Waarom:", "Why:"):
        assert hidden not in page
    assert {"reason", "evidence", "quotes", "steadiness"} & set(paper.topics[0].model_dump()) == set()


def test_the_order_of_the_paper_is_that_of_the_questionnaire_not_of_the_scores(agreed: Agreed) -> None:
    other = replace(agreed, topics=tuple(reversed(agreed.topics)))
    assert [topic.title for topic in _paper(other).topics] == [topic.title for topic in _paper(agreed).topics]


def test_signals_make_no_difference_to_the_paper(agreed: Agreed) -> None:
    silent = {key: replace(topic, reasons=(), priority=None) for key, topic in agreed.ranked.items()}
    assert _paper(replace(agreed, ranked=silent)) == _paper(agreed)


@pytest.mark.parametrize("form", ["", "-docx", "-odt"])
def test_both_are_made_as_files(agreed: Agreed, form: str) -> None:
    begin = b"%PDF" if not form else b"PK"
    for kind, document in (
        ("interview-guide", agreed_guide(agreed, study()).to_document()),
        ("interview-beforehand", _paper(agreed).to_document()),
    ):
        made = render(f"{kind}{form}", document)
        assert made.content.startswith(begin)
        assert made.content == render(f"{kind}{form}", document).content


def test_what_is_not_understood_is_refused() -> None:
    with pytest.raises(InvalidContent, match="not-for-an-interviewee"):
        Beforehand.from_document({"language": "nl"})
