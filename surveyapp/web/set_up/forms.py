"""What the team fills in to set up a study. WTForms validates, the templates render."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, Final

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from surveyapp.actions import evaluations
from surveyapp.actions.closing import LONGEST_REASON
from surveyapp.actions.readiness import is_address
from surveyapp.actions.waves import MOST_EXPECTED

LONGEST_TITLE: Final = 200
LONGEST_PURPOSE: Final = 2_000
_TOO_LONG: Final = _("This is too long: use at most %(max)d characters.")


def stripped(value: str | None) -> str:
    """Without spaces around it and without what no database can keep."""
    return (value or "").replace("\x00", "").strip()


class WholeNumberField(IntegerField):
    """A whole number from 0 on, or nothing."""

    def __init__(self, most: int, **keywords: Any) -> None:  # noqa: ANN401 - as WTForms has it
        super().__init__(**keywords)
        self.most = most

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Refused in words of ours, and once."""
        words = stripped(valuelist[0]) if valuelist else ""
        if not words:
            self.data = None
        elif words.isascii() and words.isdecimal() and len(words) <= len(str(self.most)) and int(words) <= self.most:
            self.data = int(words)
        else:
            self.data = None
            raise ValueError(
                _("Fill in a whole number from 0 to %(most)s, or nothing.", most=format_decimal(self.most))
            )


class DayField(DateField):
    """A day, as a browser sends it."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Refused in words of ours."""
        try:
            super().process_formdata(list(valuelist))
        except ValueError:
            raise ValueError(_("This is no date. Write it as 2027-03-31.")) from None


class HourField(TimeField):
    """A time of the day."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Refused in words of ours."""
        try:
            super().process_formdata(list(valuelist))
        except ValueError:
            raise ValueError(_("This is no time. Write it as 09:00.")) from None


class StudyForm(Form):
    """What a study is called, for whom and what for."""

    title_nl = StringField(
        filters=[stripped],
        validators=[DataRequired(_("Fill in the title.")), Length(max=LONGEST_TITLE, message=_TOO_LONG)],
    )
    title_en = StringField(filters=[stripped], validators=[Length(max=LONGEST_TITLE, message=_TOO_LONG)])
    client = StringField(
        filters=[stripped],
        validators=[DataRequired(_("Fill in for whom the study is.")), Length(max=200, message=_TOO_LONG)],
    )
    purpose_nl = TextAreaField(
        filters=[stripped],
        validators=[
            DataRequired(_("Fill in what the study is for.")),
            Length(max=LONGEST_PURPOSE, message=_TOO_LONG),
        ],
    )
    purpose_en = TextAreaField(filters=[stripped], validators=[Length(max=LONGEST_PURPOSE, message=_TOO_LONG)])
    slug = StringField(filters=[stripped])

    def validate_slug(self, field: StringField) -> None:
        """Empty is made from the title."""
        if field.data and not evaluations.is_slug(field.data):
            raise ValidationError(
                _("Use small letters, digits and hyphens only, at most %(most)s: for example jeugdhulp-2027.",
                  most=evaluations.LONGEST_SLUG)
            )  # fmt: skip


class QuestionnaireForm(Form):
    """Which edition is asked."""

    edition = RadioField(validators=[InputRequired(_("Choose a questionnaire."))])


class RegimeForm(Form):
    """Who will see what."""

    regime = RadioField(validators=[InputRequired(_("Choose one of the three."))])
    for_public = BooleanField()
    searchable = BooleanField()


class PlaceForm(Form):
    """One organisation, by hand."""

    name = StringField(filters=[stripped])
    code = StringField(filters=[stripped])
    kind = SelectField()
    parent = SelectField()


class SendingForm(Form):
    """The period, who asks, whom to turn to and in which languages."""

    opens_on = DayField(validators=[InputRequired(_("Fill in the day on which it opens."))])
    opens_time = HourField(validators=[InputRequired(_("Fill in the time at which it opens, such as 09:00."))])
    closes_on = DayField(validators=[InputRequired(_("Fill in the last day."))])
    sender = StringField(
        filters=[stripped],
        validators=[DataRequired(_("Fill in who asks.")), Length(max=200, message=_TOO_LONG)],
    )
    languages = SelectMultipleField()

    def __init__(self, *arguments: Any, today: date, **keywords: Any) -> None:  # noqa: ANN401 - as WTForms has it
        super().__init__(*arguments, **keywords)
        self._today = today

    def validate_closes_on(self, field: DateField) -> None:
        """Not before it opens, nor before today."""
        opens, at = self.opens_on.data, self.opens_time.data
        if field.data is None:
            return
        if opens is not None and (field.data < opens or (field.data == opens and (at or time()) >= time(23, 59))):
            raise ValidationError(_("The last day cannot lie before the day on which it opens."))
        if field.data < self._today:
            raise ValidationError(_("The last day lies in the past."))

    def validate_languages(self, field: SelectMultipleField) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Choose at least one language."))


class ContactForm(Form):
    """Whom people can turn to: this can change after opening too."""

    contact_name = StringField(
        filters=[stripped],
        validators=[DataRequired(_("Fill in a name.")), Length(max=200, message=_TOO_LONG)],
    )
    contact_email = StringField(
        filters=[stripped],
        validators=[DataRequired(_("Fill in an e-mail address.")), Length(max=254, message=_TOO_LONG)],
    )

    def validate_contact_email(self, field: StringField) -> None:
        """An address that can get mail."""
        if field.data and not is_address(field.data):
            raise ValidationError(_("This is no e-mail address. It looks like name@organisation.nl."))


class ReasonForm(Form):
    """Why something is done after opening."""

    reason = TextAreaField(
        filters=[stripped],
        validators=[
            DataRequired(_("Fill in why: the reason is kept in the log.")),
            Length(max=LONGEST_REASON, message=_TOO_LONG),
        ],
    )


class UntilForm(ReasonForm):
    """Until when, and why."""

    closes_on = DayField(validators=[InputRequired(_("Fill in the last day."))])


def numbers_form(prefix: str, roles: list[str], most: int = MOST_EXPECTED) -> type[Form]:
    """A form with a whole number for each role, which may stay empty; the name of a field is ``prefix-role``."""
    return type("NumbersForm", (Form,), {f"{prefix}-{role}": WholeNumberField(most) for role in roles})
