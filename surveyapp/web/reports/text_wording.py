"""What the numbers that a text can refer to are called, and why something cannot be done with a text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from surveyapp.errors import SurveyError
from surveyapp.reports.references import numbers_of, offered
from surveyapp.reports.report import Report
from surveyapp.web import errors
from surveyapp.web.words import N_, _

_UNKNOWN: Final = N_("There is no published number for: %(references)s. Choose one from the list.")
_REFUSALS: Final = {
    "text-missing": N_("Write something. To take a text away, choose “Throw away”."),
    "changed-meanwhile": N_(
        "Somebody else changed this after you opened it. What you wrote is still below; compare it with the latest "
        "version before you save again."
    ),
    "unknown-reference": _UNKNOWN,
}
_ALONE: Final = {
    "threshold": N_("The least number of people of whom a score is shown"),
    "responded": N_("How many people answered"),
    "invited": N_("How many people were invited"),
    "response": N_("Which share of them answered"),
}


@dataclass(frozen=True)
class Offer:
    """A number that can be inserted: ``score g3``, what it is, and what it is now."""

    reference: str
    about: str
    value: str


@dataclass(frozen=True)
class Offers:
    """The numbers about one subject."""

    key: str
    title: str
    offers: tuple[Offer, ...]


def refusal(error: SurveyError) -> str:
    """Why it cannot be done."""
    worded = _REFUSALS.get(error.code)
    return _(worded, **error.details) if worded is not None else errors.sentence(error)


def unknown(references: Sequence[str]) -> str:
    """That these are no numbers that readers may see."""
    return _(_UNKNOWN, references=", ".join(references))


def offers(report: Report) -> list[Offers]:
    """The published numbers of this report: those about the whole first, then by theme."""
    numbers = offered(numbers_of(report))
    groups = [Offers("response", _("Response"), tuple(_some(report, list(_ALONE), numbers)))]
    for chapter in report.chapters:
        codes = [chapter.key, *(row.code for row in chapter.statements)]
        asked = [f"{kind} {code}" for code in codes for kind in ("score", "own", "n", "gap")]
        groups.append(Offers(chapter.key, f"{chapter.number}. {chapter.title}", tuple(_some(report, asked, numbers))))
    return [group for group in groups if group.offers]


def called(report: Report, reference: str) -> str:
    """What the number is that this stands for; the reference itself where the report does not know it."""
    kind, _space, code = reference.partition(" ")
    if not code:
        return _(_ALONE[kind]) if kind in _ALONE else reference
    subject = _subjects(report).get(code, code)
    match kind:
        case "score":
            return _("%(subject)s: score of the region", subject=subject)
        case "own":
            return _("%(subject)s: score of %(organisation)s", subject=subject, organisation=report.organisation)
        case "n":
            return _("%(subject)s: number of answers", subject=subject)
        case "gap" if report.pair:
            first, second = report.pair
            return _(
                "%(subject)s: difference between %(first)s and %(second)s", subject=subject, first=first, second=second
            )
        case _:
            return reference


def _some(report: Report, asked: list[str], numbers: Mapping[str, str]) -> Iterator[Offer]:
    for reference in asked:
        if reference in numbers:
            yield Offer(reference, called(report, reference), numbers[reference])


def _subjects(report: Report) -> dict[str, str]:
    found = {}
    for chapter in report.chapters:
        found[chapter.key] = chapter.title
        found |= {row.code: f"{row.code} {row.text.removesuffix('.')}" for row in chapter.statements}
    return found
