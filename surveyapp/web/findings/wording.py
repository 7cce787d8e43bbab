"""What judgements, strengths and kinds of evidence are called, and why something cannot be done."""

from collections.abc import Mapping
from typing import Final

from surveyapp.analysis.grounds import Strength
from surveyapp.errors import SurveyError
from surveyapp.web import errors
from surveyapp.web.words import N_, _, ngettext

JUDGEMENTS: Final = {
    "met": N_("The norm is met"),
    "partly": N_("The norm is partly met"),
    "not": N_("The norm is not met"),
    "not-established": N_("Not established"),
}
STANCES: Final = {"supports": N_("Supports it"), "contradicts": N_("Contradicts it")}
BELONGINGS: Final = {"process": N_("Process"), "organisation": N_("Organisation")}
TIMINGS: Final = {"now": N_("Now"), "next-round": N_("Before the next round"), "later": N_("Later")}
EFFORTS: Final = {"small": N_("Little work"), "medium": N_("Some work"), "large": N_("Much work")}
LEVELS: Final = {
    "none": N_("Nothing supports it yet"),
    "one": N_("One source"),
    "several": N_("Several sources of one kind"),
    "independent": N_("Independent sources"),
    "contradicted": N_("Contradicted"),
}
_REFUSALS: Final = {
    "changed-meanwhile": N_(
        "Somebody else changed this after you opened it. What you wrote is still below; compare it with the latest "
        "version before you save again."
    ),
    "in-report": N_("Readers see this. Take it out of the report first."),
    "reason-missing": N_("Say why you judge so."),
    "support-target": N_("This is not there any more. Choose again."),
    "text-not-released": N_("This answer was not released. Release its redacted text first."),
}


def strength_of(strength: Strength) -> str:
    """What this level is called."""
    return _(LEVELS[strength.level])


def why(strength: Strength) -> str:
    """What the level follows from: ``Supported by 2 survey results and 1 interview; contradicted by 1 document.``"""
    parts = []
    if strength.supporting:
        parts.append(_("Supported by %(sources)s.", sources=_counted(strength.supporting)))
    if strength.contradicting:
        parts.append(_("Contradicted by %(sources)s.", sources=_counted(strength.contradicting)))
    return " ".join(parts) or _("No source is linked yet.")


def many(kind: str, number: int) -> str:
    """How many links of a kind: ``2 scores``."""
    counted: Mapping[str, str] = {
        "score": ngettext("%(num)s score", "%(num)s scores", number),
        "code": ngettext("%(num)s code of open answers", "%(num)s codes of open answers", number),
        "answer": ngettext("%(num)s open answer", "%(num)s open answers", number),
        "quote": ngettext("%(num)s quote", "%(num)s quotes", number),
        "note": ngettext("%(num)s note of an interview", "%(num)s notes of interviews", number),
        "reference": ngettext("%(num)s document", "%(num)s documents", number),
        "topic": ngettext("%(num)s topic of an interview", "%(num)s topics of interviews", number),
        "finding": ngettext("%(num)s finding", "%(num)s findings", number),
        "recommendation": ngettext("%(num)s recommendation", "%(num)s recommendations", number),
    }
    return counted[kind]


def refusal(error: SurveyError) -> str:
    """Why it cannot be done."""
    worded = _REFUSALS.get(error.code)
    return _(worded) if worded is not None else errors.sentence(error)


def _counted(families: tuple[tuple[str, int], ...]) -> str:
    words = {
        "survey": lambda number: ngettext("%(num)s result of the survey", "%(num)s results of the survey", number),
        "interview": lambda number: ngettext("%(num)s interview", "%(num)s interviews", number),
        "document": lambda number: ngettext("%(num)s document", "%(num)s documents", number),
    }
    listed = [words[family](number) for family, number in families]
    return _(" and ").join([", ".join(listed[:-1]), listed[-1]] if listed[1:] else listed)
