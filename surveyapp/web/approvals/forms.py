"""What people type to ask for something, and to decide on it."""

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from surveyapp.actions.approvals import LONGEST_REASON
from surveyapp.web.worded_form import WordedForm


def _stripped(value: str | None) -> str:
    return (value or "").replace("\x00", "").strip()


_TOO_LONG = Length(max=LONGEST_REASON, message=_("This is too long: use at most %(max)d characters."))


class AskForm(WordedForm):
    """Why it should be done."""

    reason = TextAreaField(filters=[_stripped], validators=[_TOO_LONG])

    def validate_reason(self, field: TextAreaField) -> None:
        """Spaces are no reason."""
        if not field.data:
            raise ValidationError(_("Fill in why: the reason is kept in the log."))


class PublishForm(AskForm):
    """For whom."""

    audience = SelectField(validate_choice=True)


class ExportForm(AskForm):
    """Of which wave."""

    wave = SelectField(coerce=int, validate_choice=True)


class DeleteForm(AskForm):
    """The name of the study, typed to be sure."""

    name = StringField(filters=[_stripped])

    def __init__(self, typed: MultiDict[str, str], *, expected: str) -> None:
        super().__init__(typed)
        self._expected = expected

    def validate_name(self, field: StringField) -> None:
        """Letter by letter, but for capitals and spaces."""
        if " ".join((field.data or "").lower().split()) != " ".join(self._expected.lower().split()):
            raise ValidationError(_("Type the name of the study as it stands above."))


class DecideForm(Form):
    """Why it is refused; to approve it no reason is needed."""

    answer = TextAreaField(filters=[_stripped], validators=[_TOO_LONG])
