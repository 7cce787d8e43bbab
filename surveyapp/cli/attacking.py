"""Attacking what was published: reading it back, and saying in plain words what came out."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from surveyapp.analysis.attacking import Demands, Fact, Finding, Knowledge, Reading
from surveyapp.analysis.attacking import attack as try_everything
from surveyapp.analysis.attacking import finding as kinds
from surveyapp.analysis.attacking.participation import known_to_all
from surveyapp.config import from_environment
from surveyapp.errors import InvalidContent, NotFound
from surveyapp.models import Publication
from surveyapp.models.database import Database
from surveyapp.queries import counts, editions, publications
from surveyapp.reports.csv_files import rounded
from surveyapp.reports.reading_back import read_all
from surveyapp.reports.reading_back.files import Unreadable, files_in

_FACTS_TOLD = 8


@dataclass(frozen=True)
class Report:
    """What to print, and whether anything was found."""

    lines: tuple[str, ...]
    found: bool


def examine(named: Sequence[str], threshold: int, points: int, outside: frozenset[str]) -> Report:
    """Attack folders, files, or publications by their number, released in this order.

    Raises ``InvalidContent`` (``file-cannot-be-read``) and ``NotFound`` (``there-is-no-publication``).
    """
    readings, known = [], Knowledge(points=points, outside=outside)
    for release, name in enumerate(named):
        if Path(name).exists():
            readings.append(_of_files(Path(name), release))
        else:
            reading, told = _of_publication(int(name), release)
            readings.append(reading)
            known = replace(told, outside=told.outside | outside)
    reading = Reading.together(readings)
    if len(named) > 1:
        known = replace(known, sizes={}, asked={})
    findings = try_everything(reading, known, Demands(people=threshold, people_of_counts=max(10, threshold)))
    return Report(tuple(_lines(reading, findings)), bool(findings))


def _of_files(path: Path, release: int) -> Reading:
    try:
        return read_all(files_in(path), release=release)
    except Unreadable as broken:
        raise InvalidContent("file-cannot-be-read", name=str(broken)) from broken


def _of_publication(number: int, release: int) -> tuple[Reading, Knowledge]:
    """What was frozen, as the files that are made of it, and who took part."""
    database = Database(from_environment().database_url)
    try:
        with database.session() as session:
            publication = session.get(Publication, number)
            if publication is None:
                raise NotFound("there-is-no-publication", number=number)
            safe = publications.safe_results(publication)
            questionnaire = editions.of(session, publication.wave).questionnaire
            known = known_to_all(counts.of(session, publication.wave, questionnaire), questionnaire)
            files = [
                ("scores.csv", rounded(safe.scores).encode()),
                ("gaps.csv", rounded(safe.gaps).encode()),
                ("publication.json", json.dumps(publication.document).encode()),
            ]
    finally:
        database.dispose()
    return read_all(files, release=release), known


def _lines(reading: Reading, findings: Sequence[Finding]) -> Iterator[str]:
    cells = len({(fact.key, fact.organisation, fact.role) for fact in reading.facts})
    read = f"read {len(reading.facts)} numbers in {cells} cells, and {len(reading.hidden)} cells that are hidden"
    if not findings:
        yield f"{read}: nothing about fewer people than the threshold follows from them"
        return
    yield f"{read}: {len(findings)} findings"
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
