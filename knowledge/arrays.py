"""What numpy does not have by name."""

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.signedinteger[Any]]
Array = npt.NDArray[np.floating[Any]]


def ranges(starts: Numbers, ends: Numbers) -> Numbers:
    """All numbers from each start to its end, one after the other."""
    sizes = ends - starts
    before = np.cumsum(sizes) - sizes
    found: Numbers = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
    return found


def highest(values: Array, count: int) -> Numbers:
    """The places of so many of the highest, highest first, of equals the first; none of what is not above 0."""
    places = np.flatnonzero(values > 0)
    if 0 < count < len(places):
        cut = np.partition(values[places], -count)[-count]
        above, equal = places[values[places] > cut], places[values[places] == cut]
        places = np.sort(np.concatenate([above, equal[: count - len(above)]]))
    found: Numbers = places[np.argsort(-values[places], kind="stable")][:count]
    return found
