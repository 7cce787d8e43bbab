"""What the team fills in about a round. WTForms validates, the templates render."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from surveyapp.actions.reviews import LONGEST_REMARK
from surveyapp.models import Membership
from surveyapp.web import words
from surveyapp.web.findings.forms import stripped
from surveyapp.web.review.views import DECISIONS
from surveyapp.web.set_up.forms import DayField
from surveyapp.web.worded_form import WordedForm

_TOO_LONG = _("This is too long: use at most %(max)d characters.")


class RoundForm(WordedForm):
    """A round: about the facts or the conclusions, of one organisation or of all, until a day."""

    kind = SelectField()
    organisation = SelectField()
    title = StringField(
        filters=[stripped],
        validators=[DataRequired(_("Fill in a title.")), Length(max=200, message=_TOO_LONG)],
    )
    deadline = DayField(validators=[InputRequired(_("Fill in the last day to react."))])

    def offer(self, members: Sequence[Membership]) -> None:
        """Fill in what can be chosen."""
        self.kind.choices = [
            ("facts", words._("The facts")),
            ("conclusions", words._("Conclusions and recommendations")),
        ]
        self.organisation.choices = [
            ("", words._("Everything, for readers of all organisations")),
            *((each.organisation.code, each.organisation.name) for each in members),
        ]


class ReaderForm(WordedForm):
    """Somebody who reads a round, and for which organisation."""

    name = StringField(
        filters=[stripped], validators=[DataRequired(_("Fill in a name.")), Length(max=200, message=_TOO_LONG)]
    )
    email = StringField(filters=[stripped], validators=[Length(max=254, message=_TOO_LONG)])
    organisation = SelectField()

    def offer(self, members: Sequence[Membership]) -> None:
        """Fill in what can be chosen."""
        self.organisation.choices = [
            ("", words._("None of them")),
            *((each.organisation.code, each.organisation.name) for each in members),
        ]


class DeadlineForm(WordedForm):
    """A later last day."""

    deadline = DayField(validators=[InputRequired(_("Fill in the last day to react."))])


class DecisionForm(WordedForm):
    """What is done with a remark, and why; and its words as they stand in the report."""

    disposition = StringField(validators=[AnyOf(tuple(DECISIONS), message=_("Choose one from the list."))])
    printed = TextAreaField(filters=[stripped], validators=[Length(max=LONGEST_REMARK, message=_TOO_LONG)])
    answer = TextAreaField(
        filters=[stripped],
        validators=[DataRequired(_("Say why: the reader reads this.")), Length(max=LONGEST_REMARK, message=_TOO_LONG)],
    )
