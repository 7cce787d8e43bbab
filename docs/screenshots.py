"""Take the pictures of the documentation from the demonstration, in Debian's Chromium (``make screenshots``).

Every page is taken at the width of a telephone and of a desk, to be looked at; the README shows one of them.
"""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
WIDTHS = (360, 1280)
PAGES = {
    "overview": "",
    "scores": "/scores",
    "theme": "/scores/themes/g7",
    "organisation": "/scores/organisations/GM0141",
    "interviews": "/interviews",
    "guide": "/interviews/GM0141",
    "publication": "/publication",
    "publication-theme": "/publication/themes/g7",
    "publication-organisation": "/publication/organisations/GM0147",
}


def main(everything: Path | None) -> None:
    """Make the README's picture; with a folder, also every page at both widths into it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [str(ROOT / ".venv/bin/surveyapp"), "demo", "--port", str(port)]
        serving = subprocess.Popen(command, cwd=folder)  # noqa: S603 - our own program
        try:
            _wait(f"http://127.0.0.1:{port}/readyz")
            links = json.loads((Path(folder) / "var/demo/links.json").read_text(encoding="utf-8"))
            _take(links, everything)
        finally:
            serving.terminate()
            serving.wait(timeout=30)


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urlopen(address, timeout=2).close()  # noqa: S310 - this machine
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the demonstration did not start")


def _take(links: dict[str, str], everything: Path | None) -> None:
    study = f"{links['base_url']}/evaluations/{links['evaluation']}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1160, "height": 1400})
        page.goto(links["project_lead"])
        page.goto(f"{study}/publication", wait_until="networkidle")
        PICTURES.mkdir(exist_ok=True)
        page.locator("main img").first.screenshot(path=PICTURES / "heatmap.png")
        if everything is not None:
            everything.mkdir(parents=True, exist_ok=True)
            for width in WIDTHS:
                _staff(browser, links, study, everything, width)
                _respondent(browser, links, everything, width)
        browser.close()


def _staff(browser: Browser, links: dict[str, str], study: str, folder: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{links['base_url']}/sign-in")
    page.screenshot(path=folder / f"sign-in-{width}.png", full_page=True)
    page.goto(links["researcher"])
    for name, path in PAGES.items():
        page.goto(study + path, wait_until="networkidle")
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    page.close()


def _respondent(browser: Browser, links: dict[str, str], folder: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(links["invitations"][WIDTHS.index(width)])
    page.screenshot(path=folder / f"invitation-{width}.png", full_page=True)
    page.get_by_role("button", name="Start", exact=True).click()
    step = 0
    while page.locator("main select, main input[type=radio]").count():
        step += 1
        for choice in page.locator('input[type=radio][value="4"]').all():
            choice.check()
        page.screenshot(path=folder / f"step-{step}-{width}.png", full_page=True)
        page.get_by_role("button", name="Opslaan en verder", exact=True).click()
    page.screenshot(path=folder / f"review-{width}.png", full_page=True)
    page.get_by_role("button", name="Versturen", exact=True).click()
    page.screenshot(path=folder / f"thanks-{width}.png", full_page=True)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
