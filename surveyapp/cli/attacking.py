"""Attacking what was published: reading it back, and saying in plain words what was tried and what came out."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from surveyapp.analysis.attacking import Demands, Fact, Finding, Knowledge, Reading
from surveyapp.analysis.attacking import attack as try_everything
from surveyapp.analysis.attacking import finding as kinds
from surveyapp.analysis.attacking.participation import known_to_all
from surveyapp.config import from_environment
from surveyapp.errors import InvalidContent, NotFound
from surveyapp.models import Publication
from surveyapp.models.database import Database
from surveyapp.queries import counts, editions, publication_download, publications
from surveyapp.reports.datasets import packing
from surveyapp.reports.reading_back import read_all
from surveyapp.reports.reading_back.files import READERS, Unreadable, files_in

_FACTS_TOLD = 8
File = tuple[str, bytes]


@dataclass(frozen=True)
class Report:
    """What to print, and whether anything was found."""

    lines: tuple[str, ...]
    found: bool


def examine(named: Sequence[str], threshold: int, points: int, outside: frozenset[str]) -> Report:
    """Attack folders, files, or publications by their number, released in this order.

    A publication comes with all that was released of its wave before. Raises ``InvalidContent``
    (``file-cannot-be-read``) and ``NotFound`` (``there-is-no-publication``).
    """
    began = time.monotonic()
    known = Knowledge(points=points, outside=outside)
    releases: list[list[File]] = []
    for name in named:
        if Path(name).exists():
            releases.append(list(files_in(Path(name))))
        else:
            published, told = _of_publication(int(name))
            releases += published
            known = replace(told, outside=told.outside | outside)
    if len(releases) > 1:
        known = replace(known, sizes={}, asked={})
    reading = Reading.together(_read(files, release) for release, files in enumerate(releases))
    findings = try_everything(reading, known, Demands(threshold, max(10, threshold), max(10, threshold)))
    files = [file for release in releases for file in release]
    tried = _tried(reading, files, len(releases), time.monotonic() - began)
    return Report((*tried, *_lines(findings)), bool(findings))


def _read(files: Sequence[File], release: int) -> Reading:
    try:
        return read_all(files, release=release)
    except Unreadable as broken:
        raise InvalidContent("file-cannot-be-read", name=str(broken)) from broken


def _of_publication(number: int) -> tuple[list[list[File]], Knowledge]:
    """The files of it and of what was released of the wave before, by the data they were made of; who took part."""
    database = Database(from_environment().database_url)
    try:
        with database.session() as session:
            publication = session.get(Publication, number)
            if publication is None:
                raise NotFound("there-is-no-publication", number=number)
            questionnaire = editions.of(session, publication.wave).questionnaire
            known = known_to_all(counts.of(session, publication.wave, questionnaire), questionnaire)
            released = [each for each in publications.history(session, publication.wave) if each.id <= number]
            by_data: dict[str, list[File]] = {}
            for each in released:
                by_data.setdefault(each.data_digest, []).extend(_files_of(session, each))
            if any(each.merged for each in released):
                known = replace(known, sizes={}, asked={}, could={})
            return list(by_data.values()), known
    finally:
        database.dispose()


def _files_of(session: Session, publication: Publication) -> Iterator[File]:
    """Its download in every format, and what is kept of it."""
    stem = f"publication-{publication.id}"
    yield f"{stem}/frozen.json", json.dumps(publication.document).encode()
    made = publication_download.of(session, publication.wave, publication.audience, number=publication.number)
    for kind in packing.FORMATS:
        with tempfile.TemporaryDirectory(prefix="surveyapp-") as room:
            for file in packing.files(made, kind, Path(room), stem=stem):
                yield f"{stem}/{kind}/{file.name}", file.read_bytes()


def _tried(reading: Reading, files: Sequence[File], releases: int, seconds: float) -> Iterator[str]:
    """What was read and what was done with it."""
    ends = Counter(Path(name).suffix.lower() for name, _ in files)
    read = ", ".join(f"{number} {end[1:]}" for end, number in sorted(ends.items()) if end in READERS)
    passed = sum(number for end, number in ends.items() if end not in READERS)
    yield f"files: {read or 'none'}" + (f"; passed over {passed} of other kinds" if passed else "")
    cells = len({(fact.key, fact.organisation, fact.role) for fact in reading.facts})
    yield f"read: {len(reading.facts)} numbers in {cells} cells, and {len(reading.hidden)} cells that are hidden"
    times = f", of {releases} releases together" if releases > 1 else ""
    yield (
        f"tried: combinations, intervals and whole answers on {len(reading.keys)} themes and questions{times}, and "
        f"{len(reading.leftovers)} numbers in corners of the files, in {seconds:.1f} seconds"
    )


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        yield "found: nobody; nothing about fewer people than the threshold follows from these files"
        return
    yield f"found: {len(findings)} things that should not be known"
    for number, each in enumerate(findings, 1):
        yield f"{number}. {sentence(each)}"
        for fact in each.facts[:_FACTS_TOLD]:
            yield f"   - {told(fact)}"
        if len(each.facts) > _FACTS_TOLD:
            yield f"   - and {len(each.facts) - _FACTS_TOLD} more"


def sentence(each: Finding) -> str:
    """A finding in words."""
    who = " and ".join(each.who)
    people = "1 person" if each.people == 1 else f"{each.people} people"
    span = f"{each.low:.2f}" if each.high - each.low < 0.005 else f"between {each.low:.2f} and {each.high:.2f}"
    words = {
        kinds.COMBINED: f"{each.key}: the answers of {people} ({who}) follow from other numbers: mean {span}, from",
        kinds.NARROW: f"{each.key}: {people} of {who}: the mean can only be {span}, by",
        kinds.FEW_VALUES: f"{each.key}: {people} ({who}): as answers are whole, the mean can only be {span}, by",
        kinds.COUNTED: f"{each.key}: a count of answers of {people} ({who}) follows from other counts: {span}, from",
        kinds.UNANIMOUS: f"{each.key}: all {people} of {who}, or all but one, gave the same answer ({span}), by",
        kinds.LEFT_BEHIND: f"a number that is shown nowhere stands in {each.place}",
        kinds.TOO_PRECISE: f"{each.key}: a mean with more decimals than two, which tells single answers",
        kinds.CONTRADICTING: f"{each.key}: all of these cannot be true of the same people: an answer changed between",
    }
    return words[each.kind]


def told(fact: Fact) -> str:
    """A printed number in words: what it is of, its value, and where it stands."""
    about = f"{fact.key}, {fact.organisation}, {fact.role}" + (f" minus {fact.other}" if fact.other else "")
    release = f", release {fact.release + 1}" if fact.release else ""
    return f"{about}: {fact.statistic} {fact.value:.{min(fact.decimals, 6)}f} ({fact.source}{release})"
