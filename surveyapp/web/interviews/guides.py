"""The guide and the interviewee's paper of one place, by its agenda or else by what the machine proposes."""

from collections.abc import Mapping
from dataclasses import replace

from surveyapp.models import Agenda, AgendaTopic
from surveyapp.models.publication import LEAD
from surveyapp.queries import agendas, interviews, publications, released_texts
from surveyapp.questionnaires.text import say
from surveyapp.reports import agreed as agreeing
from surveyapp.reports.agreed import Agreed, AgreedTopic
from surveyapp.reports.beforehand import Beforehand, published_means
from surveyapp.reports.beforehand_preparation import Means, beforehand
from surveyapp.reports.evidence import Evidence, Study
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.reports.interview_preparation import agreed_guide
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.interviews.prepared import Prepared
from surveyapp.web.unprotected import open_answers


def guide(found: Prepared) -> InterviewGuide:
    """For the research team; that the open answers in it are read is logged."""
    member = found.place.member
    written = open_answers(found.found, member) if member is not None else []
    return agreed_guide(agreed(found), _study(found), written, language=language.current())


def without_words(found: Prepared) -> InterviewGuide:
    """The same without what people wrote, of which reading is logged."""
    return agreed_guide(agreed(found), _study(found), language=language.current())


def paper(found: Prepared) -> Beforehand:
    """For the interviewee: with the numbers that were published, and nothing that the team knows beyond them."""
    known = _study(found)
    names = {
        "study": known.title,
        "organisation": known.name,
        "sender": known.sender,
        "region": Evidence(known, language.current()).region,
    }
    return beforehand(agreed(found), known.edition, _published(found), language=language.current(), names=names)


def agreed(found: Prepared) -> Agreed:
    """The agenda of this place and group."""
    if found.agenda is None:
        plain = agreeing.proposed(found.selection)
        return _with_others(Agreed(plain.topics, found.own, found.role), found)
    kept = found.agenda
    topics = tuple(_topic(kept, topic, found.selection.steadiness) for topic in agendas.discussed(kept))
    return _with_others(Agreed(topics, found.own, found.role, kept.minutes), found)


def _with_others(agreed: Agreed, found: Prepared) -> Agreed:
    """With what was said elsewhere: words that were released, and in general terms."""
    member = found.place.member
    elsewhere = interviews.marks_elsewhere(session(), found.found.wave, member.id if member is not None else None)
    return replace(agreed, released=_released(found), elsewhere=elsewhere)


def _topic(agenda: Agenda, topic: AgendaTopic, steadiness: Mapping[str, float]) -> AgreedTopic:
    joined = [other for other in agenda.topics if other.merged_into == topic.key and not other.dropped]
    return AgreedTopic(
        kind=topic.kind,
        key=topic.key,
        title=topic.title,
        questions=tuple(topic.questions),
        minutes=topic.minutes,
        with_it=tuple(other.title or other.key for other in joined),
        reason=topic.reason,
        steadiness=steadiness.get(topic.key),
        everywhere=agendas.is_everywhere(topic),
    )


def _study(found: Prepared) -> Study:
    known = found.found
    return Study(
        title=language.said(known.evaluation.title),
        sender=known.wave.sender,
        organisation=found.organisation,
        name=found.place.name,
        edition=known.edition,
        results=known.results,
        counts=known.counts,
    )


def _released(found: Prepared) -> dict[str, tuple[tuple[str, str], ...]]:
    """Words that may be passed on, by theme, with the label that they may have."""
    roles = {role.key: say(role.title, language.current()) for role in found.questionnaire.roles}
    places = {member.organisation.code: member.organisation.name for member in found.found.members}
    by_theme: dict[str, list[tuple[str, str]]] = {}
    for each in released_texts.released_texts(session(), found.found.wave):
        parts = (each.person, roles.get(each.role, ""), places.get(each.organisation, ""))
        by_theme.setdefault(each.theme, []).append((", ".join(part for part in parts if part), each.text))
    return {theme: tuple(texts) for theme, texts in by_theme.items()}


def _published(found: Prepared) -> Means:
    """Nothing before the wave was published."""
    publication = publications.of(session(), found.found.wave, LEAD)
    if publication is None:
        return {}
    safe = publications.safe_results(publication)
    if found.place.member is None:
        return {key: (None, region) for key, (_own, region) in published_means(safe, "").items()}
    code = publications.shown_as(publication, found.place.code)
    return published_means(safe.select(code), code if code == found.place.code else "")
