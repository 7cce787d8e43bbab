"""Rows as one JSON object: the one place that knows how each database says it."""

from typing import Any

from sqlalchemy import JSON, ColumnExpressionArgument
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_Column = ColumnExpressionArgument[str]


class json_object(FunctionElement[dict[str, str]]):  # noqa: N801 - named as functions in SQL are
    """An aggregate of two columns: key -> value; null or empty where there is no row."""

    type = JSON()
    inherit_cache = True

    def __init__(self, key: _Column, value: _Column) -> None:
        super().__init__(key, value)


@compiles(json_object, "sqlite")
def _on_sqlite(element: json_object, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"json_group_object({compiler.process(element.clauses, **options)})"


@compiles(json_object, "postgresql")
def _on_postgresql(element: json_object, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"json_object_agg({compiler.process(element.clauses, **options)})"
