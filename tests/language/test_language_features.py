import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kg.language.features import (
    CHARACTER_VOCABULARY,
    CHARACTERS_PER_WORD,
    MOST_PIECES_PER_WORD,
    SPACE_BLANK,
    SPACE_LINE,
    SPACE_NONE,
    WordPieces,
    character_code,
    character_row,
    encoder_input,
    space_code,
)

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "fort", "##ress", "##s", "fell", "x", "##x", "."]
words = st.text(min_size=1, max_size=60)


@pytest.fixture
def pieces():
    tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return WordPieces(tokenizer)


@given(st.characters())
def test_every_character_has_a_code_of_the_vocabulary(character):
    assert 0 < character_code(character) < CHARACTER_VOCABULARY or character == " "


def test_printable_ascii_characters_have_codes_of_their_own():
    codes = [character_code(chr(point)) for point in range(33, 127)]
    assert codes == list(range(1, 95))


@pytest.mark.parametrize(
    ("alike", "other"), [("ЖÉ", "ж"), ("жé", "Ж"), ("中ا", "é"), ("٣४", "中"), ("—«", "€"), ("€😀", "—")]
)
def test_other_characters_share_the_code_of_their_category(alike, other):
    codes = {character_code(character) for character in alike}
    assert len(codes) == 1
    assert character_code(other) not in codes


@given(words)
def test_a_row_has_sixteen_codes_whatever_the_word(word):
    assert len(character_row(word)) == CHARACTERS_PER_WORD


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=16))
def test_a_row_of_a_short_ascii_word_tells_it_from_any_other(word):
    row = character_row(word)
    assert "".join(chr(code + 32) for code in row if code) == word


def test_a_long_word_keeps_its_first_ten_and_last_six_characters():
    assert character_row("abcdefghijklmnopqrstuvwxyz") == character_row("abcdefghijuvwxyz")


def test_case_is_kept_in_the_characters():
    assert character_row("US") != character_row("us")


@pytest.mark.parametrize(
    ("gap", "code"),
    [("", SPACE_NONE), (" ", SPACE_BLANK), ("\t \u00a0", SPACE_BLANK), ("\n", SPACE_LINE), (" \n\n ", SPACE_LINE)],
)
def test_a_gap_is_nothing_blanks_or_a_line_end(gap, code):
    assert space_code(gap) == code


def test_pieces_know_their_words(pieces):
    found = pieces(["Fortress", "fell", "."])
    assert [VOCABULARY[i] for i in found.ids] == ["fort", "##ress", "fell", "."]
    assert found.word.tolist() == [0, 0, 1, 2]


@given(st.lists(words, max_size=8))
def test_every_word_has_a_piece_and_pieces_are_in_order(texts):
    tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    found = WordPieces(tokenizer)(texts)
    assert sorted(set(found.word.tolist())) == list(range(len(texts)))
    assert found.word.tolist() == sorted(found.word.tolist())


def test_a_word_without_a_piece_is_unknown(pieces):
    control = "\u0007"
    assert unicodedata.category(control) == "Cc"
    assert pieces([control]).ids.tolist() == [VOCABULARY.index("[UNK]")]


def test_a_word_of_thousands_of_letters_keeps_its_first_pieces(pieces):
    found = pieces(["x" * 60, "fell"])
    assert found.word.tolist() == [0] * MOST_PIECES_PER_WORD + [1]


def test_a_batch_is_padded_to_its_longest_window(pieces):
    first, second = pieces(["Fortress", "fell"]), pieces(["."])
    rows = [np.array([character_row(w) for w in texts]) for texts in (["Fortress", "fell"], ["."])]
    batch = encoder_input([first, second], rows, [np.array([0, 1]), np.array([2])], pieces)
    cls, sep = VOCABULARY.index("[CLS]"), VOCABULARY.index("[SEP]")
    assert batch.pieces.tolist() == [[cls, *first.ids, sep], [cls, *second.ids, sep, 0, 0]]
    assert batch.attention.tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert batch.owner.tolist() == [[0, 1, 1, 2, 0], [0, 1, 0, 0, 0]]
    assert batch.spaces.tolist() == [[0, 1], [2, 0]]
    assert batch.characters.shape == (2, 2, CHARACTERS_PER_WORD)
    assert not batch.characters[1, 1].any()
