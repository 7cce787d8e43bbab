"""Frames as files to download."""

from typing import Final

import pandas as pd
from werkzeug.wrappers import Response

_WHOLE: Final = ("invited", "responded", "n", "dk", "na", "skipped", "organisations", "same_direction", "items", "rank")


def csv(frame: pd.DataFrame, name: str, *, decimals: int | None = None) -> Response:
    """A CSV file: counts whole, missing empty, other numbers with these decimals or as precise as they are."""
    counted = frame.assign(**{column: frame[column].astype("Int64") for column in _WHOLE if column in frame})
    rounding = None if decimals is None else f"%.{decimals}f"
    text = counted.to_csv(index=False, lineterminator="\n", float_format=rounding)
    return Response(
        text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
