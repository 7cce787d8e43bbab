"""What can be downloaded says the same as the pages, in every format, and to nobody more than the pages do."""

import io
import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp.models import Evaluation, Wave
from surveyapp.queries import counts
from surveyapp.reports.datasets import packing
from tests import downloads
from tests.web.staff import Stage, edition, set_up

STUDY = "/evaluations/samen"
CODED = [question.key for question in edition().questionnaire.coded]


def fetched(client: FlaskClient, path: str, room: Path) -> Path:
    answer = client.get(f"{STUDY}{path}")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), path
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    return downloads.unpacked(answer.data, room / str(len(list(room.iterdir()))))


def fetched_answers(client: FlaskClient, kind: str, room: Path) -> Path:
    """Every answer, after asking for it in an installation where a reason is enough."""
    wave = re.search(r'<option value="(\d+)"', client.get(f"{STUDY}/approvals/export").text)
    assert wave is not None
    asked = client.post(f"{STUDY}/approvals/export", data={"wave": wave[1], "reason": "Voor het rapport."})
    answer = client.post(f"{asked.location}/answers.zip", data={"kind": kind})
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    return downloads.unpacked(answer.data, room / f"answers-{kind}")


def kept(stage: Stage) -> Counter[tuple[str, str, str, str]]:
    """The tallies of the wave."""
    with stage.database.session(readonly=True) as session:
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        items = counts.of(session, wave, edition().questionnaire).items
    return Counter({tuple(map(str, row[:4])): int(row[4]) for row in items.itertuples(index=False)})  # type: ignore[misc]


def test_every_format_and_every_page_counts_the_same(stage: Stage, tmp_path: Path) -> None:
    """The answers one by one, how often each was given, the scores, the page, and what is kept: one truth."""
    set_up(stage, published=True)
    stage.app.config["WTF_CSRF_ENABLED"] = False
    anna, expected = stage.client("anna"), kept(stage)
    assert sum(expected.values()) > 500
    scores = {}
    for kind in packing.FORMATS:
        answers = downloads.read(fetched_answers(anna, kind, tmp_path), kind)
        results = downloads.read(fetched(anna, f"/results.{kind}.zip", tmp_path), kind)
        coded = Counter({row: count for row, count in expected.items() if row[0] in CODED})
        assert downloads.tallied(answers["respondents"], CODED) == coded, kind
        assert downloads.counted(results["counts"]) == expected, kind
        assert _cells(results["distributions"]) == expected, kind
        scores[kind] = results["scores"]
    for kind, rows in scores.items():
        assert [_counts(row) for row in rows] == [_counts(row) for row in scores["json"]], kind
        for row, same in zip(rows, scores["json"], strict=True):
            assert row["mean"] == (same["mean"] if same["mean"] is None else pytest.approx(same["mean"])), kind
    _agrees_with_scores(expected, scores["csv"])
    page = stage.page("anna", "/scores/organisations/GM0141?language=en")
    table = page[page.index('id="scores"') :]
    n = next(row["n"] for row in scores["csv"] if _place(row) == ("theme", "g1", "GM0141", "all"))
    first = re.search(r'<tr class="total">.*?<td class="number">(\d+)</td>', table, re.DOTALL)
    assert first is not None
    assert float(first[1]) == n == 7


def _cells(rows: downloads.Rows) -> Counter[tuple[str, str, str, str]]:
    """The counts of single organisations and roles, as the tallies name them."""
    return Counter(
        {
            (
                ".".join(filter(None, (row["question"], row["option"]))),
                row["organisation"],
                row["role"],
                row["answer"] or "",
            ): int(row["count"])
            for row in rows
            if "all" not in (row["organisation"], row["role"]) and row["count"]
        }
    )


def _hides_what_it_says(tables: dict[str, downloads.Rows]) -> None:
    """Counts are there for exactly the rows that are shown, and add up to everybody who was asked."""
    keys = ("question", "option", "organisation", "role")
    totals: Counter[tuple[object, ...]] = Counter()
    for row in tables["distributions"]:
        totals[tuple(row[key] for key in keys)] += int(row["count"])
    shown = {tuple(row[key] for key in keys): row["asked"] for row in tables["measures"] if not row["suppressed"]}
    assert totals == shown
    assert len(shown) < len(tables["measures"])


def _place(row: dict[str, object]) -> tuple[object, ...]:
    return (row["level"], row["key"], row["organisation"], row["role"])


