"""What all applications of a process have in common, worked out once: every test has one or more of its own."""

from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    """Compiled templates in memory, by name and what stands in them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


def remembering(build: Callable[[Rule, bool], Any]) -> Callable[[Rule, bool], Any]:
    """Werkzeug writes a small program for each address of an application, which takes most of making one; the same
    address gets the same program, which asks the address itself for its converters.
    """
    kept: dict[tuple[str, ...], Any] = {}

    def built(rule: Rule, append_unknown: bool = True) -> Any:  # noqa: ANN401 - as werkzeug has it
        converters = sorted((name, type(one).__qualname__) for name, one in rule._converters.items())
        asked = (rule.rule, str(rule._trace), str(rule.defaults), str(converters), str(append_unknown))
        if asked not in kept:
            kept[asked] = build(rule, append_unknown)
        return kept[asked]

    return built
