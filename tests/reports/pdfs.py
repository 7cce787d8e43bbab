"""What a PDF says and how it is tagged."""

from io import BytesIO

from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """All words of all pages on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def tags_of(content: bytes) -> set[str]:
    """The kinds of pieces that the structure of the document has: ``/H1``, ``/TH``, ``/LI``."""
    found: set[str] = set()

    def walk(node: object) -> None:
        resolved = getattr(node, "get_object", lambda: node)()
        if isinstance(resolved, list):
            for child in resolved:
                walk(child)
        elif isinstance(resolved, dict):
            if "/S" in resolved:
                found.add(str(resolved["/S"]))
            if "/K" in resolved:
                walk(resolved["/K"])

    walk(PdfReader(BytesIO(content)).root_object["/StructTreeRoot"])
    return found
