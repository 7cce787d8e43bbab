"""The interviews of the first study: one with a municipality's governor, one with its officials, one with the programme
team, each held, with what was noted and said; and one that is still to come."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import interviews, notes
from surveyapp.models import Interview, Membership, User, Wave
from surveyapp.queries.interviews import invitees

_MADE_UP: Final = UUID("5c7b0f3a-3d0e-4f5c-9f43-6a1f5f0c2026")


class _Said(NamedTuple):
    topic: str
    mark: str
    note: str
    quote: str = ""
    consent: str = "none"


class _Talk(NamedTuple):
    code: str
    """Of the organisation; empty for the programme team."""
    role: str
    days_ago: int
    place: str
    said: tuple[_Said, ...]


_TALKS: Final = (
    _Talk(
        "GM0141",
        "governor",
        6,
        "Stadhuis",
        (
            _Said("opening", "", "Akkoord met opname. Verslag gaat ter correctie naar de wethouder."),
            _Said(
                "g3",
                "confirms",
                "Over andere instrumenten dan contracten is bestuurlijk nauwelijks gesproken.",
                "We hebben vooral gepraat over de contracten, niet over wat er verder had gekund.",
                "role",
            ),
            _Said("g6", "nuance", "Rapportages kwamen wel, maar te laat om nog op te sturen."),
            _Said("closing", "new", "Wil in de volgende ronde vooraf een kort besluitstuk per zorgvorm."),
        ),
    ),
    _Talk(
        "GM0147",
        "official",
        4,
        "Gemeentehuis",
        (
            _Said(
                "g3",
                "confirms",
                "De afweging tussen inkoopvormen is niet vastgelegd.",
                "De keuze lag eigenlijk al vast toen wij aanschoven.",
                "unattributed",
            ),
            _Said("g6", "confirms", "Ieder houdt eigen lijstjes bij; er is geen gedeeld beeld van kwaliteit."),
            _Said("g2", "contradicts", "Doelen waren volgens hen juist wel bekend, maar niet meetbaar."),
        ),
    ),
    _Talk(
        "",
        "",
        2,
        "Kantoor van het programma",
        (
            _Said("g3", "nuance", "De tijdsdruk liet weinig ruimte om inkoopvormen te vergelijken."),
            _Said(
                "g6",
                "new",
                "Er komt een dashboard; gemeenten zijn nog niet gevraagd wat zij willen zien.",
                "We bouwen iets wat gemeenten hopelijk willen gebruiken.",
                "paraphrase",
            ),
        ),
    ),
)


def make(session: Session, wave: Wave, members: dict[str, Membership], by: User) -> list[Interview]:
    """Hold them; ``members`` by code of the organisation."""
    today = clock.local(clock.now()).replace(hour=10, minute=0, second=0, microsecond=0)
    held = [_held(session, wave, members.get(talk.code), talk, today, by) for talk in _TALKS]
    interviews.plan(
        session,
        wave=wave,
        membership=members["GM0153"],
        role="governor",
        starts_at=today + timedelta(days=5),
        place="Stadskantoor",
        interviewers=[by],
        by=by,
    )
    return held


def _held(session: Session, wave: Wave, member: Membership | None, talk: _Talk, today: datetime, by: User) -> Interview:
    interview = interviews.plan(
        session,
        wave=wave,
        membership=member,
        role=talk.role,
        starts_at=today - timedelta(days=talk.days_ago),
        place=talk.place,
        interviewers=[by],
        by=by,
    )
    who = next((one for one in invitees(session, wave, member) if one.role == talk.role), None)
    name = "" if who is not None else "Mirjam Oude Voshaar"
    person = interviews.add_participant(session, interview=interview, invitee=who, name=name, by=by)
    for number, said in enumerate(talk.said):
        known = {"interview": interview, "topic": said.topic, "by": by}
        note, quote = (str(uuid5(_MADE_UP, f"{talk.code} {number} {kind}")) for kind in ("note", "quote"))
        notes.note(session, **known, id=note, text=said.note, mark=said.mark)  # type: ignore[arg-type]
        if said.quote:
            words = {"text": said.quote, "consent": said.consent, "participant": person.id}
            notes.quote(session, **known, id=quote, **words)  # type: ignore[arg-type]
    interviews.set_state(session, interview=interview, version=interview.version, state="held", by=by)
    return interview
