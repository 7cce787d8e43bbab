"""The demonstration is made by the verbs, is the same every time, and tells what it is meant to tell."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.actions import tallies
from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.disclosure import Policy, protect
from surveyapp.demo import neighbourhoods, people, preparing, study
from surveyapp.demo.preparing import Demonstration
from surveyapp.models import Answer, Invitee, Response, Wave
from surveyapp.models.database import Database
from surveyapp.queries import counts, editions, evaluations, findings, monitor, open_links, publications, reviews


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demonstration]:
    folder = tmp_path_factory.mktemp("demonstration")
    return folder, preparing.prepare(folder, 8123, lambda _step: None)


@pytest.fixture
def demonstration(made: tuple[Path, Demonstration]) -> Demonstration:
    return made[1]


@pytest.fixture
def opened(demonstration: Demonstration) -> Session:
    return Database(demonstration.environment["SURVEYAPP_DATABASE_URL"]).session(readonly=True)


def first_wave(session: Session) -> Wave:
    return evaluations.wave(session, evaluations.by_slug(session, "twente-2026"))


def test_the_first_study_has_the_size_of_the_real_one(opened: Session) -> None:
    cells = monitor.per_cell(opened, first_wave(opened))
    governors = {cell.organisation: cell.invited for cell in cells if cell.role == "governor"}
    officials = {cell.organisation: cell.invited for cell in cells if cell.role == "official"}
    assert set(governors) == set(officials) == set(people.REGION)
    assert {code for code in people.REGION if (governors[code], officials[code]) == (1, 4)} == people.SMALL
    assert all(
        2 <= governors[code] <= 3 and 4 <= officials[code] <= 9 for code in governors if code not in people.SMALL
    )
    answered = sum(cell.submitted for cell in cells) / sum(cell.invited for cell in cells)
    assert 0.68 <= answered <= 0.85


def test_the_first_study_is_closed_and_published_and_its_counts_are_right(opened: Session) -> None:
    wave = first_wave(opened)
    assert wave.closed_at is not None
    assert publications.of(opened, wave) is not None
    assert tallies.recount(Database(str(opened.get_bind().engine.url)).session(), wave=wave) == []


def test_the_second_study_is_open_with_at_least_400_unused_invitations(
    opened: Session, demonstration: Demonstration
) -> None:
    wave = evaluations.wave(opened, evaluations.by_slug(opened, "twente-volgende-ronde"))
    invited = opened.scalar(select(func.count()).where(Invitee.wave_id == wave.id))
    assert invited == len(demonstration.links["invitations"])  # type: ignore[arg-type]
    assert invited is not None
    assert invited >= 400
    assert opened.scalar(select(func.count()).where(Response.wave_id == wave.id)) == 0


def test_the_third_study_is_open_to_residents_and_everybody_in_it_has_sent_something(
    opened: Session, demonstration: Demonstration
) -> None:
    wave = evaluations.wave(opened, evaluations.by_slug(opened, neighbourhoods.SLUG))
    sent = opened.execute(
        select(Response.role, func.count())
        .where(Response.wave_id == wave.id, Response.submitted)
        .group_by(Response.role)
    )
    assert dict(row for row in sent) == {"official": 2, "provider": 4, "resident": 12}
    token = str(demonstration.links["open_link"]).removeprefix("http://127.0.0.1:8123/o/")
    link = open_links.by_token(opened, token)
    assert link is not None
    assert (link.role, link.wave_id) == ("resident", wave.id)


def test_mandate_is_weak_and_homework_is_strong_in_the_region(opened: Session) -> None:
    wave = first_wave(opened)
    questionnaire = editions.of(opened, wave).questionnaire
    scores = analyse(counts.of(opened, wave, questionnaire), questionnaire, test=False).scores
    region = scores[(scores.level == "theme") & (scores.organisation == "all") & (scores.role == "all")]
    means = dict(zip(region.key, region["equal"], strict=True))
    assert min(means, key=means.__getitem__) == "g7"
    assert max(means, key=means.__getitem__) == "g1"


def test_the_protection_is_no_blanket(opened: Session) -> None:
    """On every habit the project lead sees at least ten of the fourteen municipalities."""
    wave = first_wave(opened)
    questionnaire = editions.of(opened, wave).questionnaire
    results = analyse(counts.of(opened, wave, questionnaire), questionnaire, test=False)
    scores = protect(results, Policy.of("lead")).scores
    rows = scores[scores["level"].eq("theme") & scores["role"].eq("all") & scores["organisation"].str.startswith("GM")]
    seen = rows["mean"].notna().groupby(rows["key"]).sum()
    assert rows["organisation"].nunique() == 14
    assert set(seen.index) == set(questionnaire.themes)
    assert seen.min() >= 10


def test_open_answers_are_written_and_not_twice_in_one_organisation(opened: Session) -> None:
    rows = opened.execute(
        select(Response.membership_id, Answer.question, Answer.value)
        .join(Answer, Answer.response_id == Response.id)
        .where(Answer.question.like("g%_change"), Answer.value != "")
    ).all()
    assert len(rows) > 100
    assert len(set(rows)) == len(rows)


def test_links_are_written_for_whoever_comes_in_and_only_for_the_owner_of_the_files(
    made: tuple[Path, Demonstration],
) -> None:
    folder, demonstration = made
    links = json.loads((folder / "links.json").read_text(encoding="utf-8"))
    assert links == demonstration.links
    assert links["base_url"] == "http://127.0.0.1:8123"
    assert links["municipality_code"] == study.READS_OWN
    assert all(link.startswith("http://127.0.0.1:8123/r/") for link in links["invitations"])
    assert (folder / "links.json").stat().st_mode & 0o077 == 0


def test_the_same_seed_makes_the_same_answers(made: tuple[Path, Demonstration], tmp_path: Path) -> None:
    again = preparing.prepare(tmp_path, 8123, lambda _step: None)
    answers = []
    for demonstration in (made[1], again):
        with Database(demonstration.environment["SURVEYAPP_DATABASE_URL"]).session(readonly=True) as session:
            rows = select(Response.invitation_id, Answer.question, Answer.value).join_from(Answer, Response)
            answers.append(sorted(map(tuple, session.execute(rows))))
    assert answers[0] == answers[1] != []


def test_what_was_made_is_found_again_for_its_own_port_only(made: tuple[Path, Demonstration]) -> None:
    folder, demonstration = made
    assert preparing.existing(folder, 8123) == demonstration
    assert preparing.existing(folder, 8124) is None


def test_what_was_found_rests_on_scores_and_documents_and_was_heard_on_both_sides(opened: Session) -> None:
    wave = first_wave(opened)
    found = findings.written(opened, wave)
    assert len(found) == 10
    assert {each.strength.level for each in found} >= {"one", "independent", "contradicted"}
    assert len(findings.recommended(opened, wave)) == 7
    table = reviews.table(opened, wave)
    assert sorted({each.disposition for each in table}) == ["not", "partly", "taken-over"]
    corrected = [each for review in reviews.of_wave(opened, wave) for each in reviews.now_reads(opened, review)]
    assert corrected == ["finding-8"]
