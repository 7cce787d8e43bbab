"""JSON Schema for editors, generated from the types: ``python -m surveyapp.questionnaires.schemas`` writes it."""

import json
from pathlib import Path

from surveyapp import content
from surveyapp.questionnaires.shaping import KINDS


def documents() -> dict[str, str]:
    """File name -> JSON Schema of each kind of file."""
    return {f"{kind}.schema.json": _schema(kind) for kind in KINDS}


def write(folder: Path) -> None:
    """Write the schemas into this folder, which is made where needed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents().items():
        (folder / name).write_text(document, encoding="utf-8")


def _schema(kind: str) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **KINDS[kind].model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write(content.folder("questionnaires") / "schemas")
