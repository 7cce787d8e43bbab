"""What a respondent sees, at a section, of the colleague who has it."""

from markupsafe import Markup

from surveyapp.web import language
from surveyapp.web.formats import long_date
from surveyapp.web.respond import pages
from surveyapp.web.respond.visit import Visit
from surveyapp.web.words import _

_BUTTON = Markup(
    '<p class="utrecht-paragraph quiet">{}</p>\n'
    '<button class="utrecht-link-button utrecht-link-button--html-button" type="submit" name="save-and"'
    ' value="pass-on">{}</button>'
)
_LINK = Markup(
    '<p class="utrecht-paragraph quiet">{} <a class="utrecht-link utrecht-link--html-a" href="{}">{}</a></p>'
)


def at_section(visit: Visit, section: str) -> str:
    """Below the questions: who has the section, and a button that saves the page and goes to passing on."""
    if not visit.may_pass_on:
        return ""
    told = _told(visit, section)
    if told is None:
        return pages.page(("colleague", language.current()), _offer).filled((), {})
    return str(_BUTTON.format(told, _("Show the link, or take the section back")))


def at_look_back(visit: Visit, section: str, onward: str) -> str:
    """Beside a section that was passed on: to whom, and whether they are done. ``onward`` ends addresses."""
    told = _told(visit, section)
    if told is None:
        return ""
    return str(_LINK.format(told, f"{section}/pass-on{onward}", _("Show the link, or take the section back")))


def _offer() -> str:
    return _BUTTON.format(_("Does a colleague know more about this?"), _("Pass this section to a colleague"))


def _told(visit: Visit, section: str) -> str | None:
    asked = visit.colleague(section)
    if asked is None:
        return None
    if asked.finished_at is None:
        return _("%(name)s has this section, and is not finished yet.", name=asked.name)
    return _("%(name)s has this section, and finished on %(day)s.", name=asked.name, day=long_date(asked.finished_at))
