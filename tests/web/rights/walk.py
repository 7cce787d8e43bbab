"""Every route of the application, for everybody, in both studies; what is wrong comes back as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from surveyapp.web.guard import DECLARATION, Declared
from tests.web.rights.expected import (
    AFTER_THE_MARK,
    DOORS,
    NARROWED,
    OF_ONE_ORGANISATION,
    OWN_ACCOUNT,
    PUBLIC,
    ROLES,
    ROOMS,
    TABLES,
    WORDS,
)
from tests.web.rights.rows import Rows
from tests.web.rights.studies import MINE, NOT_IN_MINE, OTHER, OWN, THEIRS, Filled, Persona, TwoStudies

_GUIDE = "see tests/web/rights/expected.py"
_PLACES = {"code", "organisation"}
"""Arguments that name an organisation."""


@dataclass(frozen=True)
class Visit:
    """One request: a route, with its arguments filled from a study and an organisation in it."""

    rule: Rule
    method: str
    study: str
    organisation: str | None
    address: str

    def __str__(self) -> str:
        return f"{self.method} {self.address} ({self.rule.endpoint})"


class Unfilled(LookupError):
    """A route with an argument of which nobody said what it names."""


def declared(app: Flask, rule: Rule) -> Declared | None:
    """What the view says of who may open it."""
    found: Declared | None = getattr(app.view_functions[rule.endpoint], DECLARATION, None)
    return found


def is_public(rule: Rule) -> bool:
    """Whether this view, its whole room, or what its address begins with, is in the lists of what is open."""
    return rule.endpoint in PUBLIC or rule.endpoint.partition(".")[0] in PUBLIC or _begins_with(rule) in DOORS


def _begins_with(rule: Rule) -> str:
    return rule.rule.split("/")[1]


def misdeclared(app: Flask) -> list[str]:
    """Views that declare nothing, less than their room asks, or that they are public where that was not thought of."""
    faults = []
    for rule in app.url_map.iter_rules():
        said, room = declared(app, rule), rule.endpoint.partition(".")[0]
        if said is None:
            faults.append(f"{rule.rule} ({rule.endpoint}) declares nothing")
        elif said.signed_in:
            if _begins_with(rule) != OWN_ACCOUNT or not said.why:
                faults.append(f"{rule.rule} ({rule.endpoint}) is no page of one's own account: {_GUIDE}")
        elif is_public(rule):
            if said.permissions or not said.why:
                faults.append(f"{rule.rule} ({rule.endpoint}) is listed as open, and declares {said}: {_GUIDE}")
        elif not said.permissions or not {*said.permissions} <= ROOMS.get(room, set()):
            faults.append(f"{rule.rule} ({rule.endpoint}) declares {said}, which is not what its room asks: {_GUIDE}")
    return faults


def riddles(two: TwoStudies, app: Flask) -> list[str]:
    """Routes that nobody can walk, with what to do about it."""
    found = []
    for rule in guarded(app):
        try:
            filled(two.beginning, rule, two.studies[MINE], MINE, OWN)
        except Unfilled as riddle:
            found.append(str(riddle))
    return found


def guarded(app: Flask, only: str = "") -> list[Rule]:
    """The routes that need a permission, or ``only`` those of one view."""
    rules = app.url_map.iter_rules(only or None)
    return [rule for rule in rules if (said := declared(app, rule)) and said.permissions]


def visits(two: Filled, app: Flask, only: str = "") -> Iterator[Visit]:
    """Every guarded route with every method, in both studies, at both organisations; or ``only`` one view."""
    for rule in guarded(app, only):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            for study in (MINE, THEIRS) if "slug" in rule.arguments else (MINE,):
                for organisation in (OWN, OTHER) if rule.arguments & _PLACES else (None,):
                    try:
                        arguments = filled(two.beginning, rule, two.studies[study], study, organisation)
                    except Unfilled:
                        continue  # told by ``riddles``
                    yield Visit(rule, method, study, organisation, address(app, rule, arguments))


def filled(rows: Rows, rule: Rule, study: int, slug: str, organisation: str | None) -> dict[str, str | int]:
    """Something for every argument of the route, that exists in this study; raises ``Unfilled``."""
    return {name: _value(rows, rule, name, study, slug, organisation) for name in rule.arguments}


def _value(rows: Rows, rule: Rule, name: str, study: int, slug: str, organisation: str | None) -> str | int:
    if name == "slug":
        return slug
    if name in _PLACES:
        return organisation or OWN
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    if not isinstance(converter, IntegerConverter):
        word = WORDS.get(f"{rule.endpoint.partition('.')[0]}.{name}", WORDS.get(name))
        if word is None:
            raise Unfilled(f"{rule.rule} ({rule.endpoint}): what word is <{name}>? Add it to WORDS: {_GUIDE}")
        return word
    table = table_of(rule, name)
    numbers = (
        rows.numbers(table, study) if "slug" in rule.arguments else [key[1][0] for key in rows.rows if key[0] == table]
    )
    if not numbers:
        raise Unfilled(f"{rule.rule} ({rule.endpoint}): what row is <{name}>? Add it to TABLES: {_GUIDE}")
    return numbers[-1]


def table_of(rule: Rule, name: str) -> str:
    """The table whose row this argument names."""
    room = rule.endpoint.partition(".")[0]
    names = (f"{rule.endpoint}.{name}", f"{room}.{name}", name)
    return next((TABLES[known] for known in names if known in TABLES), name.removesuffix("_id"))


def address(app: Flask, rule: Rule, arguments: dict[str, str | int]) -> str:
    """The address of this route with these arguments."""
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, arguments))


def may(persona: Persona, said: Declared, visit: Visit) -> bool:
    """What is expected, by the table of roles."""
    if not persona.is_somebody or persona.role is None:
        return False
    return any(_reaches(persona, permission.value, visit) for permission in said.permissions)


def _reaches(persona: Persona, permission: str, visit: Visit) -> bool:
    role = persona.role or ""
    if permission not in ROLES[role]:
        return False
    if role == "owner":
        return True
    if "slug" not in visit.rule.arguments:
        return visit.rule.endpoint in NARROWED
    if visit.study != MINE:
        return False
    if role not in OF_ONE_ORGANISATION or permission == "evaluation:read" or visit.rule.endpoint in NARROWED:
        return True
    return visit.organisation == OWN


def refused_wrongly_or_let_in(two: TwoStudies, app: Flask, persona: Persona, only: str = "") -> list[str]:
    """Walk every route as this person; what is answered otherwise than expected, or changes what it may not."""
    browser = app.test_client()
    if persona.signed_in:
        browser.set_cookie("sign-in", two.cookies[persona.name])
    faults, allowed = [], []
    for visit in visits(two, app, only):
        said = declared(app, visit.rule)
        assert said is not None
        if may(persona, said, visit):
            allowed.append(visit)
        else:
            faults += _refused(browser, persona, visit)
    if not _unchanged(two):
        faults.append(f"{persona.name}: a request that was refused changed something")
        two.restore()
    for visit in allowed:
        faults += _let_in(two, browser, persona, visit)
    two.restore()
    return faults


def failing(two: Filled) -> list[str]:
    """Pages of my study that fail, for who may see them all; 503 says that a file is still being made."""
    browser = two.app.test_client()
    browser.set_cookie("sign-in", two.cookies["owner"])
    faults = []
    for visit in visits(two, two.app):
        if (visit.method, visit.study) == ("GET", MINE):
            status = browser.get(visit.address).status_code
            faults += [f"{visit} answers {status}"] if status == 500 else []
    return faults


def about_oneself(two: TwoStudies, app: Flask, persona: Persona) -> list[str]:
    """Walk the pages of one's own account: for everybody who has one, and nothing of another's is found there."""
    browser = app.test_client()
    if persona.signed_in:
        browser.set_cookie("sign-in", two.cookies[persona.name])
    faults = []
    for rule in app.url_map.iter_rules():
        said = declared(app, rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}) if said and said.signed_in else ():
            two.restore()
            where = address(app, rule, dict.fromkeys(rule.arguments, 1))  # the number of what is another's
            answer = browser.open(where, method=method)
            at_the_door = answer.status_code == 302 and answer.location.startswith("/sign-in")
            if at_the_door == persona.is_somebody or answer.status_code >= 500:
                faults.append(f"{persona.name}: {method} {where} ({rule.endpoint}) answers {answer.status_code}")
            if rule.arguments and not _unchanged(two):
                faults.append(f"{persona.name}: {method} {where} ({rule.endpoint}) changes what is another's")
    two.restore()
    return faults


def _refused(browser: FlaskClient, persona: Persona, visit: Visit) -> list[str]:
    answer = browser.open(visit.address, method=visit.method)
    if not persona.is_somebody:
        expected = answer.status_code == 302 and answer.location.startswith("/sign-in")
    else:
        knows = persona.role == "owner" or (visit.study == MINE and persona.role is not None)
        knows = knows and "slug" in visit.rule.arguments
        expected = answer.status_code == (403 if knows else 404)
    return [] if expected else [f"{persona.name}: {visit} answers {answer.status_code}, and should refuse"]


def _let_in(two: TwoStudies, browser: FlaskClient, persona: Persona, visit: Visit) -> list[str]:
    two.restore()
    two.turned_away.clear()
    answer = browser.open(visit.address, method=visit.method)
    faults = []
    wrong = {401, 403, 404, 405, 500} if visit.method == "GET" else {401, 405, 500}  # verbs have reasons of their own
    wrong -= {404} if visit.rule.endpoint in AFTER_THE_MARK else set()
    if two.turned_away or answer.status_code in wrong:
        faults.append(f"{persona.name}: {visit} answers {answer.status_code}, and should be reached")
    if answer.location and answer.location.startswith("/sign-in"):
        faults.append(f"{persona.name}: {visit} asks to sign in")
    if visit.method == "POST":
        faults += disturbed(two, visit.study, f"{persona.name}: {visit}")
    return faults


def disturbed(two: TwoStudies, study: str, what: str) -> list[str]:
    """What a request for one study did to the other, or tied together."""
    if not two.is_touched:
        return []
    rows, other = Rows(two.database), two.studies[THEIRS if study == MINE else MINE]
    faults = [f"{what} ties two studies together in {key}" for key in rows.mixed() if key not in two.beginning.mixed()]
    if rows.of(other) != two.beginning.of(other):
        faults.append(f"{what} changes the other study")
    return faults


def strangers(two: TwoStudies, app: Flask, only: str = "") -> list[str]:
    """In the address of one study the number of a row, or the code of an organisation, of the other: not found."""
    browser = app.test_client()
    browser.set_cookie("sign-in", two.cookies["owner"])
    faults = []
    for rule in guarded(app, only):
        if "slug" not in rule.arguments:
            continue
        for name, arguments in _with_strangers(two, rule):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                where = address(app, rule, arguments)
                two.restore()
                answer = browser.open(where, method=method)
                what = f"{method} {where} ({rule.endpoint}) answers {answer.status_code} to a strange {name}"
                gone = answer.status_code == 303 and _unchanged(two)
                faults += [] if answer.status_code == 404 or gone else [what]
                if method == "POST":
                    faults += disturbed(two, MINE, f"{method} {where}")
    two.restore()
    return faults


def _unchanged(two: TwoStudies) -> bool:
    return not two.is_touched or Rows(two.database).lasting() == two.beginning.lasting()


def _with_strangers(two: TwoStudies, rule: Rule) -> Iterator[tuple[str, dict[str, str | int]]]:
    """The arguments of my study, with each in turn taken from the other."""
    try:
        arguments = filled(two.beginning, rule, two.studies[MINE], MINE, OWN)
    except Unfilled:
        return  # told by ``riddles``
    for name in rule.arguments - {"slug"}:
        if name in _PLACES:
            yield name, arguments | {name: NOT_IN_MINE}
        elif isinstance(rule._converters[name], IntegerConverter):
            theirs, mine = (set(two.beginning.numbers(table_of(rule, name), two.studies[of])) for of in (THEIRS, MINE))
            yield name, arguments | {name: min(theirs - mine)}
