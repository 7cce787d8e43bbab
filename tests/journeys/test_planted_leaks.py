"""A hidden number left anywhere in a file is found, and not by chance: without the step that looks there it is not."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from surveyapp.analysis.attacking import Finding
from surveyapp.analysis.attacking.finding import COMBINED
from surveyapp.analysis.disclosure import SafeResults, protect, protecting
from surveyapp.analysis.disclosure.study import Study
from surveyapp.analysis.results import GAP_COLUMNS
from surveyapp.reports.datasets.packing import FORMATS
from surveyapp.reports.figures.drawing.drawn import png, svg
from surveyapp.reports.figures.files import table_file
from surveyapp.reports.reading_back.files import opened
from tests.analysis.attacking.generated import Generated, study
from tests.journeys.choosing import Choice
from tests.journeys.handed_out import POLICIES, Handout, Released
from tests.journeys.planting import LEAKS, Leak, on_paper
from tests.journeys.reported import papers_of, reports_of
from tests.journeys.showroom import Files, Room, Showroom, downloaded, edition_of, named


@dataclass(frozen=True)
class Handed:
    """One file of each format, and a mean that none of them shows."""

    released: Released
    files: dict[str, bytes]
    secret: float

    def findings(self, leak: Leak | None = None) -> list[Finding]:
        """What is found in all of them; or in the file that the number was left in, beside the page and the CSV."""
        if leak is None:
            return self.released.findings(self.released.read(list(self.files.items())))
        name = next(name for name in self.files if name.endswith(leak.end))
        content = self.files["page.html"] if leak.end == ".pdf" else self.files[name]
        planted = leak.plant(content, self.secret)
        name = f"{name}.zip" if leak.name.endswith("in a zip") else name
        beside = {each: self.files[each] for each in ("page.html", "csv/scores.csv") if each != name}
        files: Files = [*opened(name, planted), *beside.items()]
        return self.released.findings(self.released.read(files))


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Handed]:
    room = tmp_path_factory.mktemp("planted")
    shutil.copyfile(migrated_file, room / "survey.db")
    showroom = Showroom.open(f"sqlite:///{room}/survey.db")
    released = Released.of(study(1))
    edition = edition_of(released.made[0].questionnaire)
    slug = released.show(showroom)
    ((_, page),) = showroom.visited(slug, Room(), lambda _: False)
    figure = next(showroom.figures(slug))[1]
    places = {code: name for name, code in named(released.codes).items()}
    files = {
        f"{kind}/{name.rpartition('/')[2]}": content
        for kind in FORMATS
        for name, content in downloaded(released.first, edition, places, [kind], room, "lead")
    }
    files |= {"page.html": page, "figure.svg": svg(figure).content, "figure.png": png(figure).content}
    files["figure.csv"] = table_file(figure).content
    files |= {"page.pdf": on_paper(page), **reports_and_papers(showroom, slug, released)}
    yield Handed(released, files, secret_of(released))
    showroom.close()


def reports_and_papers(showroom: Showroom, slug: str, released: Released) -> dict[str, bytes]:
    """Of the region, and for who is interviewed in the first organisation."""
    found: dict[str, bytes] = {}
    for form in ("html", "docx", "odt", "xlsx"):
        choice = Choice(form=form)
        found[f"report.{form}"] = next(reports_of(showroom, slug, Room(), choice))[1]
        found[f"beforehand.{form}"] = next(papers_of(released.made[0], released.first, choice, slug))[1]
    return found


def secret_of(released: Released) -> float:
    """A mean that was withheld, and that equals none that is shown."""
    shown = {
        round(abs(number), 2)
        for frame in (released.first.scores, released.first.gaps)
        for number in frame.select_dtypes("number").to_numpy().ravel()
    }
    means = released.made[0].results.scores["mean"][released.first.scores["mean"].isna()].dropna().round(2)
    return next(float(mean) for mean in means if mean not in shown and not float(mean * 10).is_integer())


def test_nothing_is_found_in_these_files_as_they_are(handed: Handed) -> None:
    assert handed.findings() == []


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_a_hidden_number_is_found(leak: Leak, handed: Handed) -> None:
    assert handed.findings(leak)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_it_is_found_by_the_step_that_looks_there(leak: Leak, handed: Handed, monkeypatch: pytest.MonkeyPatch) -> None:
    for eye in leak.eyes:
        monkeypatch.setattr(eye, False if eye.endswith(("WITH_MISSING",)) else blind)
    assert handed.findings(leak) == []


def with_gaps(patches: pytest.MonkeyPatch) -> None:
    """As if nobody had looked at the differences between roles."""
    patches.setattr(protecting, "safe_gaps", lambda gaps, *_: gaps.loc[:, list(GAP_COLUMNS)].round(2))


def with_columns(*names: str) -> Callable[[pytest.MonkeyPatch], None]:
    """As if these columns of organisations were not emptied."""

    def weaken(patches: pytest.MonkeyPatch) -> None:
        emptied = protecting._emptied

        def careless(study: Study, *arguments: Any) -> pd.DataFrame:  # noqa: ANN401 - whatever it takes
            scores = emptied(study, *arguments)
            shown = scores["mean"].notna() & scores["role"].eq("all")
            scores.loc[shown, list(names)] = study.scores.loc[shown, list(names)].astype(float).round(2)
            return scores

        patches.setattr(protecting, "_emptied", careless)

    return weaken


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "weaken",
    [with_gaps, with_columns("balanced"), with_columns("lower", "upper")],
    ids=["gaps beside means", "balanced scores", "bounds of balanced scores"],
)
def test_what_the_gate_let_through_is_found_in_a_file_of_any_format(
    weaken: Callable[[pytest.MonkeyPatch], None], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weaken(monkeypatch)
    made = study(1)
    released = Released((made,), (Handout("lead", 1, 0, protect(made.results, POLICIES["lead"])),))
    places = {code: name for name, code in named(released.codes).items()}
    files = list(downloaded(released.first, edition_of(made.questionnaire), places, [kind], tmp_path, "lead"))
    assert COMBINED in {each.kind for each in released.findings(released.read(files))}


@pytest.mark.parametrize("form", ["html", "docx", "odt", "xlsx"])
def test_scores_that_should_be_hidden_are_found_in_a_report(form: str, tmp_path: Path, migrated_file: Path) -> None:
    made = study(1)
    careless = with_every_mean(made, protect(made.results, POLICIES["lead"]))
    released = Released((made,), (Handout("lead", 1, 0, careless),))
    shutil.copyfile(migrated_file, tmp_path / "survey.db")
    showroom = Showroom.open(f"sqlite:///{tmp_path}/survey.db")
    files = list(reports_of(showroom, released.show(showroom), Room(), Choice(form=form)))
    showroom.close()
    assert COMBINED in {each.kind for each in released.findings(released.read(files))}


@pytest.mark.parametrize("form", ["html", "docx", "odt"])
def test_scores_that_should_be_hidden_are_found_in_what_interviewees_get(form: str) -> None:
    made = study(3)
    released = Released((made,), (Handout("lead", 1, 0, protect(made.results, POLICIES["lead"])),))
    assert findings_in_papers(released, released.first, form) == set()
    assert COMBINED in findings_in_papers(released, with_every_mean(made, released.first), form)


def with_every_mean(made: Generated, safe: SafeResults) -> SafeResults:
    """As if none of them had been withheld."""
    document = safe.to_document()
    document["scores"]["mean"] = made.results.scores["mean"].round(2).tolist()
    document["scores"]["suppressed"] = [""] * len(made.results.scores)
    return SafeResults.from_document(document)


def findings_in_papers(released: Released, safe: SafeResults, form: str) -> set[str]:
    """Kinds of them, in the papers of all organisations."""
    files = list(papers_of(released.made[0], safe, Choice(form=form), "study"))
    assert len(files) == len(released.codes)
    return {each.kind for each in released.findings(released.read(files))}


def blind(*_: object, **__: object) -> tuple[()]:
    """Sees nothing."""
    return ()
