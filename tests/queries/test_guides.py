"""The guide of one place: what the machine proposes until somebody makes an agenda, and for interviewees less."""

from sqlalchemy.orm import Session

from surveyapp.actions import agendas
from surveyapp.analysis.proposal import proposal
from surveyapp.queries import guides
from surveyapp.queries.guides import Known
from tests import cast


def known(session: Session, study: cast.Study, role: str = "") -> Known:
    return Known(guides.analysed(session, study.wave), study.members[0], "Almelo", role, "nl")


def study_with_answers(session: Session) -> cast.Study:
    study = cast.study(session)
    for mark in "112122":
        study.respond(session, "official", t1_1=mark, t1_2=mark, t1_3=mark, t2_1="4")
    return study


def test_a_guide_follows_the_proposal_and_then_the_agenda_made_of_it(session: Session) -> None:
    study = study_with_answers(session)
    proposed = guides.guide(session, known(session, study), [])
    assert proposed.topics or proposed.regional
    begun = agendas.take_over(
        session,
        wave=study.wave,
        membership=study.members[0],
        proposal=proposal(known(session, study).selection),
        digest="0",
        by=study.anna,
    )
    agendas.add(session, agenda=begun, version=1, title="Wie schreef het stuk?", reason="Genoemd.", by=study.anna)
    agreed = guides.guide(session, known(session, study), [])
    assert [topic.title for topic in agreed.topics] == [
        *(topic.title for topic in proposed.topics),
        "Wie schreef het stuk?",
    ]
    assert known(session, study, "official").has_answers


def test_the_paper_has_the_topics_and_no_number_that_was_not_published(session: Session) -> None:
    study = study_with_answers(session)
    paper = guides.paper(session, known(session, study))
    assert paper.organisation == "Almelo"
    assert paper.topics
    assert not paper.has_numbers
