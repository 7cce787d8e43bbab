"""What somebody at the prompt reads about an error of the domain: what is wrong and what to do."""

from typing import Final

from sqlalchemy.exc import DBAPIError

from surveyapp.errors import SurveyError

_SENTENCES: Final = {
    "account": "there is no account '{email}': check the address, or leave --as out",
    "evaluation": "there is no evaluation '{slug}': use its name in the addresses of its pages",
    "wave": "evaluation '{evaluation}' has no such wave: leave --wave out for the latest",
    "unusable-email": "this is not an e-mail address: write it like anna@bureau.example",
    "schema-not-current": (
        "the tables of the database are at revision {found} and this version needs {needed}: run `surveyapp migrate`"
    ),
    "pango-missing": "PDF needs Pango: on Debian or Ubuntu, apt install libpango-1.0-0 libpangoft2-1.0-0",
}


def sentence(error: SurveyError) -> str:
    """The error in words; one that has none of its own is spelled out with what it knows."""
    worded = _SENTENCES.get(error.code)
    if worded is not None:
        return worded.format_map(error.details)
    facts = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in error.details.items())
    return error.code.replace("-", " ") + (f": {facts}" if facts else "")


def about_database(problem: DBAPIError) -> str:
    """Why the database did not do what was asked, without what was asked."""
    why = str(problem.orig).strip().partition("\n")[0]
    return (
        f"the database did not do what was asked ({why}): check SURVEYAPP_DATABASE_URL and that the database runs, "
        "and run `surveyapp migrate` if it is new or was not yet upgraded"
    )
