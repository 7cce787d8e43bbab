"""Published for the project lead, corrected, published for everybody: all of it together tells of nobody.

Every file of every publication is read as a stranger reads it, with who took part known, and attacked as one.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import mergers, privacy, publications, responses, waves
from surveyapp.analysis.attacking import Finding, Knowledge, Reading, attack
from surveyapp.analysis.attacking.participation import known_to_all
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.analysis.merging import merged
from surveyapp.analysis.results import Results
from surveyapp.models import Membership, Publication
from surveyapp.queries import counts, editions, publication_download
from surveyapp.queries import publications as found
from surveyapp.reports.datasets import packing
from surveyapp.reports.reading_back import read_all
from tests import cast
from tests.cast import Study

TO_READ = ("csv", "json", "xlsx")


def answered(session: Session, *people: int) -> Study:
    """So many officials answer in Almelo, Borne and Enschede, in order, each in their own way; and Carla of Borne."""
    study = cast.study(session)
    waves.set_for_public(session, wave=study.wave, for_public=True, by=study.anna)
    for member, number in enumerate(people):
        for place in range(number):
            one, other = 1 + (place + member) % 5, 2 + place % 3
            study.respond(
                session, "official", member=member, t1_1=str(one), t1_2=str(other), t1_3="3", t2_1=str(6 - one)
            )
    carla = study.invite(session, "official", member=1, name="Carla", email="carla@borne.example")
    begun = responses.start(session, invitation=carla)
    study.save(session, begun, t1_1="1", t1_2="5", t1_3="2", t2_1="1")
    study.submit(session, begun)
    waves.close(session, wave=study.wave, by=study.anna)
    return study


def erase(session: Session, study: Study) -> None:
    (carla,) = privacy.look_for(session, evaluation=study.evaluation, words="carla@", by=study.anna)
    privacy.erase(session, person=carla, reason="Op verzoek.", by=study.anna)


def read(session: Session, publication: Publication, release: int, room: Path) -> Reading:
    """What stands in the files of a publication, and of what each organisation gets of it."""
    of_each = publication.wave.evaluation.memberships if publication.audience == "lead" else []
    selections: list[Membership | None] = [None, *of_each]
    files = []
    for place, member in enumerate(selections):
        for kind in TO_READ:
            folder = room / f"{release}-{place}-{kind}"
            folder.mkdir()
            audience = publication.audience if member is None else "organisation"
            download = publication_download.made(session, publication, audience, member)
            made = packing.files(download, kind, folder, stem="samen")
            files += [(f"{folder.name}/{file.name}", file.read_bytes()) for file in made]
    return read_all(files, release=release)


def attacked(session: Session, study: Study, room: Path) -> list[Finding]:
    """By somebody with everything that was ever released of the wave."""
    history = found.history(session, study.wave)
    readings = [read(session, each, release, room) for release, each in enumerate(history)]
    assert all(reading.facts or reading.hidden for reading in readings)
    return attack(Reading.together(readings), known(session, study, len(readings)))


def known(session: Session, study: Study, releases: int) -> Knowledge:
    """Who took part, as far as it stayed the same."""
    asked = editions.of(session, study.wave).questionnaire
    made_of = counts.of(session, study.wave, asked)
    told = known_to_all(merged(made_of, found.to_be_merged(session, study.wave)), asked)
    return told if releases == 1 else replace(told, sizes={}, asked={})


def test_publishing_correcting_and_opening_to_everybody_tells_of_nobody(session: Session, tmp_path: Path) -> None:
    study = answered(session, 12, 11, 10)
    publications.publish(session, wave=study.wave, by=study.anna)
    erase(session, study)
    publications.publish(session, wave=study.wave, by=study.anna, reason="Iemand vroeg om wissen.")
    publications.publish(session, wave=study.wave, audience="public", by=study.anna)
    released = [(each.audience, each.number) for each in found.history(session, study.wave)]
    assert released == [("lead", 1), ("lead", 2), ("public", 1)]
    assert attacked(session, study, tmp_path) == []


def test_what_is_shown_as_one_is_never_told_apart(session: Session, tmp_path: Path) -> None:
    study = answered(session, 12, 3, 3)
    two = ["GM0147", "GM0153"]
    mergers.merge(session, wave=study.wave, kind="organisations", members=two, reason="Te klein.", by=study.anna)
    for audience in ("lead", "public"):
        publications.publish(session, wave=study.wave, audience=audience, by=study.anna)
    assert attacked(session, study, tmp_path) == []


def test_a_correction_that_did_not_know_of_the_first_would_tell(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without what was released before, the difference is Carla."""
    study = answered(session, 12, 11, 10)
    publications.publish(session, wave=study.wave, by=study.anna)
    erase(session, study)

    def forgetful(results: Results, policy: Policy, released: Sequence[SafeResults] = ()) -> SafeResults:
        assert len(released) == 1
        return protect(results, policy)

    monkeypatch.setattr(publications, "protect", forgetful)
    publications.publish(session, wave=study.wave, by=study.anna, reason="Iemand vroeg om wissen.")
    assert attacked(session, study, tmp_path) != []
