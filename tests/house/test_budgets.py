"""The house keeps its pieces small: files, classes and functions have a budget, and imports stand on top."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ROOT / "surveyapp"
LAZY = {"matplotlib", "weasyprint", "scipy", "pandas"}
"""What a command or job may import late, because it is slow to load and not always needed."""


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(CODE.rglob("*.py")):
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path, _ in modules()}
    assert lengths
    assert [f"{path}: {lines}" for path, lines in lengths.items() if lines > 400] == []


def test_no_class_is_longer_than_150_lines() -> None:
    classes = [(path, node) for path, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert classes
    assert [f"{path}:{node.lineno} {node.name}" for path, node in classes if length(node) > 150] == []


def test_no_function_is_longer_than_60_lines_and_nearly_all_are_within_40() -> None:
    found = [(path, node) for path, tree in modules() for node in functions(tree)]
    assert [f"{path}:{node.lineno} {node.name}" for path, node in found if length(node) > 60] == []
    long = [f"{path}:{node.lineno} {node.name}" for path, node in found if length(node) > 40]
    assert len(long) <= len(found) // 100, long


def test_imports_stand_on_top_except_what_is_slow_to_load() -> None:
    hidden = []
    for path, tree in modules():
        for function in functions(tree):
            imports = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            for node in imports:
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
                heavy = {name.partition(".")[0] for name in names} <= LAZY
                own = all(name.startswith("surveyapp.") for name in names)
                if not heavy and not own:
                    hidden.append(f"{path}:{node.lineno} {names}")
            if len(imports) > 1:
                hidden.append(f"{path}:{function.lineno} {function.name} imports {len(imports)} times")
    assert hidden == []


def test_no_room_is_a_drawer() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "core", "base", "services", "misc", "tools"}
    found = [str(path) for path, _ in modules() if drawers & {part.removesuffix(".py") for part in path.parts}]
    assert found == ["surveyapp/models/base.py"]
