"""Where the attack programs begin, and with which cookie: a line each with who, address and cookie."""

import http.cookiejar
import json
import sys
import urllib.request
from pathlib import Path
from typing import Any


def signed_in(address: str) -> str:
    """The cookie that a demonstration link gives."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.open(address).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar) or "none=1"


def main(file: Path) -> None:
    links: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    study = f"{links['base_url']}/evaluations/{links['evaluation']}"
    rows = [("nobody", f"{links['base_url']}/sign-in", "none=1"), ("respondent", links["invitations"][0], "none=1")]
    rows += [(who, study, signed_in(links[who])) for who in ("researcher", "project_lead", "municipality")]
    for who, address, cookie in rows:
        sys.stdout.write(f"{who} {address} {cookie}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
