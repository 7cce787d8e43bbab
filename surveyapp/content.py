"""Where content lives: beside the code in a checkout, inside the wheel, or in the owner's own folder."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent
_WHEEL = _PACKAGE / "_content"


def folder(name: str) -> Path:
    """The shipped folder ``questionnaires``, ``reports`` or ``migrations``."""
    in_checkout = _CHECKOUT / name
    return in_checkout if (_CHECKOUT / "pyproject.toml").exists() else _WHEEL / name


def folders(name: str, own: Path | None = None) -> tuple[Path, ...]:
    """Every place to look, the owner's own first."""
    shipped = folder(name)
    return (own / name, shipped) if own is not None else (shipped,)
