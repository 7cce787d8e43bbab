"""How much comes over the line when somebody opens a link for the first time, and how many files?

Serves the eight-page questionnaire as in production, opens the first page and then the first page of questions in
Chromium with an empty store, and adds up every answer, headers and bodies as they were transferred.

    python benchmarks/first_visit.py
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from benchmarks.answering import SHAPE, product
from surveyapp.questionnaires import library

OWN: Final = Path(__file__).parent
MOST_KILOBYTES: Final = 90
MOST_FILES: Final = 6


def visit(address: str) -> dict[str, list[int]]:
    """Page -> the bytes of every answer to it, of the first page and of the first page of questions after it."""
    found: dict[str, list[int]] = {}
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        sizes: list[int] = []

        def note(event: dict[str, Any]) -> None:
            sizes.append(int(event["encodedDataLength"]))

        tools.on("Network.loadingFinished", note)
        page.goto(address, wait_until="networkidle")
        found["first page"] = list(sizes)
        sizes.clear()
        page.locator("button[name=begin]").click()
        page.wait_for_load_state("networkidle")
        found["first questions"] = list(sizes)
        browser.close()
    return found


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    editions = {SHAPE: library.load(SHAPE, own=OWN)}
    with (
        tempfile.TemporaryDirectory(prefix="first-visit-") as made,
        product(Path(made), editions) as (ours, _db, _waves),
    ):
        [person] = ours[SHAPE].invite(1)
        found = visit(f"http://127.0.0.1:{ours[SHAPE].server.port}{person.start}")
    for what, sizes in found.items():
        print(f"{what:20} {len(sizes):3} files {sum(sizes) / 1000:8.1f} kB")
    together = sum(map(sum, found.values())) / 1000
    print(f"{'together':20} {sum(map(len, found.values())):3} files {together:8.1f} kB")
    reached = sum(found["first page"]) / 1000 <= MOST_KILOBYTES and len(found["first page"]) <= MOST_FILES
    goal = f"goal {MOST_KILOBYTES} kB in {MOST_FILES} files"
    print(f"first page: {goal}: {'reached' if reached else 'MISSED'}")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
