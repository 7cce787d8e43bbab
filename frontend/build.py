"""Builds what browsers fetch, from the locked npm packages: ``python frontend/build.py [--theme FILE.css]``.

Writes ``surveyapp/web/static/built/``: one small stylesheet, small scripts, Fira Sans for pages (woff2) and for
figures (TrueType), and the licences of what is not ours. ``--theme`` adds a file of design tokens (a municipality's
house style) on top of the neutral theme.

A rule of the component library stays when every class in its selector occurs in a template or in ``house.css``, so
that a template simply uses a component (class names written out in full) and a rebuild brings its style. A design
token stays when a kept rule needs it, directly or through other tokens.
"""

import argparse
import gzip
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

CHECKOUT = Path(__file__).parents[1]
TEMPLATES = CHECKOUT / "surveyapp/web/templates"
STATIC = CHECKOUT / "surveyapp/web/static"
BUILT = STATIC / "built"
PACKAGES = CHECKOUT / "node_modules"
LIBRARY = PACKAGES / "@utrecht/component-library-css"
THEME = PACKAGES / "@nl-design-system-unstable/voorbeeld-design-tokens"
FONT = PACKAGES / "@fontsource/fira-sans"
LICENCES = {
    "component-library": LIBRARY / "LICENSE.md",
    "design-tokens": THEME / "LICENSE.md",
    "fira-sans": FONT / "LICENSE",
}
WEIGHTS = (400, 700)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NEGATED = re.compile(r":not\([^)]*\)")
_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
_COMMA = re.compile(r",(?![^()]*\))")
_DECLARATION = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)(?:;|(?=\}))")
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)")
_NESTED = ("@media", "@supports")


def used_classes(texts: Iterable[str]) -> frozenset[str]:
    """Every word of templates and stylesheets that could be a class of the component library."""
    return frozenset(word for text in texts for word in re.findall(r"utrecht-[\w-]+", text))


def pruned(library: str, used: frozenset[str]) -> str:
    """The rules of the library whose classes are all used; at-rules other than media and supports are dropped."""
    kept = []
    for selector, body in _rules(_COMMENT.sub("", library)):
        if selector.startswith(_NESTED):
            inside = pruned(body, used)
            kept += [f"{selector}{{{inside}}}"] if inside else []
        elif not selector.startswith("@"):
            wanted = [part.strip() for part in _COMMA.split(selector) if _is_used(part, used)]
            kept += [f"{','.join(wanted)}{{{body}}}"] if wanted else []
    return "\n".join(kept)


def tokens(themes: list[str]) -> dict[str, str]:
    """Custom property -> value over all themes; a later theme overrides an earlier one."""
    return {name: value.strip() for theme in themes for name, value in _DECLARATION.findall(_COMMENT.sub("", theme))}


def needed_tokens(css: str, theme: dict[str, str]) -> dict[str, str]:
    """The tokens that this stylesheet refers to, and those that they refer to, in the order of the theme."""
    open_ends = set(_REFERENCE.findall(css))
    needed: set[str] = set()
    while open_ends:
        name = open_ends.pop()
        if name in theme and name not in needed:
            needed.add(name)
            open_ends.update(_REFERENCE.findall(theme[name]))
    return {name: value for name, value in theme.items() if name in needed}


def stylesheet(library: str, themes: list[str], own: str, templates: list[str]) -> str:
    """The whole stylesheet, not yet minified: tokens on the root element, library rules, our own rules."""
    rules = pruned(library, used_classes([*templates, own]))
    theme = needed_tokens(rules + own, tokens(themes))
    root = "".join(f"{name}:{value};" for name, value in theme.items())
    return f":root{{{root}}}\n{rules}\n{own}"


