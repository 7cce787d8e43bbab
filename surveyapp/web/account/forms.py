"""What people type to come in, and to look after their account. WTForms validates; the templates render."""

from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from surveyapp.actions.passkeys import LONGEST_NAME as LONGEST_PASSKEY_NAME
from surveyapp.actions.users import LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD


def _no_nul(sentence: str, most: int) -> Regexp:
    return Regexp(rf"[^\x00]{{1,{most}}}\Z", message=sentence)


class SignInForm(Form):
    """An account and its password; ``next`` is where the visitor was going."""

    email = StringField(
        validators=[
            InputRequired(_("Fill in your e-mail address.")),
            _no_nul(_("This cannot be an e-mail address."), 254),
        ]
    )
    password = PasswordField(validators=[InputRequired(_("Fill in your password."))])
    next = HiddenField()


class CodeForm(Form):
    """A code of the app, or a recovery code."""

    code = StringField(validators=[InputRequired(_("Fill in the code.")), _no_nul(_("This cannot be a code."), 60)])


class ForgottenForm(Form):
    """Whose password is forgotten."""

    email = StringField(
        validators=[
            InputRequired(_("Fill in your e-mail address.")),
            Regexp(r"\s*[^@\s\x00]{1,64}@[^@\s\x00]{1,190}\s*\Z", message=_("This cannot be an e-mail address.")),
        ]
    )


class PasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        validators=[
            InputRequired(_("Choose a password.")),
            Length(
                SHORTEST_PASSWORD,
                LONGEST_PASSWORD,
                _("Use %(min)d to %(max)d characters; a sentence of a few words is easy to remember."),
            ),
        ]
    )
    again = PasswordField(validators=[EqualTo("password", _("The two passwords differ. Type the same one twice."))])


class ChangePasswordForm(PasswordForm):
    """The password that there is, and a new one."""

    current = PasswordField(validators=[InputRequired(_("Fill in your password of now."))])


class TurnOffForm(CodeForm):
    """What turns the second step off; an account without a password leaves that empty."""

    current = PasswordField()


class NameForm(Form):
    """What somebody is called."""

    name = StringField(
        validators=[InputRequired(_("Fill in a name.")), _no_nul(_("This cannot be a name."), LONGEST_NAME)]
    )


class PasskeyForm(Form):
    """A name for a passkey, and what the browser says of it."""

    name = StringField(
        validators=[
            InputRequired(_("Give the passkey a name, such as that of the device.")),
            _no_nul(_("Use at most 80 characters."), LONGEST_PASSKEY_NAME),
        ]
    )
