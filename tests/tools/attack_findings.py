"""What wapiti found, a line each; ends with 1 when that is anything."""

import json
import sys
from pathlib import Path
from typing import Final

WITHOUT_TLS: Final = ("Secure Flag cookie",)
"""What nobody can have on a server without TLS, which the demonstration is; tests/web/test_skeleton.py looks at it."""


def main(file: Path) -> int:
    if not file.exists():
        sys.stdout.write("no report\n")
        return 1
    report = json.loads(file.read_text(encoding="utf-8"))
    found = [
        f"{kind}: {one['method']} {one['path']} {one['parameter']}: {one['info']}"
        for group in ("vulnerabilities", "anomalies")
        for kind, ones in report.get(group, {}).items()
        for one in ones
        if kind not in WITHOUT_TLS
    ]
    sys.stdout.write("".join(f"{line}\n" for line in found) + f"{len(found)} findings\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
