"""Mail in words: states, problems, what can be done about them, and what the places in a text mean."""

from typing import Final

from surveyapp.errors import SurveyError
from surveyapp.mail.placeholders import PLACES, REQUIRED, PlaceProblem
from surveyapp.mail.words import LONGEST_BODY, LONGEST_SUBJECT
from surveyapp.models import Mail
from surveyapp.web import errors
from surveyapp.web.words import N_, _

_STATES: Final = {
    "waiting": N_("waiting"),
    "sending": N_("being sent"),
    "sent": N_("sent"),
    "failed": N_("failed"),
    "uncertain": N_("uncertain"),
    "bounced": N_("returned"),
    "cancelled": N_("called off"),
}
_ADVICE: Final = {
    "failed": N_("The mail server refused it. Correct the address, send it again, or print a letter."),
    "uncertain": N_("The connection broke while sending, so it may have arrived. Ask, or send it again."),
    "bounced": N_("It came back: the address does not work any more. Correct the address, or print a letter."),
}
_ROUNDS: Final = {
    "planned": N_("planned"),
    "sending": N_("being sent"),
    "sent": N_("sent"),
    "cancelled": N_("called off"),
}
_REASONS: Final = {
    "link-revoked": N_("Their link was withdrawn"),
    "opted-out": N_("Want no more mail"),
    "no-address": N_("Have no e-mail address: print a letter"),
    "answered": N_("Have answered"),
    "not-invited": N_("Have not been invited by mail or letter, or it did not arrive"),
    "not-answered": N_("Have not sent answers themselves"),
    "has-it": N_("Have this mail already"),
}
_MEANINGS: Final = {
    "name": N_("name of the recipient"),
    "organisation": N_("organisation for which they answer"),
    "role": N_("their role"),
    "title": N_("title of the study"),
    "client": N_("client of the study"),
    "sender": N_("who carries out the study"),
    "purpose": N_("what the study is for, as in the set-up"),
    "closes": N_("until when can be answered"),
    "link": N_("personal link"),
    "minutes": N_("how many minutes it takes"),
    "contact_name": N_("name of the contact person"),
    "contact_email": N_("e-mail address of the contact person"),
    "promise": N_("who sees the answers, in one paragraph"),
    "section": N_("the section that was passed on"),
    "from_name": N_("who passed it on"),
    "privacy": N_("link to what happens with personal data in this study"),
    "opt_out": N_("link to get no more mail"),
}
_FAULTS: Final = {
    "subject-empty": N_("Fill in a subject."),
    "subject-too-long": N_("Make the subject shorter: at most %(most)s characters."),
    "subject-lines": N_("Write the subject on one line."),
    "body-empty": N_("Fill in a text."),
    "body-too-long": N_("Make the text shorter: at most %(most)s characters."),
    "unknown-place": N_("{%(place)s} cannot be filled in in this mail. Choose one from the list below the text."),
    "missing-place": N_("{%(place)s} is missing: %(meaning)s. Put it in the text."),
    "not-in-subject": N_("{%(place)s} cannot be in the subject. Put it in the text."),
    "broken-brace": N_("A { or } stands alone. Write both around the name of something to fill in, or remove it."),
}
_REFUSALS: Final = {
    "wave-not-ready": N_("The study is still being set up. Open it first; then mail can be sent."),
    "wave-closed": N_("The questionnaire is closed, so nobody is invited or reminded any more."),
    "mailing-before-opening": N_("The questionnaire is not open yet at that time. Choose a moment after the opening."),
    "mailing-after-closing": N_("The questionnaire is closed by then. Choose a moment before the closing."),
    "rate-not-valid": N_("Fill in a whole number of mails per minute, from 1 to %(most)s."),
    "thanks-planned": N_("Thanks are being sent already, also to who answers later."),
    "anonymous-wave": N_("People answer anonymously in this wave, so nobody is thanked by mail."),
    "mailing-planned": N_("This mailing had been planned already; it is not sent twice."),
    "mailing-cancelled": N_("This mailing had been called off already."),
    "mailing-sent": N_("Everything has been sent; there is nothing left to call off."),
    "reason-missing": N_("Fill in a reason. It is written in the log."),
    "mail-not-failed": N_("There is nothing to send again: no mail failed, came back or is uncertain."),
    "mail-not-uncertain": N_("It is known already what became of this mail."),
}
_PROBLEMS: Final = {
    "letter": N_("by letter"),
    "worker-died": N_("the connection broke while sending"),
    "mailing-cancelled": N_("the mailing was called off"),
    "answered": N_("answered in the meantime"),
    "opted-out": N_("wants no more mail"),
    "link-revoked": N_("the link was withdrawn"),
    "wave-closed": N_("the questionnaire was closed"),
    "review-closed": N_("the round was over"),
    "not-answered": N_("the answers were withdrawn"),
    "unusable-email": N_("this is no address that mail can be sent to"),
    "recipient-refused": N_("the mail server refused the address"),
    "message-refused": N_("the mail server refused the mail"),
    "recipient-postponed": N_("the mail server took nothing for this address yet"),
    "message-postponed": N_("the mail server did not take the mail yet"),
    "sender-refused": N_("the mail server refused our own address"),
    "sign-in-refused": N_("the mail server did not let us in"),
    "server-refuses": N_("the mail server takes nothing at this moment"),
    "server-away": N_("the mail server did not answer"),
    "no-mail-server": N_("no mail server was set"),
    "certificate-not-trusted": N_("the certificate of the mail server is not trusted"),
    "not-encrypted": N_("the connection to the mail server could not be encrypted"),
    "not-supported": N_("the mail server cannot do what was set"),
    "connection-lost": N_("the connection broke while sending"),
    "answer-not-understood": N_("the mail server gave an answer that means nothing"),
}


def state(mail: Mail) -> str:
    """What became of a mail, with what is known of why."""
    worded = _(_STATES[mail.state])
    if not mail.problem:
        return worded
    return f"{worded} ({_why(mail.problem)})"


def _why(problem: str) -> str:
    """What a problem is called; a code of the mail server stays behind it, for who looks after that server."""
    key, _space, code = problem.partition(" ")
    if key not in _PROBLEMS:
        return problem
    return f"{_(_PROBLEMS[key])}, {code}" if code else _(_PROBLEMS[key])


def state_name(key: str) -> str:
    """A state of mail."""
    return _(_STATES[key])


def round_state(key: str) -> str:
    """A state of a mailing."""
    return _(_ROUNDS[key])


def advice(mail: Mail) -> str:
    """What can be done about it; empty where nothing needs to be."""
    return _(_ADVICE[mail.state]) if mail.state in _ADVICE else ""


def reason(key: str) -> str:
    """Why people get no mail."""
    return _(_REASONS[key])


def places(purpose: str) -> list[tuple[str, str, bool]]:
    """What can be filled in in mail for this purpose: its name, its meaning, and whether the text must have it."""
    return [(place, _(_MEANINGS[place]), place in REQUIRED[purpose]) for place in PLACES[purpose]]


def fault(problem: PlaceProblem) -> str:
    """What is wrong with a text, and what to do."""
    most = LONGEST_SUBJECT if problem.field == "subject" else LONGEST_BODY
    meaning = _(_MEANINGS[problem.place]) if problem.place in _MEANINGS else ""
    return _(_FAULTS[problem.code], place=problem.place, meaning=meaning, most=most)


def refusal(error: SurveyError) -> str:
    """Why something about mail is not done."""
    worded = _REFUSALS.get(error.code)
    return _(worded, **error.details) if worded is not None else errors.sentence(error)
