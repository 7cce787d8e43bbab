"""What somebody at the prompt reads about an error of the domain: what is wrong and what to do."""

from typing import Final

from sqlalchemy.exc import DBAPIError

from surveyapp.errors import SurveyError

_SENTENCES: Final = {
    "account": "there is no account '{email}': check the address, or leave --as out",
    "evaluation": "there is no evaluation '{slug}': use its name in the addresses of its pages",
    "may-not-invite": "account '{email}' may not invite people to '{slug}': ask who manages the staff of that study",
    "may-not-export": "account '{email}' may not export answers of '{slug}': ask who manages the staff of that study",
    "may-not-import": "account '{email}' may not enter answers of '{slug}': ask who manages the staff of that study",
    "import-anonymous": "people answer anonymously in this wave: nobody answers for another, so nothing is imported",
    "people-changed": "the list of people has changed while the file was read: run this again",
    "wave-not-open": "the questionnaire has not opened: open the wave first, or choose another with --wave",
    "approval-needed": "a colleague must approve this first: ask for it with --reason",
    "approval-waits": "this waits for a colleague to approve it at {page}: after that, run the same command again",
    "answers-anonymous": "people answer anonymously in this wave: nobody gets single answers",
    "results-anonymous": "people answer anonymously in this wave: see what was published with --audience lead",
    "may-not-see-results": (
        "account '{email}' may not see these results of '{slug}': ask who manages the staff of that study"
    ),
    "may-not-prepare": (
        "account '{email}' may not prepare the interviews of this place in '{slug}': ask who manages the staff"
    ),
    "guide-anonymous": "people answer anonymously in this wave: there are no guides by organisation",
    "answers": "nobody of {name} has sent in answers yet, so there is nothing to make a guide of",
    "role": "there is no group '{role}': choose one of {roles}",
    "publication": "nothing was published of this for that audience: close the wave and publish it first",
    "organisation": "organisation '{organisation}' does not take part: use its code, such as GM0141",
    "too-many-rows": "this format holds at most {most} rows: choose csv or json",
    "already-asked": "a colleague has asked for these answers already",
    "may-not-mail": "account '{email}' may not send mail of '{slug}': ask who manages the staff of that study",
    "mail-server": "there is no mail server: set SURVEYAPP_SMTP_HOST and the settings beside it",
    "wave-not-ready": "the wave is being set up: open it first",
    "mailing-before-opening": "the wave is not open by then: choose a later time with --at",
    "mailing-after-closing": "the wave is closed by then: choose an earlier time with --at",
    "anonymous-wave": "nobody is thanked in an anonymous wave: it would tell who answered when",
    "thanks-planned": "everybody who sends answers is thanked already",
    "mailbox-too-large": "{file} is larger than {megabytes} MB: split it",
    "wave-closed": "the questionnaire is closed: reopen the wave first, or choose another with --wave",
    "nobody-new": "there is nobody in the list who is not invited already",
    "people-faulty": "the list has {problems} problems: run again with --check to see them",
    "wave": "evaluation '{evaluation}' has no such wave: leave --wave out for the latest",
    "unusable-email": "this is not an e-mail address: write it like anna@bureau.example",
    "schema-not-current": (
        "the tables of the database are at revision {found} and this version needs {needed}: run `surveyapp migrate`"
    ),
    "recipe": "reports/{file} cannot be used: {problem}",
    "sample": "reports/{file} cannot be used: {problem}",
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
