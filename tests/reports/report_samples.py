"""Reports about a small invented study, through the gate as every report goes."""

from datetime import date
from functools import cache
from typing import Any

from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.reports.report import Provenance, Recommended, Remarked, Report, ReportedFinding
from surveyapp.reports.reporting import Material, report
from tests.reports.twente import NAMES, study

FINDINGS = (
    ReportedFinding(
        number=1,
        theme="g3",
        fact="De regio gebruikt voor elke zorgvorm hetzelfde contract.",
        judgement="not",
        judgement_reason="De norm vraagt een keuze per zorgvorm.",
        strength="independent",
        supports={"score": 2, "note": 1},
        recommendations=(1,),
    ),
    ReportedFinding(
        number=2,
        theme="g4",
        code="GM0153",
        organisation="Enschede",
        role="Bestuurders",
        fact="De raad is elk kwartaal bijgepraat.",
        judgement="met",
        strength="one",
    ),
)
RECOMMENDED = (
    Recommended(
        number=1,
        text="Kies per zorgvorm een eigen manier van inkopen.",
        explanation="Begin met de drie grootste.",
        addressee="Stuurgroep",
        belongs_to="process",
        timing="next-round",
        effort="medium",
        theme="Zet het hele instrumentarium in",
        findings=(1,),
    ),
    Recommended(
        number=2,
        code="GM0153",
        organisation="Enschede",
        text="Deel uw vorm van bijpraten met de andere gemeenten.",
        addressee="Griffie",
        belongs_to="organisation",
        timing="now",
        effort="small",
    ),
)
REMARKS = (
    Remarked(
        round="facts",
        number=1,
        organisation="Almelo",
        heading="Bevinding 1",
        place=1,
        kind="fact",
        text="Voor verblijf is er een eigen contract.",
        disposition="partly",
        answer="In de bijlage staat nu welke zorgvormen het betreft.",
    ),
)


@cache
def published(audience: str = "lead") -> SafeResults:
    """The study, protected."""
    return protect(study().results, Policy.of(audience))


def material(kind: str = "region", organisation: str = "", **more: Any) -> Material:  # noqa: ANN401 - any part of it
    """What the sample reports are made of besides numbers."""
    edition = study().edition
    known: dict[str, Any] = {
        "kind": kind,
        "audience": "organisation" if organisation else "lead",
        "study": {"nl": "Evaluatie inkoop jeugdhulp en Wmo", "en": "Evaluation of the procurement of youth care"},
        "client": "OZJT/Samen14",
        "sender": "Bureau Voorbeeld",
        "regime": "confidential",
        "opened": date(2026, 9, 1),
        "closed": date(2026, 9, 30),
        "edition": edition,
        "organisations": NAMES,
        "provenance": Provenance(
            wave=1,
            publication=1,
            published=date(2026, 10, 5),
            data_digest="ab" * 32,
            questionnaire="seven-habits/1",
            questionnaire_digest="cd" * 32,
            version="0.5.0",
        ),
        "organisation": organisation,
        "findings": FINDINGS,
        "recommendations": RECOMMENDED,
        "remarks": REMARKS,
        "texts": {
            "summary": "De regio scoort **{{score g3}}** op het derde onderwerp.",
            "theme.g3": "### Duiding\n\nEigen woorden.",
        },
    }
    return Material(**{**known, **more})


def sample_report(kind: str = "region", language: str = "nl", **more: Any) -> Report:  # noqa: ANN401 - of the material
    """The report of the region, or of Enschede."""
    safe = published()
    if kind == "region":
        return report(safe, material(kind, "", **more), language)
    return report(safe.select("GM0153"), material(kind, "GM0153", **more), language)
