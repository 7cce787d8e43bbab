"""The sentences of pages, in the visitor's language: flask_babel's functions with their types."""

import flask_babel


def _(sentence: str, **values: object) -> str:
    """The sentence in the language of this request, with its values filled in."""
    return str(flask_babel.gettext(sentence, **values))


def ngettext(one: str, more: str, num: int, **values: object) -> str:
    """The sentence for this number; ``%(num)s`` stands for the number."""
    return str(flask_babel.ngettext(one, more, num, **values))


def N_(sentence: str) -> str:  # noqa: N802 - the name under which catalogues find it
    """A sentence to be translated later, by ``_``: for tables that are made before there is a request."""
    return sentence
