"""Why something about interviews cannot be done, in words."""

from typing import Final

from surveyapp.errors import SurveyError
from surveyapp.web import errors
from surveyapp.web.words import N_, _

CHANGED_ELSEWHERE: Final = "agenda-changed-elsewhere"

_REFUSALS: Final = {
    CHANGED_ELSEWHERE: N_(
        "Somebody else, or you in another window, changed this agenda after you opened this page. Your change was not "
        "made. Below is the agenda as it is now."
    ),
    "agenda-topic": N_("This topic is not on the agenda any more. Load this page again."),
    "interview-length": N_("An interview takes %(least)s to %(most)s minutes. Fill in a whole number."),
    "minutes-exceed": N_(
        "Together the topics may take %(most)s minutes at most, and each at least 1: the opening and the closing need "
        "time too. Give topics fewer minutes, or the interview more."
    ),
    "title-missing": N_("Fill in what the topic is."),
    "title-too-long": N_("The title is too long: use at most %(most)s characters."),
    "too-many-questions": N_("There are too many questions: use at most %(most)s."),
    "question-too-long": N_("A question is too long: use at most %(most)s characters."),
    "too-many-topics": N_("The agenda is full: it can have %(most)s topics."),
    "reason-missing": N_("Fill in why: the reason stays with the topic."),
    "reason-too-long": N_("The reason is too long: use at most %(longest)s characters."),
    "replacement-missing": N_(
        "One strength, and the topics that are asked in every interview, stay on the agenda. Choose what comes instead."
    ),
    "replacement-unknown": N_("This cannot come instead: choose a topic that is not on the agenda yet."),
    "merged-with-itself": N_("Choose another topic to discuss this one with."),
    "strength-merged": N_("What goes well is always discussed by itself."),
    "merged-with-dropped": N_("One of these is not discussed by itself. Put it back first."),
    "change-not-there": N_(
        "This change is not offered any more: the answers have changed again. Look at what is offered now."
    ),
    "interview-changed-elsewhere": N_(
        "Somebody else, or you in another window, changed this interview after you opened this page. Nothing was "
        "changed. Below is how it is now."
    ),
    "draft-changed-elsewhere": N_(
        "Somebody else, or you in another window, saved this report after you opened this page. Nothing was saved yet. "
        "Your text stands below, and beside it what was saved: put together what you need of both, and save again."
    ),
    "paragraph-too-long": N_("A text is too long: use at most %(most)s characters for each topic."),
    "interview-cancelled": N_("This interview was called off. Plan it again first."),
    "place-too-long": N_("The place is too long: use at most 300 characters."),
    "not-an-interviewer": N_("One of these colleagues may not prepare interviews here. Load this page again."),
    "unknown-state": N_("Choose one from the list."),
    "unknown-role": N_("Choose one from the list."),
    "unknown-invitee": N_("One of these people is not invited here any more. Load this page again."),
    "already-takes-part": N_("This person takes part already."),
    "too-many-participants": N_("There are too many participants: at most %(most)s."),
    "not-a-moment": N_("Fill in both a day and a time, such as 31-12-2026 and 10:00, or neither."),
    "note-id": N_("This note could not be recognised. Copy it, and load this page again."),
    "note-topic": N_("This note belongs to no topic. Copy it, and load this page again."),
    "note-mark": N_("Choose one from the list."),
    "note-number": N_("Choose one from the list."),
    "note-too-long": N_("This is too long: use at most %(most)s characters."),
    "quote-consent": N_("Choose one from the list."),
    "quote-participant": N_("This person does not take part any more. Choose another."),
    "another-wrote-this": N_("This note is of somebody else. Copy it, and load this page again."),
    "not-a-number": N_("Fill in a whole number of minutes, or nothing."),
}


def refusal(error: SurveyError) -> str:
    """Why it cannot be done."""
    worded = _REFUSALS.get(error.code)
    return _(worded, **error.details) if worded is not None else errors.sentence(error)
