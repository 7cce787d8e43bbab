"""Whom to give which role."""

from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional, Regexp

from surveyapp.web.users.forms import ADDRESS


class InviteForm(Form):
    """An address, a name for who has no account yet, a role, and organisations where the role is for some."""

    email = StringField(
        validators=[
            InputRequired(_("Fill in an e-mail address.")),
            Regexp(ADDRESS, message=_("This cannot be an e-mail address.")),
        ]
    )
    name = StringField(validators=[Optional(), Regexp(r"[^\x00]{1,200}\Z", message=_("This cannot be a name."))])
    role = RadioField(validators=[InputRequired(_("Choose a role."))])
    organisations = SelectMultipleField()
