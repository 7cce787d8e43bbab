"""Letting in everybody of a list that was uploaded."""

from surveyapp.actions import people_files as verbs
from surveyapp.actions.people_files import Prepared, Seats
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import PeopleFile, User, Wave
from surveyapp.queries import people_files
from surveyapp.worker.context import Context


def import_people(context: Context, *, file: int, skip: int, by: int) -> None:
    """Invite everybody in one transaction, or nobody: a list that has a fault by now stays, for its page to tell them.

    What a worker did that died afterwards is done. A list that expired raises ``NotFound`` (``people-file``).
    """
    with context.database.session(readonly=True) as session:
        kept = session.get(PeopleFile, file)
        if kept is None:
            if people_files.let_in_by(session, file) is not None:
                return
            raise NotFound("people-file")
        prepared, wave_id = verbs.prepare(session, wave=kept.wave, content=kept.content), kept.wave_id
    with context.database.session() as session:
        reserved = verbs.reserve(session, prepared=prepared)
        session.commit()
    seats = verbs.with_links(reserved, context.settings.secret_key)
    context.progress(1)
    try:
        _admit(context, prepared, seats, file, wave_id, skip=bool(skip), by=by)
    except (InvalidContent, WrongState):
        with context.database.session() as session:
            again = session.get(PeopleFile, file)
            if again is not None:
                verbs.give_back(session, file=again)
            session.commit()
        return
    context.progress(verbs.STEPS)


def _admit(context: Context, prepared: Prepared, seats: Seats, file: int, wave_id: int, *, skip: bool, by: int) -> None:
    with context.database.session() as session:
        wave = session.get_one(Wave, wave_id)
        kept = session.get(PeopleFile, file, with_for_update=True)
        if kept is None:
            return
        verbs.admit(
            session,
            wave=wave,
            prepared=prepared,
            skip=skip,
            secret_key=context.settings.secret_key,
            by=session.get(User, by),
            file=kept,
            seats=seats,
        )
        session.commit()
