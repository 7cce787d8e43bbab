"""The sentences of the set-up: what is missing or wrong, and what regimes and kinds are called."""

from typing import Final

from surveyapp.actions.organisations import LONGEST_NAME, Fault
from surveyapp.actions.readiness import Problem
from surveyapp.analysis.reading.grid import Fault as ListFault
from surveyapp.errors import InvalidContent
from surveyapp.web.errors import sentence
from surveyapp.web.language import name_of
from surveyapp.web.words import N_, _

_PROBLEMS: Final = {
    "purpose-missing": N_("The study has no purpose yet: people read it before they answer."),
    "client-missing": N_("It does not say for whom the study is."),
    "no-organisations": N_("No organisation takes part yet."),
    "closes-before-opening": N_("The last day lies before the day on which it opens."),
    "closes-in-the-past": N_("The last day lies in the past."),
    "sender-missing": N_("It does not say who asks."),
    "contact-missing": N_("It does not say whom people can turn to."),
    "contact-address-wrong": N_("The e-mail address of the contact person is missing or wrong."),
    "no-language": N_("No language was chosen."),
    "language-not-in-questionnaire": N_("The questionnaire has not been translated into %(language)s."),
    "nobody-invited": N_("Nobody has been invited yet, and there is no open link."),
}
_FAULTS: Final = {
    "code-missing": N_("There is no code."),
    "unusable-code": N_("“%(value)s” cannot be a code: use letters, digits, points and hyphens, at most 20."),
    "unknown-municipality": N_("“%(value)s” is no code of a municipality. Look it up by name."),
    "code-twice": N_("The code “%(value)s” is in the list more than once."),
    "code-of-another": N_("The code “%(value)s” belongs to another organisation already. Use another code."),
    "name-missing": N_("There is no name."),
    "name-too-long": N_("The name is too long, or has signs that cannot be printed: at most %(most)s characters."),
    "kind-missing": N_("There is no kind."),
    "unknown-kind": N_("“%(value)s” is no kind of organisation. Use one of: %(kinds)s."),
    "not-a-municipality": N_("A code that begins with GM belongs to a municipality."),
    "unknown-parent": N_("There is no organisation with the code “%(value)s” that this one could be part of."),
    "part-of-itself": N_("This organisation would be part of itself."),
}
_REGIMES: Final = {
    "attributable": N_("On behalf of the organisation"),
    "confidential": N_("Confidential"),
    "anonymous": N_("Anonymous"),
}
KINDS: Final = {
    "municipality": N_("Municipality"),
    "region_body": N_("Regional body"),
    "neighbourhood": N_("Neighbourhood"),
    "provider": N_("Provider"),
    "programme_team": N_("Programme team"),
}


def problem_sentence(problem: Problem) -> str:
    """What keeps the wave from opening; what other rooms refuse for too is said in their words."""
    worded = _PROBLEMS.get(problem.code)
    if worded is None:
        return sentence(InvalidContent(problem.code, **problem.details))
    details = dict(problem.details)
    if "language" in details:
        details["language"] = name_of(str(details["language"]))
    return _(worded, **details)


def fault_sentence(fault: Fault) -> str:
    """What is wrong with an organisation in a list."""
    return _(_FAULTS[fault.code], value=fault.value, most=LONGEST_NAME, kinds=", ".join(map(kind_name, KINDS)))


def regime_name(regime: str) -> str:
    """What the regime is called."""
    return _(_REGIMES[regime])


def kind_name(kind: str) -> str:
    """What the kind of organisation is called."""
    return _(KINDS[kind])


_LIST_FAULTS: Final = {
    "not-a-table": N_("This file is no table. Save it as CSV or XLSX."),
    "empty-file": N_("There is nothing in this list."),
    "only-a-header": N_("There are only titles in this list, and no organisation."),
    "too-many-rows": N_("There are too many rows in this list: at most %(value)s."),
    "file-too-large": N_("This file is too large: at most %(value)s MB."),
    "old-workbook": N_("This workbook is in an old format or locked with a password. Save it as XLSX without one."),
    "broken-workbook": N_("This workbook cannot be read. Open it and save it again, or save it as CSV."),
    "not-a-workbook": N_("This file is no workbook. Save it as CSV or XLSX."),
    "workbook-too-large": N_("This workbook is too large."),
    "column-missing": N_("There is no column with the title “%(column)s”. The first row must have titles."),
    "quote-open": N_("Row %(row)s: a quotation mark is opened and not closed."),
    "line-too-long": N_("Row %(row)s is too long."),
    "formula": N_("Row %(row)s, column %(column)s holds a formula. Paste its value instead."),
    "cell-error": N_("Row %(row)s, column %(column)s holds an error of the spreadsheet."),
}
_LIST_FAULT: Final = N_("Row %(row)s cannot be read.")


def list_fault_sentence(fault: ListFault) -> str:
    """Why a list of organisations, or a row of it, cannot be read."""
    return _(_LIST_FAULTS.get(fault.code, _LIST_FAULT), row=fault.row, column=fault.column, value=fault.value)
