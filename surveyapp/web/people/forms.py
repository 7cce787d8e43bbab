"""What the team says of somebody who is invited. WTForms validates, the templates render."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField, StringField
from wtforms.validators import DataRequired, ValidationError

from surveyapp.analysis.reading.grid import Fault
from surveyapp.analysis.reading.person import email_fault, name_fault
from surveyapp.models import Wave
from surveyapp.queries import open_roles
from surveyapp.queries import people as queries
from surveyapp.reports.people_faults import sentence
from surveyapp.web import language
from surveyapp.web.database import session
from surveyapp.web.people.room import role_names


def _tidy(value: str | None) -> str:
    """On one line, without what no database can keep."""
    return " ".join((value or "").replace("\x00", "").split())


class PersonForm(Form):
    """How somebody is called and reached."""

    name = StringField(filters=[_tidy], validators=[DataRequired(_("Fill in the name."))])
    email = StringField(filters=[_tidy], validators=[DataRequired(_("Fill in the e-mail address."))])
    language = SelectField()

    def validate_name(self, field: StringField) -> None:
        """As in a list."""
        _check(name_fault(field.data or ""), "name", field)

    def validate_email(self, field: StringField) -> None:
        """As in a list."""
        _check(email_fault(field.data or ""), "email", field)


class NewPersonForm(PersonForm):
    """Somebody who is not on the list yet."""

    organisation = SelectField(validators=[DataRequired(_("Choose the organisation."))])
    role = SelectField(validators=[DataRequired(_("Choose the role."))])


def person_form(wave: Wave, posted: Any = None, known: Mapping[str, str] | None = None) -> PersonForm:  # noqa: ANN401
    """A form with the languages of this wave."""
    form = PersonForm(posted, data=known)
    form.language.choices = _languages(wave)
    return form


def new_person_form(wave: Wave, posted: Any = None) -> NewPersonForm:  # noqa: ANN401 - as wtforms has it
    """A form with the places of this wave in which somebody can be invited by name."""
    form = NewPersonForm(posted)
    form.language.choices = _languages(wave)
    form.organisation.choices = [("", _("Choose")), *queries.places(session(), wave.evaluation)]
    closed = open_roles.of(session(), wave)
    by_name = [(key, name) for key, name in role_names(wave).items() if key not in closed]
    form.role.choices = [("", _("Choose")), *by_name]
    return form


def _languages(wave: Wave) -> list[tuple[str, str]]:
    return [(code, language.name_of(code)) for code in wave.languages]


def _check(found: tuple[str, str], column: str, field: StringField) -> None:
    code, advice = found
    if code:
        raise ValidationError(sentence(Fault(0, column, code, (field.data or "")[:80], advice), language.current()))
