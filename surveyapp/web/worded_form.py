"""A form whose fields complain in the visitor's language, also about what only a tampered or odd browser sends."""

from typing import Final

from wtforms import Form

from surveyapp.web.words import N_, _

_WORDS: Final = {
    "Not a valid choice.": N_("Choose one from the list."),
    "Not a valid date value.": N_("Fill in a date, such as 31-12-2026."),
    "Not a valid integer value.": N_("Fill in a whole number."),
    "Invalid Choice: could not coerce.": N_("Choose one from the list."),
}
"""What the form library says of itself -> what we say."""


class _Words:
    """The translations that the form library asks for."""

    def gettext(self, sentence: str) -> str:
        return _(_WORDS.get(sentence, sentence))

    def ngettext(self, one: str, more: str, number: int) -> str:
        return self.gettext(one if number == 1 else more)


class WordedForm(Form):
    """Base of forms with dates, numbers and lists."""

    class Meta:
        """How the form library finds its words."""

        def get_translations(self, _form: Form) -> _Words:
            """Ours, in the language of this request."""
            return _Words()
