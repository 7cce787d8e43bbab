"""The data map in the documents is that of the tables."""

import re
from pathlib import Path

from surveyapp.models import Base

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy.md"


def mapped() -> dict[str, set[str]]:
    """Table -> personal columns, as the document has them."""
    chapter = DOCUMENT.read_text(encoding="utf-8").partition("## Data map")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([a-z_]+) \| ([a-z_, ]+) \| [^|]+ \| [^|]+ \| [^|]+ \|$", chapter, re.MULTILINE)
    return {table: set(columns.split(", ")) for table, columns in rows if table != "table"}


def test_every_personal_column_is_in_the_data_map_and_nothing_else() -> None:
    declared = {
        name: {column.name for column in table.columns if column.info["personal"]}
        for name, table in Base.metadata.tables.items()
    }
    assert mapped() == {name: columns for name, columns in declared.items() if columns}
