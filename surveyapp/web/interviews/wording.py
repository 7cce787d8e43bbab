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
    "not-a-number": N_("Fill in a whole number of minutes, or nothing."),
}


def refusal(error: SurveyError) -> str:
    """Why it cannot be done."""
    worded = _REFUSALS.get(error.code)
    return _(worded, **error.details) if worded is not None else errors.sentence(error)
