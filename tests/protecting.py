"""What tests publish is protected once: most publish the same study, and working that out takes longer than they do."""

import pickle
from collections.abc import Callable, Sequence
from copy import deepcopy
from hashlib import sha256

from surveyapp.analysis.disclosure import Policy, SafeResults
from surveyapp.analysis.results import Results

Protect = Callable[[Results, Policy, Sequence[SafeResults]], SafeResults]


def remembering(protect: Protect) -> Protect:
    """The same results for the same audience beside the same publications are protected as they were before."""
    kept: dict[bytes, SafeResults] = {}

    def protected(results: Results, policy: Policy, released: Sequence[SafeResults] = ()) -> SafeResults:
        asked = sha256(pickle.dumps((results, policy, tuple(released)))).digest()
        if asked not in kept:
            kept[asked] = protect(results, policy, released)
        return deepcopy(kept[asked])

    return protected
