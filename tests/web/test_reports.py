"""Reports in the browser: everybody gets their own, made by a worker, and nobody another's."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import findings, publications
from surveyapp.actions.findings import Said
from surveyapp.models import User, Wave
from surveyapp.models.publication import PUBLIC
from tests.web.posting import post
from tests.web.staff import Stage, drop_curtain, raise_curtain, set_up

LIST = "/evaluations/samen/reports"
MAKE = "/evaluations/samen/reports/make"


@pytest.fixture
def told(tmp_path: Path, migrated_file: Path) -> Iterator[Stage]:
    """Anna's study, published, with a finding about the region, one about Borne, and one that no reader sees."""
    shutil.copyfile(migrated_file, tmp_path / "told.db")
    stage = raise_curtain(f"sqlite:///{tmp_path / 'told.db'}")
    set_up(stage, published=True)
    with stage.database.session() as session:
        wave, anna = session.get_one(Wave, 1), _anna(session)
        borne = wave.evaluation.memberships[1]
        for fact, member, shown in (
            ("De regio deed het huiswerk.", None, True),
            ("Borne deed het anders.", borne, True),
            ("Dit is nog een idee.", None, False),
        ):
            made = findings.write(session, wave=wave, said=Said(theme="g1", fact=fact, membership=member), by=anna)
            findings.show(session, finding=made, in_report=shown, by=anna)
        session.commit()
    yield stage
    drop_curtain(stage)


def _anna(session: Session) -> User:
    return session.scalars(select(User).where(User.email.like("anna@%"))).one()


def fetched(stage: Stage, who: str, path: str) -> bytes:
    """The file, once a worker has made it."""
    client = stage.client(who)
    client.get(f"/evaluations/samen{path}")
    stage.work()
    answer = client.get(f"/evaluations/samen{path}")
    assert answer.status_code == 200
    return answer.get_data()


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("surveyapp.web.renderings.PATIENCE", 0.0)


def test_who_may_read_what_is_listed(published: Stage) -> None:
    everything = published.page("anna", "/reports")
    assert "Rapport van de regio" in everything
    assert "/reports/organisations/GM0141.pdf" in everything
    assert 'action="/evaluations/samen/reports/make"' in everything
    lead = published.page("lead", "/reports")
    assert "/reports/region.docx" in lead
    assert "/reports/organisations/" not in lead
    assert "/reports/make" not in lead
    bram = published.page("bram", "/reports")
    assert "/reports/organisations/GM0141.pdf" in bram
    assert "GM0147" not in bram
    assert "/reports/region" not in bram


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("lead", "/reports/organisations/GM0141.pdf", 403),
        ("bram", "/reports/organisations/GM0147.pdf", 403),
        ("bram", "/reports/region.pdf", 403),
        ("otto", "/reports", 403),
        ("dirk", "/reports", 404),
        ("lead", "/reports/region.exe", 404),
        ("lead", "/reports/region.pdf?audience=public", 404),
        ("anna", "/reports/organisations/GM9999.pdf", 404),
    ],
)
def test_nobody_gets_the_report_of_another(published: Stage, who: str, path: str, status: int) -> None:
    assert published.client(who).get(f"/evaluations/samen{path}").status_code == status


def test_a_report_has_the_findings_for_its_readers_only(told: Stage) -> None:
    said = fetched(told, "bram", "/reports/organisations/GM0141.html").decode()
    assert "De regio deed het huiswerk." in said
    assert "Borne" not in said
    assert "nog een idee" not in said
    page = fetched(told, "lead", "/reports/region.html?language=en").decode()
    assert "Borne deed het anders." in page
    assert "nog een idee" not in page
    assert '<html lang="en">' in page


def test_before_publishing_there_are_no_reports(stage: Stage) -> None:
    set_up(stage)
    assert "eerst moeten de resultaten" in stage.page("anna", "/reports")
    assert stage.client("anna").get("/evaluations/samen/reports/region.pdf").status_code == 404


def test_a_file_that_is_not_made_yet_says_so(told: Stage) -> None:
    answer = told.client("lead").get("/evaluations/samen/reports/region.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "wordt gemaakt" in answer.get_data(as_text=True)


def test_all_reports_are_asked_for_once_and_their_progress_is_told(
    told: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveyapp.worker.reports.FORMATS", ("xlsx",))
    client = told.client("anna")
    for _ in range(2):
        assert post(client, MAKE, page=LIST, language="nl").status_code == 303
    assert told.verbs().count("report.make-all") == 1
    told.work()
    page = told.page("anna", "/reports")
    assert "bestanden zijn gemaakt" not in page
    answer = client.get("/evaluations/samen/reports/region.xlsx?language=nl")
    assert load_workbook(io.BytesIO(answer.get_data())).sheetnames[:2] == ["Inhoud", "Tabel 1"]


def test_the_public_report_is_made_of_what_was_published_for_everybody(told: Stage) -> None:
    with told.database.session() as session:
        wave = session.get_one(Wave, 1)
        wave.for_public = True
        publications.publish(session, wave=wave, by=_anna(session), audience=PUBLIC)
        session.commit()
    page = fetched(told, "lead", "/reports/region.html?audience=public").decode()
    assert "minder dan 10 mensen" in page
