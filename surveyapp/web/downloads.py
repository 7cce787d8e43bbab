"""Files to download."""

from werkzeug.wrappers import Response


def csv(text: str, name: str) -> Response:
    """A CSV file that the browser keeps under this name."""
    return Response(
        text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