def _is_used(selector: str, used: frozenset[str]) -> bool:
    classes = _CLASS.findall(_NEGATED.sub("", selector))
    return bool(classes) and all(name in used for name in classes)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selector and body of every top-level rule; statements without a body (``@charset``) are passed over."""
    position = 0
    while (opening := css.find("{", position)) >= 0:
        depth, closing = 1, opening
        while depth:
            closing += 1
            depth += {"{": 1, "}": -1}.get(css[closing], 0)
        yield css[position:opening].rpartition(";")[2].strip(), css[opening + 1 : closing]
        position = closing + 1


def main() -> int:
    """Build everything; say what is missing when it cannot be done."""
    parser = argparse.ArgumentParser(description="Build stylesheet, script and fonts.")
    parser.add_argument("--theme", type=Path, help="a CSS file with design tokens of your own")
    theme: Path | None = parser.parse_args().theme
    try:
        _install_packages()
        _write_style(theme)
        _write_scripts()
    except FileNotFoundError as problem:
        sys.stderr.write(f"{problem.filename} is missing: run `make setup`, which brings Node and the packages\n")
        return 3
    except subprocess.CalledProcessError as problem:
        sys.stderr.write(f"`{' '.join(map(str, problem.cmd))}` failed with exit status {problem.returncode}\n")
        return 3
    return 0


def _install_packages() -> None:
    """``npm ci``, unless what is installed is younger than the lock file."""
    lock, installed = CHECKOUT / "package-lock.json", PACKAGES / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm = shutil.which("npm") or "npm"
    _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def _write_style(theme: Path | None) -> None:
    BUILT.mkdir(parents=True, exist_ok=True)
    _copy_fonts()
    themes = [THEME / "dist/theme.css", *([theme] if theme else [])]
    css = stylesheet(
        _text(LIBRARY / "dist/index.css"),
        [_text(path) for path in themes],
        _text(STATIC / "house.css"),
        [_text(path) for path in sorted(TEMPLATES.rglob("*.html"))],
    )
    small = _with_versions(_minified(css)).encode()
    _write_with_packed("style.css", small)
    for name, licence in LICENCES.items():
        shutil.copyfile(licence, BUILT / f"{name}.LICENSE.txt")


def _write_scripts() -> None:
    """Our own modules as one file for who answers, so that a first visit asks for one, and one for each of the team."""
    node, options = shutil.which("node") or "node", ("--bundle", "--minify", "--format=esm", "--charset=utf8")
    for source in (STATIC / "answering.js", *sorted((STATIC / "staff").glob("*.js"))):
        script = _run(node, PACKAGES / "esbuild/bin/esbuild", source, "--target=es2020", *options)
        _write_with_packed(source.name, script.encode())


def _write_with_packed(name: str, content: bytes) -> None:
    """A file with its compressed self beside it."""
    (BUILT / name).write_bytes(content)
    (BUILT / f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))


def _copy_fonts() -> None:
    for weight in WEIGHTS:
        packed = FONT / "files" / f"fira-sans-latin-{weight}-normal"
        shutil.copyfile(packed.with_suffix(".woff2"), BUILT / f"fira-sans-{weight}.woff2")
        with TTFont(packed.with_suffix(".woff"), recalcTimestamp=False) as font:
            font.flavor = None
            font.save(BUILT / f"fira-sans-{weight}.ttf")


def _minified(css: str) -> str:
    node = shutil.which("node") or "node"
    return _run(node, PACKAGES / "esbuild/bin/esbuild", "--loader=css", "--minify", "--charset=utf8", given=css)


def _with_versions(css: str) -> str:
    """Files that the stylesheet refers to get their content's hash, so that browsers may keep them for ever."""

    def versioned(match: re.Match[str]) -> str:
        digest = hashlib.sha256((BUILT / match[1]).read_bytes()).hexdigest()
        return f"url({match[1]}?v={digest[:12]})"

    return re.sub(r"url\(\"?([\w.-]+\.woff2)\"?\)", versioned, css)


def _run(*command: str | Path, given: str | None = None) -> str:
    done = subprocess.run(  # noqa: S603
        command, input=given, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return done.stdout


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
