"""What is shown as one, and why."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Length, ValidationError

from surveyapp.actions.mergers import LONGEST_REASON
from surveyapp.models.publication import KINDS
from surveyapp.web.worded_form import WordedForm


def _stripped(value: str | None) -> str:
    return (value or "").replace("\x00", "").strip()


class MergeForm(WordedForm):
    """The members are the boxes that were ticked."""

    kind = HiddenField(default=KINDS[0], validators=[AnyOf(KINDS)])
    reason = TextAreaField(
        filters=[_stripped],
        validators=[Length(max=LONGEST_REASON, message=_("This is too long: use at most %(max)d characters."))],
    )

    def validate_reason(self, field: TextAreaField) -> None:
        """Spaces are no reason."""
        if not field.data:
            raise ValidationError(_("Fill in why: the reason is kept in the log."))
