"""From an agenda to the paper for the interviewee: titles and neutral questions, never why."""

from collections.abc import Mapping

from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.text import say
from surveyapp.reports.agreed import REGIONAL, STRENGTH, TOPICS, Agreed, AgreedTopic
from surveyapp.reports.beforehand import Beforehand, BeforehandTopic
from surveyapp.reports.interview_preparation import times
from surveyapp.reports.probes import Asked
from surveyapp.reports.sentences import titles_of

_AT_MOST = 3
"""Questions of a topic; nobody reads more beforehand."""

Means = Mapping[str, tuple[float | None, float | None]]


def beforehand(
    agreed: Agreed, edition: Edition, published: Means, *, language: str, names: Mapping[str, str]
) -> Beforehand:
    """``published`` are the means of ``beforehand.published_means``, of nothing where nothing was published; ``names``
    says what the ``study``, ``organisation``, ``sender`` and ``region`` are called.

    Of the agenda it takes which topics and in which order, the researcher's titles and questions, and the minutes.
    Topics come in the order of the questionnaire where the machine chose them by scores: an order would tell.
    """
    titles = titles_of(edition.questionnaire, language)
    opening, *between, closing = times(agreed)
    papers = {
        topic.key: _topic(topic, minutes, agreed.role, edition, published, titles, language)
        for topic, minutes in zip(agreed.topics, between, strict=True)
    }
    order = {key: place for place, key in enumerate((*edition.questionnaire.themes, *edition.questionnaire.theme_of))}
    asked = sorted(agreed.of_part(*TOPICS, REGIONAL), key=lambda topic: order.get(topic.key, len(order)))
    strengths = agreed.of_part(STRENGTH)
    return Beforehand(
        language=language,
        study=names["study"],
        organisation=names["organisation"],
        sender=names["sender"],
        region=names["region"],
        group=titles.get(agreed.role, ""),
        minutes=agreed.minutes,
        opening_minutes=opening,
        closing_minutes=closing,
        introduction=say(edition.guide.introduction, language),
        topics=tuple(papers[topic.key] for topic in asked),
        strength=papers[strengths[0].key] if strengths else None,
        closing=tuple(say(question, language) for question in edition.guide.closing),
    )


def _topic(
    topic: AgreedTopic,
    minutes: int,
    role: str,
    edition: Edition,
    published: Means,
    titles: Mapping[str, str],
    language: str,
) -> BeforehandTopic:
    questionnaire = edition.questionnaire
    theme = topic.key if topic.key in questionnaire.themes else questionnaire.theme_of.get(topic.key, "")
    title = (topic.title or titles.get(topic.key, topic.key)).rstrip(".")
    neutral = Asked(edition.guide, theme, role, language).neutral()[:_AT_MOST]
    if topic.kind == STRENGTH:
        neutral = (say(edition.guide.strength, language).replace("{theme}", title),)
    mean, region = published.get(topic.key, (None, None))
    return BeforehandTopic(title=title, questions=topic.questions or neutral, minutes=minutes, mean=mean, region=region)
