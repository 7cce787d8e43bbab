"""What every piece of content has in common: frozen, unknown keys refused, keys that fit everywhere."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""Names a thing in files, columns and addresses: lower case, digits and underscores."""


class Content(BaseModel):
    """A frozen piece of content; an unknown key is a typing error of its author and is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
