"""What numpy does not have by name, beside the plain way of saying it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.arrays import BLOCK, different, highest, inverted

VALUES = st.integers(0, 12 * BLOCK).flatmap(
    lambda size: st.lists(st.integers(-3, 50), min_size=size, max_size=size)
)
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2**31 - 1)), max_size=60)


@given(VALUES, st.integers(0, 10))
def test_highest_are_as_sorted_of_equals_the_first(values: list[int], count: int) -> None:
    places = sorted(range(len(values)), key=lambda place: (-values[place], place))

    assert (
        highest(np.array(values, float), count).tolist()
        == [place for place in places if values[place] > 0][:count]
    )


@given(st.lists(st.integers(-5, 5)))
def test_different_are_each_once_and_ascend(numbers: list[int]) -> None:
    assert different(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


@given(PAIRS)
def test_inverted_has_the_owners_of_each_term(pairs: list[tuple[int, int]]) -> None:
    terms, owners = np.array(pairs, np.int64).reshape(-1, 2).T
    starts, holders = inverted(terms, owners, 10)

    for term in range(10):
        own = holders[starts[term] : starts[term + 1]].tolist()
        assert own == sorted(owner for one, owner in pairs if one == term)
