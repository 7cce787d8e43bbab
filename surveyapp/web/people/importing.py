"""Letting in a whole list: uploading it, looking at what it says, and following how it is let in."""

import time
from collections import Counter
from typing import Final

from flask import redirect, render_template, request, url_for
from flask_babel import format_decimal
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from surveyapp.actions import people_files as verbs
from surveyapp.analysis.reading.grid import LARGEST, MOST_ROWS
from surveyapp.analysis.reading.people import People
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Job, PeopleFile, Wave
from surveyapp.queries import open_roles
from surveyapp.queries import people as people_queries
from surveyapp.queries import people_files as queries
from surveyapp.reports import people_faults
from surveyapp.web import errors, language, study, visitor
from surveyapp.web.database import database, reading, session
from surveyapp.web.people.room import NUMBER, Page, is_closed, people, role_names, team, to_list, wave_of
from surveyapp.web.posted import takes_files
from surveyapp.web.refreshing import Refreshing, address
from surveyapp.web.told import tell, warn
from surveyapp.web.words import _, ngettext

MOST_SHOWN: Final = 500
"""Problems in the table: who has more puts a first part right, or works with the file next to it."""
MOST_THERE: Final = 100
"""People who are there already that are named."""
_PATIENCE: Final = 2.0
"""Seconds that a page waits for a worker, which is usually enough."""
_AT_WORK: Final = frozenset({"queued", "running"})


@people.get("/import")
@team
def choose(slug: str) -> str:
    """What a list looks like, and where it can be handed in."""
    return _choose(wave_of(slug))


@people.post("/import")
@takes_files
@team
def upload(slug: str) -> Page:
    """Keep the file for as long as somebody looks at it."""
    wave = wave_of(slug)
    sent = request.files.get("file")
    content = sent.read() if sent is not None else b""
    name = (sent.filename or "") if sent is not None else ""
    try:
        file = verbs.keep(session(), wave=wave, name=name.replace("\x00", ""), content=content, by=visitor.user())
    except (InvalidContent, WrongState) as problem:
        return _choose(wave, errors.sentence(problem)), 422
    session().commit()
    return redirect(url_for("people.preview", slug=slug, number=file.id), 303)


@people.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """A file that no list of people needs."""
    return errors.page(413, errors.sentence(InvalidContent("file-too-large", most=LARGEST // 1024 // 1024)))


@people.get(f"/import/{NUMBER}")
@team
def preview(slug: str, number: int) -> Page:
    """What is in the list: how many people, and every fault with what to do."""
    wave = wave_of(slug)
    file = queries.by_id(session(), wave, number)
    if file is None:
        return _gone(slug)
    if file.job is not None and file.job.state in _AT_WORK:
        return _to_progress(slug, file.job)
    return _preview(slug, file, _read(wave, file))


@people.post(f"/import/{NUMBER}")
@team
def let_in(slug: str, number: int) -> Page:
    """Ask a worker to let everybody in; a list with faults comes back with them."""
    wave = wave_of(slug)
    session().commit()  # others can write while the list is read
    looked_at = queries.by_id(reading(), wave, number)
    if looked_at is None:
        return _gone(slug)
    skip = request.form.get("skip") == "yes"
    found = _read(wave, looked_at)
    try:
        verbs.must_be_usable(found, skip=skip)
    except InvalidContent:
        return _preview(slug, looked_at, found), 422
    file = queries.by_id(session(), wave, number)
    if file is None:
        return _gone(slug)
    job = verbs.let_in(session(), file=file, skip=skip, by=visitor.user())
    session().commit()
    return _to_progress(slug, job)


@people.post(f"/import/{NUMBER}/discard")
@team
def discard(slug: str, number: int) -> Page:
    """Throw the list away."""
    file = queries.by_id(session(), wave_of(slug), number)
    if file is not None:
        verbs.discard(session(), file=file, by=visitor.user())
        session().commit()
        tell(_("The list has been thrown away. Nobody was let in."))
    return to_list(slug)


@people.get(f"/imports/{NUMBER}")
@team
def progress(slug: str, number: int) -> Page:
    """How far letting in is; when it is done, how many people there are."""
    wave = wave_of(slug)
    job = _waited_for(wave, number)
    let_in_now = queries.let_in_by(session(), int(job.arguments["file"]))
    if let_in_now is not None:
        number_of = ngettext("%(num)s person is on the list.", "%(num)s people are on the list.", let_in_now)
        tell(_("The list has been let in.") + " " + number_of)
        return to_list(slug)
    file = queries.by_id(session(), wave, int(job.arguments["file"]))
    if file is not None and job.state not in _AT_WORK:
        warn(_("Nobody was let in: something has changed since you looked. Look at the list again, please."))
        return redirect(url_for("people.preview", slug=slug, number=file.id), 303)
    return render_template(
        "people/progress.html",
        evaluation=study.evaluation(slug),
        job=job,
        gone=file is None,
        refreshing=Refreshing.asked(every=3),
        at=address,
    )


def _waited_for(wave: Wave, number: int) -> Job:
    """The job, after a moment in which a worker is usually done; raises ``NotFound``."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        with database().session(readonly=True) as looking:
            job = queries.job(looking, wave, number)
        if job is None:
            raise NotFound("job")
        if job.state not in _AT_WORK or time.monotonic() > deadline:
            session().rollback()
            return job
        time.sleep(0.1)


def _read(wave: Wave, file: PeopleFile) -> People:
    prepared = verbs.prepare(reading(), wave=wave, content=file.content, language=language.current())
    return prepared.people


def _choose(wave: Wave, problem: str = "") -> str:
    closed = open_roles.of(session(), wave)
    return render_template(
        "people/import.html",
        evaluation=wave.evaluation,
        closed=is_closed(wave),
        problem=problem,
        titles=people_faults.titles(language.current()),
        places=people_queries.places(session(), wave.evaluation),
        roles=[(key, name) for key, name in role_names(wave).items() if key not in closed],
        languages=[(code, language.name_of(code)) for code in wave.languages],
        largest=LARGEST // 1024 // 1024,
        most=format_decimal(MOST_ROWS),
    )


def _preview(slug: str, file: PeopleFile, found: People) -> str:
    spoken = language.current()
    wrong = [fault for fault in found.problems if fault not in set(found.already_there)]
    there = list(found.already_there)
    return render_template(
        "people/preview.html",
        evaluation=study.evaluation(slug),
        file=file,
        found=found,
        wrong=wrong,
        shown=wrong[:MOST_SHOWN],
        there=there,
        most_there=MOST_THERE,
        per_place=_per_place(file.wave, found),
        sentence=lambda fault: people_faults.sentence(fault, spoken),
        column=lambda fault: people_faults.column(fault.column, spoken),
    )


def _per_place(wave: Wave, found: People) -> list[tuple[str, int]]:
    """How many people of the list each organisation has, by its name, in the order of the study."""
    counted = Counter(each.organisation for each in found.rows)
    places = people_queries.places(session(), wave.evaluation)
    return [(name, counted[code]) for code, name in places if counted[code]]


def _gone(slug: str) -> Response:
    warn(
        _("This list is no longer here: it is thrown away after an hour, or when you choose another file. "
          "Choose the file again.")
    )  # fmt: skip
    return redirect(url_for("people.choose", slug=slug), 303)


def _to_progress(slug: str, job: Job) -> Response:
    return redirect(url_for("people.progress", slug=slug, number=job.id), 303)
