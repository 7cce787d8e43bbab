"""What the team fills in about personal data. WTForms validates, the templates render."""

from typing import Final

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Form, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from surveyapp.actions.privacy import DATES
from surveyapp.models import Evaluation
from surveyapp.queries.personal_data import Person
from surveyapp.web.language import languages
from surveyapp.web.users.forms import ADDRESS
from surveyapp.web.worded_form import WordedForm
from surveyapp.web.words import N_

GROUNDS: Final = {
    "public-task": N_("A task of public interest"),
    "consent": N_("Consent"),
    "legitimate-interest": N_("A legitimate interest"),
}

_WHY: Final = _("Fill in why; it will stand in the log.")


def _cleaned(value: str | None) -> str:
    """What no database can keep is left out."""
    return (value or "").replace("\x00", "").strip()


class SettingsForm(WordedForm):
    """On which ground, whom to ask, and how long."""

    ground = SelectField()
    privacy_contact = StringField(filters=[_cleaned])
    invitees_until = DateField(validators=[Optional()])
    texts_until = DateField(validators=[Optional()])
    answers_until = DateField(validators=[Optional()])

    def offer(self) -> None:
        """The grounds in words."""
        self.ground.choices = [(key, _(words)) for key, words in GROUNDS.items()]

    @classmethod
    def of(cls, evaluation: Evaluation) -> "SettingsForm":
        """As it is now."""
        fields = ("ground", "privacy_contact", *DATES)
        return cls(data={name: getattr(evaluation, name) for name in fields})


class SearchForm(Form):
    """A part of a name or an e-mail address."""

    words = StringField(filters=[_cleaned])


class CorrectionForm(WordedForm):
    """How somebody is called and reached, and why that is changed."""

    name = StringField(filters=[_cleaned], validators=[DataRequired(_("Fill in a name."))])
    email = StringField(
        filters=[_cleaned],
        validators=[Regexp(ADDRESS, message=_("Fill in an e-mail address, such as name@example.org."))],
    )
    spoken = SelectField()
    reason = TextAreaField(filters=[_cleaned], validators=[DataRequired(_WHY)])

    def offer(self, person: Person) -> None:
        """The languages by their names, for whom one is known; of whom there is no address, there need be none."""
        if person.invitees or person.delegations:
            self.spoken.choices = list(languages().items())
        else:
            del self.spoken
        if not person.email:
            self.email.validators = [Optional(), *self.email.validators]

    @classmethod
    def of(cls, person: Person) -> "CorrectionForm":
        """As it is now."""
        seats = person.invitees or person.delegations
        spoken = {"spoken": seats[-1].language} if seats else {}
        return cls(data={"name": person.name, "email": (seats or person.rows)[-1].email, **spoken})


class ErasureForm(Form):
    """Why, and that it is meant."""

    why = TextAreaField(filters=[_cleaned], validators=[DataRequired(_WHY)])
    sure = BooleanField()

    def validate_sure(self, field: BooleanField) -> None:
        """Nobody erases somebody by one press."""
        if not field.data:
            raise ValidationError(_("Tick the box to confirm: this cannot be undone."))
