"""The rows of the tables on the research team's pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Membership
from surveyapp.reports.scores import ITEM, THEME
from surveyapp.reports.sentences import sentence, titles_of
from surveyapp.web import language
from surveyapp.web.figures import theme_title
from surveyapp.web.language import said
from surveyapp.web.unprotected import Unprotected


@dataclass(frozen=True)
class SubjectRow:
    """A theme or statement in one organisation, beside the region."""

    title: str
    is_theme: bool
    n: int
    mean: float | None
    balanced: float | None
    region: float | None


def subject_rows(found: Unprotected, member: Membership) -> Iterator[SubjectRow]:
    """Every theme, followed by its statements."""
    questionnaire, number = found.edition.questionnaire, found.scores.number
    code = member.organisation.code
    for theme in questionnaire.themes:
        subjects = [(THEME, theme, theme_title(found.edition, theme))]
        subjects += [(ITEM, item.key, said(item.text)) for item in questionnaire.scored_items(theme)]
        for level, key, title in subjects:
            yield SubjectRow(
                title=title,
                is_theme=level == THEME,
                n=found.scores.count("n", level, key, code) or 0,
                mean=number("mean", level, key, code),
                balanced=number("balanced", level, key, code),
                region=number("equal", level, key, EVERYONE),
            )


@dataclass(frozen=True)
class RankedTopic:
    """A line of the whole ranking of one organisation."""

    rank: int
    title: str
    is_theme: bool
    priority: float | None
    sentence: str


def ranking(found: Unprotected, member: Membership) -> list[RankedTopic]:
    """All themes and statements of one organisation, most urgent first."""
    spoken = language.current()
    titles = titles_of(found.edition.questionnaire, spoken)
    return [
        RankedTopic(
            topic.rank, titles[topic.key], topic.level == THEME, topic.priority, sentence(topic, spoken, titles)
        )
        for topic in found.topics
        if topic.organisation == member.organisation.code
    ]
