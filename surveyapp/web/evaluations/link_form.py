"""What the research team says of a new open link."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from surveyapp.actions.open_links import LARGEST_MOST
from surveyapp.web.worded_form import WordedForm


class LinkForm(WordedForm):
    """For whom a new link is; an empty role or place is chosen by who follows it."""

    role = SelectField(default="")
    place = SelectField(default="")
    most = IntegerField(
        validators=[
            Optional(),
            NumberRange(1, LARGEST_MOST, _("Fill in a number of %(min)s or more, or nothing.")),
        ]
    )
