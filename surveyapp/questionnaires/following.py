"""What ``changes.yaml`` must mean: a version before that exists, and bridges between what stands in both."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from surveyapp.questionnaires.outline import keys, repeated, scored_with_theme
from surveyapp.questionnaires.parsing import Document, Node, parse
from surveyapp.questionnaires.problem import Problem

_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.]*")


def changes_problems(document: Document) -> Iterator[Problem]:
    """Everything that can be judged within the file itself."""
    yield from repeated(document, keys(document.root.at("bridges").items), "bridge")


def following_problems(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The file against its questionnaire, and against that of the version before."""
    changes, questionnaire = documents.get("changes"), documents.get("questionnaire")
    if changes is None or questionnaire is None:
        return
    bridges = keys(changes.root.at("bridges").items)
    yield from _bridges_without_end(changes, bridges, questionnaire.root, "of this version")
    follows = changes.root.at("follows")
    if follows.text is None:
        return
    before = _version_before(changes.path, follows.text)
    if before is None:
        advice = "name the folder of the version before this one"
        yield changes.problem(follows, f"there is no version '{follows.text}' beside this one: {advice}")
    else:
        yield from _bridges_without_end(changes, bridges, before.root, f"of version {follows.text}")


def _version_before(changes: Path, version: str) -> Document | None:
    folder = changes.resolve().parent
    file = folder.parent / version / "questionnaire.yaml"
    if not _VERSION.fullmatch(version) or version == folder.name or not file.exists():
        return None
    document, _ = parse(file)
    return document


def _bridges_without_end(changes: Document, bridges: list[Node], root: Node, where: str) -> Iterator[Problem]:
    scored = list(scored_with_theme(root))
    known = {theme for theme, _ in scored} | {question.at("key").text for _, question in scored}
    for bridge in bridges:
        if bridge.text not in known:
            yield changes.problem(
                bridge, f"'{bridge.text}' is no theme or scored question {where}: correct the key, or remove the bridge"
            )
