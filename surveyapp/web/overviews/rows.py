"""The rows of the tables on pages about results."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Membership
from surveyapp.questionnaires.questionnaire import Role
from surveyapp.reports.figures.specification import Cell
from surveyapp.reports.scores import ITEM, THEME
from surveyapp.web.figures import theme_title
from surveyapp.web.language import said
from surveyapp.web.overviews.reader import Reader


@dataclass(frozen=True)
class ScoreRow:
    """A theme, statement, organisation or role: its score, how many people that is of, and what else is known of it.

    Whatever is None is missing or hidden; why a score is hidden, its cell says.
    """

    title: str
    address: str | None
    is_theme: bool
    n: int | None
    score: Cell
    beside: tuple[Cell | None, ...] = ()
    """Other scores next to it, such as those of roles; None where there is nothing to have a score of."""
    lower: float | None = None
    upper: float | None = None
    agreement: float | None = None
    median: float | None = None
    top: float | None = None
    """The share of the two highest points; ``top_lower`` and ``top_upper`` are the limits of it in the whole group."""
    top_lower: float | None = None
    top_upper: float | None = None
    interval_lower: float | None = None
    interval_upper: float | None = None
    ad: float | None = None
    dk: int | None = None
    na: int | None = None
    skipped: int | None = None
    words: str | None = None
    """How far people agree."""


def subjects(reader: Reader, theme: str, role: str = EVERYONE) -> Iterator[tuple[str, str, str, str | None]]:
    """Level, key, words and page of a theme and of the statements that were put to this role."""
    yield THEME, theme, theme_title(reader.edition, theme), reader.address("theme", theme=theme)
    for item in reader.questionnaire.scored_items(theme, None if role == EVERYONE else role):
        yield ITEM, item.key, said(item.text), reader.address("statement", question=item.key)


def statement_rows(reader: Reader, theme: str, role: str, roles: Sequence[Role]) -> list[ScoreRow]:
    """A theme and its statements over the region for one role or everybody, with the scores of ``roles`` beside it."""
    return [score_row(reader, *subject, EVERYONE, role, roles) for subject in subjects(reader, theme, role)]


def score_row(
    reader: Reader,
    level: str,
    key: str,
    title: str,
    address: str | None,
    organisation: str,
    role: str = EVERYONE,
    roles: Sequence[Role] = (),
) -> ScoreRow:
    """The score of a theme or statement in one place."""
    at = (level, key, organisation, role)
    number, count = reader.scores.number, reader.scores.count
    return ScoreRow(
        title=title,
        address=address,
        is_theme=level == THEME,
        n=count("n", *at),
        score=reader.scores.cell(*at),
        beside=tuple(of_role(reader, level, key, organisation, each) for each in roles),
        lower=number("lower", *at),
        upper=number("upper", *at),
        agreement=number("agreement", *at),
        median=number("median", *at),
        top=number("top", *at),
        top_lower=number("top_lower", *at),
        top_upper=number("top_upper", *at),
        interval_lower=number("interval_lower", *at),
        interval_upper=number("interval_upper", *at),
        ad=number("ad", *at),
        dk=count("dk", *at),
        na=count("na", *at),
        skipped=count("skipped", *at),
    )


def of_role(reader: Reader, level: str, key: str, organisation: str, role: Role) -> Cell | None:
    """The score of a role; None for a statement that was not put to it, which is nothing to hide."""
    asked = level == THEME or reader.questionnaire.questions[key].asked_of(role.key)
    return reader.scores.cell(level, key, organisation, role.key) if asked else None


def organisation_rows(reader: Reader, level: str, key: str, roles: Sequence[Role]) -> list[tuple[Membership, ScoreRow]]:
    """Every organisation on one theme or statement, in the order of the study."""
    return [
        (
            member,
            score_row(
                reader,
                level,
                key,
                member.organisation.name,
                reader.organisation_address(member),
                member.organisation.code,
                EVERYONE,
                roles,
            ),
        )
        for member in reader.members
    ]
