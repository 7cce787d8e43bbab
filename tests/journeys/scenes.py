"""Every page of the respondent's side that a walk through a questionnaire does not come to, and how to get there."""

from dataclasses import dataclass
from typing import Final

STAFF: Final = "/evaluations/scene-confidential"
DRAFT: Final = "/evaluations/scene-draft/set-up"


@dataclass(frozen=True)
class Scene:
    """A page, and what its title must say."""

    name: str
    path: str
    """With the name of a person or link in braces."""
    title: str
    """In English; ``DUTCH`` has the other."""
    status: int = 200
    press: str = ""
    """The button that leads from this address to the page."""
    pressed: int = 200
    """The status of what the button leads to."""
    mistake: bool = False
    staff: bool = False
    owner: bool = False
    """Whether an owner of the installation comes, instead of a researcher."""
    patience: bool = False
    """Whether a person reads the page before pressing: who presses sooner is taken for a robot."""

    def titled(self, language: str) -> str:
        """What the title says in this language."""
        words = DUTCH[self.title] if language == "nl" else self.title
        return f"{_MISTAKE[language]} {words}" if self.mistake else words


_MISTAKE: Final = {"nl": "Fout:", "en": "Mistake:"}
_SEND: Final = "button[name=send]"
_GO: Final = "button[name=save-and][value=continue]:visible"
_START: Final = "#start"
_MAIN: Final = "main form button"
REGION: Final = "form:has(#region) button"
READ: Final = "Evaluation of the procurement of youth care and social support – Onward together"
ORGANISATIONS: Final = "Organisations – Onward together"
REGIME: Final = "Confidentiality – Onward together"
PERSON: Final = f"{STAFF}/privacy/invitees/{{number_of_sent}}"
PRIVACY: Final = "Privacy – Onward together"
_LOOK_FOR: Final = "form[action*='/people'] button"
_ERASE: Final = "form[action*='/erase'] button"
_DELETE_STUDY: Final = "Delete the study – Onward together"
_LOG: Final = "Log – Onward together"
_WHO: Final = "Who is it? – Onward together"
_OPEN_STUDY: Final = "Overview – Onward together"
COLLEAGUES: Final = "Colleagues and readers – Onward together"
_TWO_STEPS: Final = "form[action*='/account/two-steps'] button"
_ENGLISH_TEXT: Final = "Invitation, English – Onward together"
_ENGLISH_PREVIEW: Final = "As the recipient sees it: Invitation, English – Onward together"
SCENES: Final = (
    Scene("first page, on behalf of an organisation", "/r/{attributable}", "Sample"),
    Scene("first page, confidential", "/r/{fresh}", "Sample"),
    Scene("first page, anonymous", "/r/{nameless}", "Sample"),
    Scene("first page, begun", "/r/{begun}", "Sample"),
    Scene("questions", "/r/{begun}/visit", "The visit – Step 1 of 2"),
    Scene("questions with mistakes", "/r/{empty}/visit", "The visit – Step 1 of 2", 200, _GO, 422, mistake=True),
    Scene("stopped for now", "/r/{begun}/to-be-continued", "Your answers have been saved"),
    Scene("stopped for now, open link", "/r/{resident}/to-be-continued", "Your answers have been saved"),
    Scene("look back", "/r/{begun}/check-answers", "Check your answers – Step 2 of 2"),
    Scene(
        "look back, unfinished", "/r/{begun}/check-answers", "Check your answers – Step 2 of 2", 200, _SEND, 422, True
    ),
    Scene("thanks", "/r/{sent}/thank-you", "Thank you"),
    Scene("thanks, anonymous", "/r/{nobody}/thank-you", "Thank you"),
    Scene("thanks, entered by the team", "/r/{on_paper}/thank-you", "Thank you"),
    Scene("change what was sent", "/r/{sent}/change-answers", "Change your answers"),
    Scene("withdraw what was sent", "/r/{sent}/withdraw-answers", "Withdraw your answers"),
    Scene("withdraw what was begun", "/r/{begun}/withdraw-answers", "Withdraw your answers"),
    Scene("withdrawn", "/r/{fresh}/withdrawn-answers", "There are no answers of you"),
    Scene("sent before", "/r/{sent}/visit", "Your answers were sent before"),
    Scene(
        "not with anonymous answers", "/r/{nobody}/change-answers", "This is not possible with anonymous answers", 409
    ),
    Scene("being entered by the team", "/r/{entered}/visit", "Your answers are being entered", 409),
    Scene("closed", "/r/{late}", "The questionnaire is closed", 410),
    Scene("not open yet", "/r/{early}", "The questionnaire has not opened yet", 404),
    Scene("unknown link", "/r/nonsense", "This link does not work", 404),
    Scene("revoked link", "/r/{revoked}", "This link does not work", 404),
    Scene("pass on", "/r/{begun}/visit/pass-on", "Pass on: The visit"),
    Scene("pass on, with mistakes", "/r/{begun}/visit/pass-on", "Pass on: The visit", 200, "main button", 422, True),
    Scene("passed on", "/r/{passed}/visit/pass-on", "Pass on: The visit"),
    Scene("section that a colleague has", "/r/{passed}/visit", "The visit – Step 1 of 2"),
    Scene("colleague, first page", "/c/{colleague}", "Will you fill in: The visit"),
    Scene("colleague, questions", "/c/{colleague}/visit", "The visit"),
    Scene("colleague, stopped for now", "/c/{colleague}/to-be-continued", "Your answers have been saved"),
    Scene("colleague, done", "/c/{colleague}/thank-you", "Thank you"),
    Scene("colleague, ended", "/c/{former}", "Nothing can be filled in here now", 410),
    Scene("colleague, unknown link", "/c/nonsense", "This link does not work", 404),
    Scene("no more mail", "/r/{fresh}/no-more-mail", "Do you want no more mail?"),
    Scene("ask for a copy", "/r/{sent}/own-copy", "A copy of your answers"),
    Scene("the copy", "/copy/{copy}", "Your answers: Sample"),
    Scene("the copy as a PDF, being made", "/copy/{copy}", "Your PDF is being made", 200, "main button", 503),
    Scene("a copy that ended", "/copy/{old_copy}", "This copy is no longer here", 410),
    Scene("open link, first page", "/o/{poster}", "Sample"),
    Scene("open link, with mistakes", "/o/{poster}", "Sample", 200, _START, 422, mistake=True),
    Scene("open link, many at once", "/o/{flooded}", "Many people are starting now", 200, _START, 429, patience=True),
    Scene("open link, enough people", "/o/{full}", "Enough people have taken part", 200, _START, 409, patience=True),
    Scene("open link, begun on this device", "/o/{borrowed}", "This questionnaire was begun on this device"),
    Scene("open link, unknown", "/o/nonsense", "This link does not work", 404),
    Scene("form on paper, being made", "/r/{fresh}/paper-form", "The form is being made", 503),
    Scene("staff: open links", "/evaluations/scene-open/open-links", "Open links – Onward together", staff=True),
    Scene(
        "staff: open links, with mistakes",
        "/evaluations/scene-open/open-links",
        "Open links – Onward together",
        press="form:has(#most) button",
        pressed=422,
        mistake=True,
        staff=True,
    ),
    Scene("staff: studies", "/evaluations", "Studies", staff=True),
    Scene("staff: a study that is being set up", "/evaluations/scene-draft", "Overview – Onward together", staff=True),
    Scene("staff: a study that is open", STAFF, _OPEN_STUDY, staff=True),
    Scene("staff: a study that has closed", "/evaluations/scene-late", _OPEN_STUDY, staff=True),
    Scene("staff: set-up", DRAFT, "Set-up – Onward together", staff=True),
    Scene("staff: set-up, opened", f"{STAFF}/set-up", "Set-up – Onward together", staff=True),
    Scene("staff: title and purpose", f"{DRAFT}/study", "Title, client and purpose – Onward together", staff=True),
    Scene("staff: choose a questionnaire", f"{DRAFT}/questionnaire", "Questionnaire – Onward together", staff=True),
    Scene("staff: read a questionnaire", f"{DRAFT}/questionnaire/seven-habits/1", READ, staff=True),
    Scene("staff: organisations", f"{DRAFT}/organisations", "Organisations – Onward together", staff=True),
    Scene("staff: add nothing", f"{DRAFT}/organisations", ORGANISATIONS, 200, REGION, 422, True, True),
    Scene("staff: roles", f"{DRAFT}/roles", "Roles – Onward together", staff=True),
    Scene("staff: confidentiality", f"{DRAFT}/confidentiality", "Confidentiality – Onward together", staff=True),
    Scene("staff: choose no regime", f"{DRAFT}/confidentiality", REGIME, 200, "main button", 422, True, True),
    Scene("staff: period", f"{DRAFT}/period", "Period, sender and languages – Onward together", staff=True),
    Scene("staff: check and open", f"{DRAFT}/check", "Check and open – Onward together", staff=True),
    Scene("first page, as a test", "/r/{tried}", "TEST – Sample"),
    Scene("staff: nobody on the list", "/evaluations/scene-draft/people", "People – Onward together", staff=True),
    Scene("staff: people", f"{STAFF}/people", "People – Onward together", staff=True),
    Scene("staff: hand in a list", f"{STAFF}/people/import", "Let a list in – Onward together", staff=True),
    Scene("staff: no list", f"{STAFF}/people/import", "Let a list in – Onward together", 200, _MAIN, 422, True, True),
    Scene("staff: add nobody", f"{STAFF}/people/new", "Add one person – Onward together", 200, _MAIN, 422, True, True),
    Scene("staff: one person", f"{STAFF}/people/{{number_of_fresh}}", "Fresh Bos – Onward together", staff=True),
    Scene(
        "staff: a successor",
        f"{STAFF}/people/{{number_of_fresh}}/replace",
        "In the place of Fresh Bos – Onward together",
        staff=True,
    ),
    Scene(
        "staff: off the list",
        f"{STAFF}/people/{{number_of_fresh}}/remove",
        "Take Fresh Bos off the list – Onward together",
        staff=True,
    ),
    Scene(
        "staff: a link", f"{STAFF}/people/{{number_of_fresh}}/link", "Link of Fresh Bos – Onward together", staff=True
    ),
    Scene("staff: approvals", f"{STAFF}/approvals", "Approvals – Onward together", staff=True),
    Scene(
        "staff: delete a study, with mistakes",
        f"{STAFF}/approvals/delete",
        _DELETE_STUDY,
        press="main form button",
        pressed=422,
        mistake=True,
        staff=True,
    ),
    Scene("staff: what was asked for", f"{STAFF}/approvals/{{request}}", _DELETE_STUDY, staff=True),
    Scene("staff: export", f"{STAFF}/approvals/export", "Export the answers – Onward together", staff=True),
    Scene(
        "staff: publish, with mistakes",
        "/evaluations/scene-late/approvals/publish",
        "Publish the results – Onward together",
        press="main form button",
        pressed=422,
        mistake=True,
        staff=True,
    ),
    Scene("staff: log", f"{STAFF}/log", _LOG, staff=True),
    Scene("staff: log, nothing fits", f"{STAFF}/log?subject=wave:999", _LOG, staff=True),
    Scene("staff: log, with mistakes", f"{STAFF}/log?subject=?", _LOG, 422, mistake=True, staff=True),
    Scene("staff: log, whole", f"{STAFF}/log/check", "Is the log whole? – Onward together", staff=True),
    Scene("staff: privacy", f"{STAFF}/privacy", PRIVACY, staff=True),
    Scene("staff: privacy, nothing yet", "/evaluations/scene-draft/privacy", PRIVACY, staff=True),
    Scene("staff: look for nobody", f"{STAFF}/privacy", _WHO, 200, _LOOK_FOR, 422, True, True),
    Scene("staff: erase without a reason", PERSON, "Sent Bos – Onward together", 200, _ERASE, 422, True, True),
    Scene("staff: personal data", f"{PERSON}/overview", "Overview of personal data – Onward together", staff=True),
    Scene("owner: accounts", "/users", "Accounts", owner=True),
    Scene("owner: add nobody", "/users", "Accounts", 200, "form:has(#email) button", 422, True, owner=True),
    Scene("owner: log of everything", "/log", "Log", owner=True),
    Scene("staff: who was invited", f"{STAFF}/entry", "Paper and telephone – Onward together", staff=True),
    Scene(
        "staff: begin to enter",
        f"{STAFF}/entry/{{number_of_fresh}}",
        "Enter for Fresh Bos – Onward together",
        staff=True,
    ),
    Scene("staff: enter", f"{STAFF}/entry/{{number_of_entered}}/visit", "The visit – Step 1 of 2", staff=True),
    Scene(
        "staff: look back",
        f"{STAFF}/entry/{{number_of_entered}}/check-answers",
        "Check your answers – Step 2 of 2",
        staff=True,
    ),
    Scene("staff: response", f"{STAFF}/monitor", "Response – Onward together", staff=True),
    Scene("staff: what was sent in", f"{STAFF}/monitor/responses", "What was sent in – Onward together", staff=True),
    Scene(
        "staff: response through open links",
        "/evaluations/scene-open/monitor",
        "Response – Onward together",
        staff=True,
    ),
    Scene(
        "staff: links for contact persons",
        f"{STAFF}/monitor/links",
        "Links for contact persons – Onward together",
        staff=True,
    ),
    Scene("staff: work in the background", f"{STAFF}/jobs", "Work in the background – Onward together", staff=True),
    Scene("response of an organisation", "/count/{counted}", "Response of Almelo – Onward together"),
    Scene("response, unknown link", "/count/nonsense", "This link does not work", 404),
    Scene("staff: mail", f"{STAFF}/mail", "Mail – Onward together", staff=True),
    Scene("staff: mail of one kind", f"{STAFF}/mail/invitation", "Invitation – Onward together", staff=True),
    Scene("staff: text of a mail", f"{STAFF}/mail/invitation/text/en", _ENGLISH_TEXT, staff=True),
    Scene("staff: a mail as it is seen", f"{STAFF}/mail/invitation/preview/en", _ENGLISH_PREVIEW, staff=True),
    Scene("staff: mail per person", f"{STAFF}/mail/people", "Mail per person – Onward together", staff=True),
    Scene("staff: letters and links", f"{STAFF}/mail/letters", "Letters and links – Onward together", staff=True),
    Scene("staff: form being made", f"{STAFF}/paper-forms/governor", "The form is being made", 503, staff=True),
    Scene("accessibility statement", "/toegankelijkheid", "Accessibility"),
    Scene("privacy statement", "/privacy", "Privacy"),
    Scene("privacy of a study", "/privacy/scene-confidential", "Privacy: Onward together"),
    Scene("sign in", "/sign-in", "Sign in"),
    Scene("sign in with nothing", "/sign-in", "Sign in", 200, "main form button", 422, True),
    Scene("password forgotten", "/sign-in/forgotten", "Password forgotten"),
    Scene("staff: own account", "/account", "Your account", staff=True),
    Scene("staff: turn on the second step", "/account", "Turn on the second step", 200, _TWO_STEPS, 200, staff=True),
    Scene("staff: change no password", "/account/password", "Change your password", 200, _MAIN, 422, True, True),
    Scene("staff: recovery codes", "/account/recovery-codes", "Recovery codes", staff=True),
    Scene("staff: colleagues", f"{STAFF}/staff", COLLEAGUES, staff=True),
    Scene("staff: invite nobody", f"{STAFF}/staff", COLLEAGUES, 200, "form:has(#role) button", 422, True, True),
    Scene("no such page", "/nonsense", "This page does not exist", 404),
    Scene("staff: no such page", f"{STAFF}/nonsense", "This page does not exist", 404, staff=True),
    Scene("not at this address", "/r/{begun}/visit/take-back", "This cannot be done at this address", 405),
)
DUTCH: Final = {
    "Accounts": "Accounts",
    "Change your password": "Uw wachtwoord wijzigen",
    "Export the answers – Onward together": "Antwoorden exporteren – Samen verder",
    "Is the log whole? – Onward together": "Is het logboek heel? – Samen verder",
    "Log": "Logboek",
    _LOG: "Logboek – Samen verder",
    "Overview of personal data – Onward together": "Overzicht van persoonsgegevens – Samen verder",
    "Privacy: Onward together": "Privacy: Samen verder",
    PRIVACY: "Privacy – Samen verder",
    "Publish the results – Onward together": "Resultaten publiceren – Samen verder",
    "Sent Bos – Onward together": "Sent Bos – Samen verder",
    _WHO: "Wie is het? – Samen verder",
    "Do you want no more mail?": "Wilt u geen mail meer?",
    "Link of Fresh Bos – Onward together": "Link van Fresh Bos – Samen verder",
    "Take Fresh Bos off the list – Onward together": "Fresh Bos van de lijst halen – Samen verder",
    "In the place of Fresh Bos – Onward together": "In de plaats van Fresh Bos – Samen verder",
    "Fresh Bos – Onward together": "Fresh Bos – Samen verder",
    "Add one person – Onward together": "Eén persoon toevoegen – Samen verder",
    "Let a list in – Onward together": "Een lijst toevoegen – Samen verder",
    "People – Onward together": "Mensen – Samen verder",
    _ENGLISH_PREVIEW: "Zoals de ontvanger hem ziet: Uitnodiging, English – Samen verder",
    _ENGLISH_TEXT: "Uitnodiging, English – Samen verder",
    "Invitation – Onward together": "Uitnodiging – Samen verder",
    "Letters and links – Onward together": "Brieven en links – Samen verder",
    "Mail per person – Onward together": "Mail per persoon – Samen verder",
    "Mail – Onward together": "Mail – Samen verder",
    "Check and open – Onward together": "Controleren en openen – Samen verder",
    "Confidentiality – Onward together": "Vertrouwelijkheid – Samen verder",
    "Evaluation of the procurement of youth care and social support – Onward together": (
        "Evaluatie van de inkoop van jeugdhulp en Wmo – Samen verder"
    ),
    "Organisations – Onward together": "Organisaties – Samen verder",
    "Overview – Onward together": "Overzicht – Samen verder",
    "Period, sender and languages – Onward together": "Periode, afzender en talen – Samen verder",
    "Questionnaire – Onward together": "Vragenlijst – Samen verder",
    "Roles – Onward together": "Rollen – Samen verder",
    "Set-up – Onward together": "Opzet – Samen verder",
    "Studies": "Onderzoeken",
    "TEST – Sample": "TEST – Voorbeeld",
    "Title, client and purpose – Onward together": "Titel, opdrachtgever en doel – Samen verder",
    "A copy of your answers": "Een kopie van uw antwoorden",
    "Accessibility": "Toegankelijkheid",
    "Approvals – Onward together": "Goedkeuringen – Samen verder",
    "Delete the study – Onward together": "Het onderzoek verwijderen – Samen verder",
    "Change your answers": "Antwoorden wijzigen",
    "Check your answers – Step 2 of 2": "Controleer uw antwoorden – Stap 2 van 2",
    "Enough people have taken part": "Er hebben genoeg mensen meegedaan",
    "Enter for Fresh Bos – Onward together": "Invoeren namens Fresh Bos – Samen verder",
    "What was sent in – Onward together": "Wat is verstuurd – Samen verder",
    "Links for contact persons – Onward together": "Links voor contactpersonen – Samen verder",
    "Many people are starting now": "Veel mensen beginnen nu",
    "Nothing can be filled in here now": "Hier kan nu niets worden ingevuld",
    "Open links – Onward together": "Open links – Samen verder",
    "Paper and telephone – Onward together": "Papier en telefoon – Samen verder",
    "Pass on: The visit": "Doorgeven: Het bezoek",
    "Password forgotten": "Wachtwoord vergeten",
    COLLEAGUES: "Collega’s en lezers – Samen verder",
    "Recovery codes": "Herstelcodes",
    "Turn on the second step": "Tweede stap aanzetten",
    "Your account": "Uw account",
    "Privacy": "Privacy",
    "Response of Almelo – Onward together": "Respons van Almelo – Samen verder",
    "Response – Onward together": "Respons – Samen verder",
    "Sample": "Voorbeeld",
    "Sign in": "Inloggen",
    "Thank you": "Bedankt",
    "There are no answers of you": "Er zijn geen antwoorden van u",
    "The form is being made": "Het formulier wordt gemaakt",
    "The questionnaire has not opened yet": "De vragenlijst is nog niet open",
    "The questionnaire is closed": "De vragenlijst is gesloten",
    "The visit": "Het bezoek",
    "The visit – Step 1 of 2": "Het bezoek – Stap 1 van 2",
    "This cannot be done at this address": "Dit kan op dit adres niet",
    "This copy is no longer here": "Deze kopie is er niet meer",
    "This is not possible with anonymous answers": "Dit kan niet bij anonieme antwoorden",
    "This link does not work": "Deze link werkt niet",
    "This page does not exist": "Deze pagina bestaat niet",
    "This questionnaire was begun on this device": "Op dit apparaat is iemand met deze vragenlijst begonnen",
    "Will you fill in: The visit": "Wilt u invullen: Het bezoek",
    "Withdraw your answers": "Antwoorden intrekken",
    "Work in the background – Onward together": "Werk op de achtergrond – Samen verder",
    "Your PDF is being made": "Uw pdf wordt gemaakt",
    "Your answers are being entered": "Uw antwoorden worden ingevoerd",
    "Your answers have been saved": "Uw antwoorden zijn opgeslagen",
    "Your answers were sent before": "Uw antwoorden zijn al verstuurd",
    "Your answers: Sample": "Uw antwoorden: Voorbeeld",
}
