"""The page that tells of one study what happens with personal data, made of its settings."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Blueprint, current_app, render_template
from flask_babel import format_date

from surveyapp.errors import NotFound
from surveyapp.models import Evaluation
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.paper.forms import Anywhere
from surveyapp.web.respond import promise
from surveyapp.web.respond.group import Group
from surveyapp.web.words import N_, _

privacy_of_study = Blueprint("privacy_of_study", __name__)

GROUNDS: Final = {
    "public-task": N_("A task of public interest (article 6, first paragraph, under e, of the GDPR)."),
    "consent": N_(
        "Your consent (article 6, first paragraph, under a, of the GDPR). You can withdraw it as long as your answers "
        "can be found: withdraw your answers, or write to the address below."
    ),
    "legitimate-interest": N_(
        "A legitimate interest (article 6, first paragraph, under f, of the GDPR): to find out how the cooperation "
        "goes. You can object to it at the address below."
    ),
}


@dataclass(frozen=True)
class Kept:
    """Until when something is kept; None as long as nothing was decided."""

    what: str
    until: str | None
    afterwards: str


@privacy_of_study.get("/privacy/<slug>")
@public("whoever is asked may read what happens with their data, before and after answering")
def of_study(slug: str) -> str:
    """Purpose, ground, who sees what, how long, rights and whom to ask; of a study that has been opened."""
    evaluation = evaluation_queries.by_slug(session(), slug)
    wave = evaluation_queries.opened(session(), evaluation)
    if wave is None:
        raise NotFound("page")
    anywhere = Anywhere(wave.sender, evaluation.client, _("your organisation"), wave.regime, wave.for_public)
    told = promise.of(anywhere, Group(""))
    return render_template(
        "privacy/of_study.html",
        evaluation=evaluation,
        wave=wave,
        anonymous=wave.regime == ANONYMOUS,
        purpose=evaluation.purpose or editions.of(session(), wave).questionnaire.purpose,
        ground=_(GROUNDS[evaluation.ground]),
        promise=told,
        audiences=[(_named(who, anywhere), what) for who, what in told.audiences],
        besides=told.besides[1:] if wave.regime == ANONYMOUS else told.besides,
        kept=kept(evaluation),
        contact=evaluation.privacy_contact or wave.contact_email,
        contact_name="" if evaluation.privacy_contact else wave.contact_name,
        installation=current_app.config["CONTACT"],
    )


def _named(who: str, anywhere: Anywhere) -> str:
    """Whom a sentence is about; nobody's organisation is known here, so it has no name between brackets."""
    nobodys = _("Your own organisation (%(organisation)s)", organisation=anywhere.organisation)
    return _("Your own organisation") if who == nobodys else who


def kept(evaluation: Evaluation) -> tuple[Kept, ...]:
    """How long each kind of data is kept, in words."""
    return (
        Kept(
            _("Names, e-mail addresses and links"),
            _day(evaluation.invitees_until),
            _("After that nobody can see who was invited. How many people were, is kept."),
        ),
        Kept(
            _("What people wrote in their own words"),
            _day(evaluation.texts_until),
            _("After that only what was chosen is left."),
        ),
        Kept(
            _("The answers of single people"),
            _day(evaluation.answers_until),
            _("After that only totals and published results are left."),
        ),
    )


def _day(until: date | None) -> str | None:
    return str(format_date(until, "long")) if until is not None else None
