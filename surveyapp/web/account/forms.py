"""What people type to come in. WTForms validates; the templates render."""

from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from surveyapp.actions.users import LONGEST_PASSWORD, SHORTEST_PASSWORD


class SignInForm(Form):
    """An account and its password; ``next`` is where the visitor was going."""

    email = StringField(
        validators=[
            InputRequired(_("Fill in your e-mail address.")),
            Regexp(r"[^\x00]{1,254}\Z", message=_("This cannot be an e-mail address.")),
        ]
    )
    password = PasswordField(validators=[InputRequired(_("Fill in your password."))])
    next = HiddenField()


class PasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        validators=[
            InputRequired(_("Choose a password.")),
            Length(
                SHORTEST_PASSWORD,
                LONGEST_PASSWORD,
                _("Use at least %(min)d characters; a sentence of a few words is easy to remember."),
            ),
        ]
    )
    again = PasswordField(validators=[EqualTo("password", _("The two passwords differ. Type the same one twice."))])
