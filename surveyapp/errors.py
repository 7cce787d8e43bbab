"""What can go wrong, as the domain sees it.

An error knows *what* happened: a stable ``code`` and the details a sentence needs. It knows no status code and no
language: each door words and translates errors once (page, command line, job).
"""


class SurveyError(Exception):
    """Something a person can understand and act on.

    ``code`` is stable and kebab-case (``wave-closed``); ``details`` hold the names and numbers of the sentence.
    """

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code} ({facts})" if facts else self.code


class NotFound(SurveyError):
    """The thing asked for is not there, or the asker may not know that it is."""


class NotAllowed(SurveyError):
    """The asker is known and may not do this."""


class WrongState(SurveyError):
    """The thing is there, but not in a state in which this can be done."""


class InvalidContent(SurveyError):
    """A file or form that an author wrote has faults."""


class InvalidAnswer(SurveyError):
    """An answer that its question does not allow."""


class TooFew(SurveyError):
    """Too few people to say this without saying who."""


class Unavailable(SurveyError):
    """Something outside failed; trying again later may help."""
