"""Every fault in an author's files, all at once: in the writing, the shape, the meaning, and between files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from surveyapp.questionnaires.belonging import (
    edition_problems,
    framework_problems,
    guide_problems,
    language_problems,
)
from surveyapp.questionnaires.following import changes_problems, following_problems
from surveyapp.questionnaires.meaning import questionnaire_problems
from surveyapp.questionnaires.parsing import Document, parse
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.published import changed
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.reachability import reachability_problems
from surveyapp.questionnaires.shape import Content
from surveyapp.questionnaires.shaping import KINDS, kind_of, shape

FILES: Final = {f"{kind}.yaml": kind for kind in KINDS}
"""The files of an edition."""
_NEEDED: Final = ("framework.yaml", "questionnaire.yaml", "guide.yaml")
"""Those that every edition has."""
_MEANING: Final = {
    "framework": framework_problems,
    "questionnaire": questionnaire_problems,
    "guide": guide_problems,
    "changes": changes_problems,
}


@dataclass(frozen=True)
class Checked:
    """What was found in the folder of an edition; ``parts`` holds the files that could be shaped, by kind."""

    parts: Mapping[str, Content]
    problems: tuple[Problem, ...]


def check(paths: Iterable[Path]) -> tuple[Problem, ...]:
    """Every problem in these files and folders, in order of file and line. A folder is searched to the bottom."""
    found: set[Problem] = set()
    for path in paths:
        found.update(_check_folder(path) if path.is_dir() else _check_file(path))
    return tuple(sorted(found))


def editions(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The folders of editions in these folders: those with a questionnaire, or with two other files."""
    folders = Counter(file.parent for path in paths for file in _yaml_files(path) if file.name in FILES)
    return tuple(
        sorted(folder for folder, count in folders.items() if count > 1 or (folder / "questionnaire.yaml").exists())
    )


def check_edition(folder: Path) -> Checked:
    """The files of one edition with everything that is wrong in and between them."""
    parts: dict[str, Content] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name, kind in FILES.items():
        if not (folder / name).exists():
            if name in _NEEDED:
                problems.append(Problem(folder / name, 1, "is missing: an edition has " + ", ".join(_NEEDED)))
            continue
        document, faults = parse(folder / name)
        problems.extend(faults)
        if document:
            documents[kind] = document
            part, faults = _check_document(document, kind)
            problems.extend(faults)
            if part:
                parts[kind] = part
    problems.extend(edition_problems(documents))
    problems.extend(following_problems(documents))
    if "questionnaire" in documents:
        problems.extend(_misplaced(documents["questionnaire"]))
    return Checked(parts, tuple(sorted(set(problems))))


def _check_folder(folder: Path) -> Iterator[Problem]:
    files = _yaml_files(folder)
    if not files:
        yield Problem(folder, 1, "has no .yaml file in it: name the folder of a questionnaire")
    found = editions([folder])
    for edition in found:
        yield from check_edition(edition).problems
        yield from changed(edition)
    for file in files:
        if file.name not in FILES or file.parent not in found:
            yield from _check_alone(file)


def _check_file(file: Path) -> Iterator[Problem]:
    """A file of an edition is held against its neighbours; any other file stands alone."""
    neighbours = [file.parent / name for name in FILES if name != file.name]
    if file.name in FILES and any(neighbour.exists() for neighbour in neighbours):
        everything = (*check_edition(file.parent).problems, *changed(file.parent))
        yield from (problem for problem in everything if problem.path == file)
    else:
        yield from _check_alone(file)


def _check_alone(file: Path) -> Iterator[Problem]:
    document, problems = parse(file)
    yield from problems
    if document is None:
        return
    kind = FILES.get(file.name) or kind_of(document.root)
    if kind is None:
        yield Problem(file, 1, f"is not a {', '.join(KINDS)}: name it {' or '.join(FILES)}, or write its fields")
        return
    yield from _check_document(document, kind)[1]


def _check_document(document: Document, kind: str) -> tuple[Content | None, tuple[Problem, ...]]:
    part, faults = shape(document, KINDS[kind])
    problems = (*faults, *_MEANING[kind](document), *language_problems(document))
    if isinstance(part, Questionnaire) and not problems:
        problems = tuple(reachability_problems(part, document))
    return part, problems


def _misplaced(questionnaire: Document) -> Iterator[Problem]:
    """A folder that does not say which questionnaire and version it holds."""
    edition = questionnaire.path.resolve().parent
    version, key = edition.name, edition.parent.name
    for field, folder in (("key", key), ("version", version)):
        node = questionnaire.root.at(field)
        if node.value is not None and not node.items and not node.entries and str(node.value) != folder:
            yield questionnaire.problem(
                node, f"'{field}' is '{node.value}' in a folder called '{folder}': make the two the same"
            )


def _yaml_files(path: Path) -> list[Path]:
    """Every YAML file of a folder and the folders in it, without the hidden ones."""
    found = (file for pattern in ("*.yaml", "*.yml") for file in path.rglob(pattern))
    return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(path).parts))