def _counts(row: dict[str, object]) -> tuple[object, ...]:
    return (*_place(row), *(row[name] for name in ("invited", "responded", "n", "dk", "na", "skipped")))


def _agrees_with_scores(expected: Counter[tuple[str, str, str, str]], scores: downloads.Rows) -> None:
    compared = 0
    for row in scores:
        if row["level"] == "item" and "all" not in (row["organisation"], row["role"]):
            here = {code: expected[row["key"], row["organisation"], row["role"], code] for code in ("dk", "na", "")}
            assert (row["dk"] or 0, row["na"] or 0, row["skipped"] or 0) == tuple(here.values())
            valid = sum(expected[row["key"], row["organisation"], row["role"], str(mark)] for mark in range(1, 6))
            assert (row["n"] or 0) == valid
            compared += valid
    assert compared > 300


def test_a_publication_hides_the_same_in_every_format(published: Stage, tmp_path: Path) -> None:
    lead = published.client("lead")
    found = {
        kind: downloads.read(fetched(lead, f"/publication/results.{kind}.zip", tmp_path), kind)
        for kind in packing.FORMATS
    }
    for kind, tables in found.items():
        assert set(tables) - {"codebook", "values"} == {"scores", "gaps", "distributions", "measures"}
        assert tables["scores"] == found["csv"]["scores"], kind
        assert tables["gaps"] == found["csv"]["gaps"], kind
        assert tables["measures"] == found["csv"]["measures"], kind
        assert tables["distributions"] == found["csv"]["distributions"], kind
    _hides_what_it_says(found["csv"])
    small = [row for row in found["csv"]["scores"] if row["organisation"] == "GM0153"]
    assert {row["suppressed"] for row in small} <= {"small", "linked"}
    keys = {"level", "key", "organisation", "role", "suppressed"}
    assert [row for row in small if any(cell is not None for name, cell in row.items() if name not in keys)] == []
    assert any(row["mean"] for row in found["csv"]["scores"])


def test_the_csv_in_the_zip_is_the_csv_beside_it(published: Stage, tmp_path: Path) -> None:
    lead = published.client("lead")
    folder = fetched(lead, "/publication/results.csv.zip", tmp_path)
    for name in ("scores", "gaps"):
        assert (folder / f"{name}.csv").read_bytes() == lead.get(f"{STUDY}/publication/{name}.csv").data


@pytest.mark.parametrize("kind", packing.FORMATS)
def test_a_reader_gets_its_own_organisation_and_no_other_is_even_named(
    published: Stage, kind: str, tmp_path: Path
) -> None:
    bram = published.client("bram")
    folder = fetched(bram, f"/publication/organisations/GM0141/results.{kind}.zip", tmp_path)
    scores = downloads.read(folder, kind)["scores"]
    assert {row["organisation"] for row in scores} == {"GM0141", "all"}
    for file in folder.iterdir():
        assert not any(word in _inside(file) for word in (b"Borne", b"GM0147", b"Enschede", b"GM0153")), file.name
    assert bram.get(f"{STUDY}/publication/organisations/GM0147/results.{kind}.zip").status_code in {403, 404}
    assert bram.get(f"{STUDY}/publication/results.{kind}.zip").status_code in {403, 404}


def _inside(file: Path) -> bytes:
    """What stands in a file, also where it is packed."""
    if file.suffix not in {".xlsx", ".ods"}:
        return file.read_bytes()
    with ZipFile(io.BytesIO(file.read_bytes())) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_unprotected_results_are_for_the_team_only(published: Stage) -> None:
    for who in ("lead", "bram", "ina", "dirk", "otto"):
        assert published.client(who).get(f"{STUDY}/results.csv.zip").status_code in {403, 404}


def test_before_it_is_published_there_is_nothing_to_download(stage: Stage) -> None:
    set_up(stage)
    assert stage.client("lead").get(f"{STUDY}/publication/results.csv.zip").status_code == 404
    assert stage.client("lead").get(f"{STUDY}/publication/results.docx.zip").status_code == 404


def test_the_pages_offer_every_format(published: Stage) -> None:
    for who, path, begins in (
        ("anna", "/scores", "/results"),
        ("lead", "/publication", "/publication/results"),
        ("bram", "/publication/organisations/GM0141", "/publication/organisations/GM0141/results"),
    ):
        page = published.page(who, path)
        for kind in packing.FORMATS:
            assert f'href="{STUDY}{begins}.{kind}.zip"' in page
