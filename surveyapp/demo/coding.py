"""How the open answers of the invented study were sorted, by two people, and which words may be quoted.

The codes follow words in the sentences, which an invented person does and no product should; the second sometimes sees
it differently.
"""

from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.access import RESEARCHER
from surveyapp.actions import codebook, coding, text_releases, users
from surveyapp.actions.text_releases import Wanted
from surveyapp.models import Code, User, Wave
from surveyapp.queries import coding as found
from surveyapp.queries import source_texts
from surveyapp.queries.source_texts import ANSWER, SourceText
from surveyapp.questionnaires.edition import Edition

_FILE: Final = Path(__file__).with_name("codebook.csv")
_WORDS: Final = {
    "figures": ("cijfers", "analyse", "gegevens", "in beeld", "beeld van"),
    "time": ("tijd", "eerder", "laat", "tempo", "maand", "haast", "lang"),
    "capacity": ("capaciteit", "geld", "mensen", "menskracht", "kennis", "ervaren", "uren"),
    "goals": ("doel",),
    "council": ("raad", "college"),
    "providers": ("aanbieder", "markt"),
    "contracts": ("contract", "tarie", "voorwaarde"),
    "together": ("samen", "elkaar", "overleg"),
    "decide": ("besluit", "beslis", "keuze", "mandaat"),
    "trust": ("vertrouw", "open ", "eerlijk"),
    "learning": ("leer", "evaluatie", "vorige"),
    "own": ("onze gemeente", "elke gemeente", "regio"),
}
_THEMES: Final = ("g1", "g2", "g3")
"""Of which the answers were sorted by now."""
_QUOTED: Final = 2
"""Texts of each theme that may be quoted."""
_DIFFERS: Final = 0.12
"""How often the second person leaves out a code that the first gave."""
_REASON: Final = "Gaat over de gemeente, niet over wie het doet."


def make(session: Session, wave: Wave, edition: Edition, chance: Random, by: User) -> None:
    """Through the verbs that people use, so that the log tells it too."""
    themes = [theme.key for theme in edition.framework.themes]
    content = _FILE.read_bytes()
    second = users.create(session, email="eva@bureau.example", name="Eva Eppink", by=by)
    users.grant(session, user=second, role=RESEARCHER.name, evaluation=wave.evaluation, by=by)
    codebook.let_in(session, evaluation=wave.evaluation, content=content, themes=themes, by=by)
    codes = {code.key: code for code in found.codes(session, wave.evaluation)}
    texts = [text for text in source_texts.of(session, wave, sources=(ANSWER,)) if text.theme in _THEMES]
    again = found.sample(wave, texts)
    for text in texts:
        fitting = [key for key, words in _WORDS.items() if any(word in text.text.lower() for word in words)]
        _code(session, wave, text, [codes[key] for key in fitting], by)
        if (text.source, text.key) in again:
            seen = [key for key in fitting if chance.random() > _DIFFERS]
            _code(session, wave, text, [codes[key] for key in seen], second)
            if set(fitting) - set(seen) and chance.random() < 0.5:
                missed = codes[min(set(fitting) - set(seen))]
                where = {"source": text.source, "key": text.key}
                coding.settle(session, wave=wave, **where, code=missed, fits=True, reason=_REASON, by=by)
    for theme in _THEMES:
        _quote(session, wave, [text for text in texts if text.theme == theme], themes, by)


def _code(session: Session, wave: Wave, text: SourceText, codes: list[Code], by: User) -> None:
    coding.assign(
        session,
        wave=wave,
        source=text.source,
        key=text.key,
        begins=0,
        ends=len(text.text),
        text_digest=text.digest,
        codes=codes,
        none_fits=not codes,
        memo="",
        by=by,
    )


def _quote(session: Session, wave: Wave, texts: list[SourceText], themes: list[str], by: User) -> None:
    """The first that can be, each of somebody else and in other words."""
    people: set[str] = set()
    said: set[str] = set()
    for text in texts:
        if len(people) == _QUOTED:
            return
        if text.person in people or text.text in said:
            continue
        wanted = Wanted("released", text.text, "role", text.theme, text.digest, "Gelezen: zegt niet wie het is.")
        text_releases.decide(session, wave=wave, source=text.source, key=text.key, wanted=wanted, themes=themes, by=by)
        people.add(text.person)
        said.add(text.text)
