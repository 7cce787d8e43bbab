"""The rows of the tables on the research team's pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Membership
from surveyapp.questionnaires.questionnaire import Role
from surveyapp.reports.sentences import sentence, titles_of
from surveyapp.web import language
from surveyapp.web.figures import theme_title
from surveyapp.web.language import said
from surveyapp.web.scores import ITEM, THEME
from surveyapp.web.unprotected import Unprotected


@dataclass(frozen=True)
class StatementRow:
    """A theme or statement over the region, of one role or of all; ``mean`` counts each organisation once."""

    title: str
    is_theme: bool
    n: int
    mean: float | None
    lower: float | None
    upper: float | None
    agreement: float | None
    dk: int
    na: int
    skipped: int


def statement_rows(found: Unprotected, theme: str, role: str) -> list[StatementRow]:
    """The theme and the statements put to this role."""
    items = found.edition.questionnaire.scored_items(theme, None if role == EVERYONE else role)
    subjects = [(THEME, theme, theme_title(found.edition, theme))]
    subjects += [(ITEM, item.key, said(item.text)) for item in items]
    return [_statement_row(found, *subject, role) for subject in subjects]


def _statement_row(found: Unprotected, level: str, key: str, title: str, role: str) -> StatementRow:
    at = (level, key, EVERYONE, role)
    number, count = found.scores.number, found.scores.count
    return StatementRow(
        title=title,
        is_theme=level == THEME,
        n=count("n", *at) or 0,
        mean=number("equal", *at),
        lower=number("lower", *at),
        upper=number("upper", *at),
        agreement=number("agreement", *at),
        dk=count("dk", *at) or 0,
        na=count("na", *at) or 0,
        skipped=count("skipped", *at) or 0,
    )


@dataclass(frozen=True)
class OrganisationRow:
    """The score of one organisation on one theme; ``by_role`` has (mean, n) per role, None where nobody was asked."""

    member: Membership
    n: int
    mean: float | None
    balanced: float | None
    by_role: tuple[tuple[float | None, int] | None, ...]


def organisation_rows(found: Unprotected, theme: str) -> list[OrganisationRow]:
    """Every organisation, in the order of the study."""
    number, count = found.scores.number, found.scores.count
    rows = []
    for member in found.members:
        at = (THEME, theme, member.organisation.code)
        by_role = tuple(
            (number("mean", *at, role.key), count("n", *at, role.key) or 0)
            if count("invited", *at, role.key) or count("responded", *at, role.key)
            else None
            for role in roles(found)
        )
        rows.append(
            OrganisationRow(member, count("n", *at) or 0, number("mean", *at), number("balanced", *at), by_role)
        )
    return rows


def region_roles(found: Unprotected) -> tuple[Role, ...]:
    """The roles that were invited by organisations of the region, in the order of the questionnaire."""
    invited = found.counts.invited
    present = set(invited[invited["organisation"].isin(found.counts.region)]["role"])
    return tuple(role for role in found.edition.questionnaire.roles if role.key in present)


def roles(found: Unprotected) -> tuple[Role, ...]:
    """The roles that were invited, as the questionnaire orders them; all of them while nobody was."""
    present = set(found.counts.invited["role"])
    asked = tuple(role for role in found.edition.questionnaire.roles if role.key in present)
    return asked or found.edition.questionnaire.roles


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
