import itertools

from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation.matching import match
from kg.evaluation.tally import Row, Tally

tables = st.integers(0, 4).flatmap(
    lambda rows: st.integers(0, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 3), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


def matched(table):
    columns = len(table[0]) if table else 0
    return match(range(len(table)), range(columns), lambda i, j: table[i][j])


def most_pairs(table):
    """Size of the largest matching, by trying all."""
    columns = len(table[0]) if table else 0
    size = min(len(table), columns)
    for count in range(size, 0, -1):
        for rows in itertools.combinations(range(len(table)), count):
            for chosen in itertools.permutations(range(columns), count):
                if all(table[i][j] for i, j in zip(rows, chosen, strict=True)):
                    return count
    return 0


@given(tables)
def test_each_is_matched_once_and_only_to_its_like(table):
    pairs = matched(table)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(table[i][j] for i, j in pairs)


@given(tables)
def test_as_many_are_matched_as_can_be(table):
    assert len(matched(table)) == most_pairs(table)


def test_the_most_alike_are_matched_first():
    assert matched([[1, 3], [1, 2]]) == [(0, 1), (1, 0)]
    assert matched([[1, 2], [1, 3]]) == [(0, 0), (1, 1)]


def test_counts_add_up_in_the_order_of_their_measures():
    tally = Tally()
    tally.add("events", 1, 2, 4)
    tally.judge("place", True)
    tally.add("events", 1, 2, 0)
    tally.judge("place", False)
    assert tally.rows() == [Row("events", 2, 4, 4), Row("place", 1, 2, 2)]


def test_shares_of_a_row():
    row = Row("events", 2, 4, 8)
    assert (row.precision, row.recall, row.f1) == (0.5, 0.25, 1 / 3)


def test_a_row_of_nothing_has_no_shares():
    assert (Row("x", 0, 0, 0).precision, Row("x", 0, 0, 0).recall, Row("x", 0, 3, 3).f1) == (0, 0, 0)
