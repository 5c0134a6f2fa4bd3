from hypothesis import given
from hypothesis import strategies as st

from kg.language.windows import ENOUGH_PIECES, MOST_PIECES, SHARED_PIECES, SHARED_WORDS, is_paragraph_gap, windows


@st.composite
def texts(draw):
    count = draw(st.integers(0, 900))
    seed = draw(st.randoms(use_true_random=False))
    words = [seed.choice(["fort", "river", "ridge", ".", "”"]) for _ in range(count)]
    gaps = [seed.choice([" "] * draw(st.integers(1, 40)) + ["\n\n", "\n"]) for _ in range(count)]
    sizes = [seed.randint(1, 24) for _ in range(count)]
    return words, gaps, sizes


@given(texts())
def test_cores_cover_all_words_once_and_in_order(text):
    words, gaps, sizes = text
    covered = [i for window in windows(words, gaps, sizes) for i in range(window.core_begin, window.core_end)]
    assert covered == list(range(len(words)))


@given(texts())
def test_a_core_lies_in_its_window_and_holds_a_word(text):
    for window in windows(*text):
        assert window.begin <= window.core_begin < window.core_end <= window.end <= len(text[0])


@given(texts())
def test_cores_fit_the_encoder_and_context_is_bounded(text):
    words, gaps, sizes = text
    for window in windows(words, gaps, sizes):
        assert sum(sizes[window.core_begin : window.core_end]) <= MOST_PIECES
        assert sum(sizes[window.begin : window.core_begin]) <= SHARED_PIECES
        assert sum(sizes[window.core_end : window.end]) <= SHARED_PIECES
        assert window.core_begin - window.begin <= SHARED_WORDS
        assert window.end - window.core_end <= SHARED_WORDS


@given(texts())
def test_context_never_reaches_over_a_blank_line(text):
    words, gaps, sizes = text
    for window in windows(words, gaps, sizes):
        before = gaps[window.begin + 1 : window.core_begin + 1] if window.begin < window.core_begin else []
        assert not any(map(is_paragraph_gap, before))
        assert not any(map(is_paragraph_gap, gaps[window.core_end : window.end]))


@given(texts())
def test_a_paragraph_that_fits_is_in_one_window(text):
    words, gaps, sizes = text
    starts = [0, *(i for i in range(1, len(words)) if is_paragraph_gap(gaps[i]))]
    cores = [(window.core_begin, window.core_end) for window in windows(words, gaps, sizes)]
    for begin, end in zip(starts, [*starts[1:], len(words)], strict=True):
        if 0 < sum(sizes[begin:end]) <= MOST_PIECES:
            assert any(first <= begin and end <= last for first, last in cores)


def test_no_words_have_no_windows():
    assert list(windows([], [], [])) == []


def test_short_paragraphs_share_a_window_until_it_is_well_filled():
    count = 100
    words, gaps, sizes = ["."] * count, ["\n\n"] * count, [4] * count
    sizes_of_cores = [sum(sizes[w.core_begin : w.core_end]) for w in windows(words, gaps, sizes)]
    assert all(ENOUGH_PIECES <= size <= MOST_PIECES for size in sizes_of_cores[:-1])


def test_a_long_paragraph_is_cut_after_a_full_stop_without_shared_words():
    words = (["ridge"] * 29 + ["."]) * 10
    found = list(windows(words, [" "] * len(words), [1] * len(words)))
    assert len(found) == 2
    assert [(w.begin, w.end) for w in found] == [(w.core_begin, w.core_end) for w in found]
    assert all(words[w.core_end - 1] == "." for w in found)


def test_a_closing_quotation_mark_stays_with_its_sentence():
    words = (["ridge"] * 28 + [".", "”"]) * 10
    found = list(windows(words, [" "] * len(words), [1] * len(words)))
    assert all(words[w.core_end - 1] == "”" for w in found)


def test_a_run_without_a_full_stop_is_cut_with_context_on_both_sides():
    count = 10_000
    found = list(windows(["ridge"] * count, [" "] * count, [1] * count))
    inner = found[1:-1]
    assert all(w.core_begin - w.begin == SHARED_WORDS and w.end - w.core_end == SHARED_WORDS for w in inner)
    assert max(w.end - w.begin for w in found) <= MOST_PIECES


def test_a_blank_line_is_a_paragraph_gap_and_a_line_end_is_not():
    assert [is_paragraph_gap(gap) for gap in ("\n\n", "\n \t\n", "\r\n\r\n", "\n", " ", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
