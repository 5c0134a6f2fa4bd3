import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BinaryInput, EncodingError
from kg.reading.encodings import declared_in, decoded, with_plain_line_ends
from kg.reading.settings import SIGNATURES

LATIN = "The café owner José Muñoz fled, an aide to São Tomé’s mayor said — “we hold the bridge.”\n"
RUSSIAN = "Колонна вышла из села Дорбала утром, сообщила районная администрация.\n"
ARABIC = "قالت إدارة الناحية إن القافلة غادرت قرية دوربالا صباح اليوم\n"
plain_text = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")).filter(
    lambda text: not text.encode().startswith((*SIGNATURES, codecs.BOM_UTF8))
)


@given(plain_text)
def test_utf8_comes_back_with_its_line_ends_alone_changed(text: str) -> None:
    assert decoded(text.encode(), name="a") == with_plain_line_ends(text)


@given(plain_text, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_tells_the_encoding(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding), name="a") == with_plain_line_ends(text)


@given(st.text())
def test_no_carriage_return_is_left_and_no_line_lost(text: str) -> None:
    plain = with_plain_line_ends(text)
    assert "\r" not in plain
    assert plain.split("\n") == text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with suppress(BinaryInput, EncodingError):
        assert "\r" not in decoded(data, name="a")


@pytest.mark.parametrize(
    ("text", "encoding"), [(LATIN, "cp1252"), (RUSSIAN * 3, "cp1251"), (RUSSIAN * 3, "koi8-r"), (ARABIC * 3, "cp1256")]
)
def test_an_undeclared_encoding_is_guessed(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding), name="a") == text


def test_a_declared_encoding_stands_before_a_guess() -> None:
    text = "Wojska opuściły Łódź, podał urząd."
    assert decoded(text.encode("iso8859-2"), name="a", declared="ISO-8859-2") == text


def test_latin1_means_windows_1252_as_browsers_have_it() -> None:
    assert decoded(b"the mayor\x92s \x80500", name="a", declared="iso-8859-1") == "the mayor’s €500"


@pytest.mark.parametrize("declared", ["", "unicode_escape", "idna", "hex", "rot13", "klingon", "utf-8", "x" * 1000])
def test_a_declaration_that_is_false_or_hostile_is_passed_over(declared: str) -> None:
    assert decoded(LATIN.encode("cp1252"), name="a", declared=declared) == LATIN


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        (b'<meta charset="koi8-r">', "koi8-r"),
        (b"<META http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2"),
        (b"<p>charset=utf-8</p>", None),
        (b" " * 5000 + b'<meta charset="koi8-r">', None),
    ],
)
def test_the_encoding_that_a_page_declares(head: bytes, declared: str | None) -> None:
    assert declared_in(head) == declared


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_known_kind_of_file_is_named(signature: bytes) -> None:
    with pytest.raises(BinaryInput) as caught:
        decoded(signature + b" and more", name="a.txt")
    kind = SIGNATURES[signature]
    assert str(caught.value) == f"a.txt: this is {kind}, not text. Convert it to plain text first"


def test_a_nul_is_no_text_and_its_place_is_told() -> None:
    with pytest.raises(BinaryInput) as caught:
        decoded(b"abc\0def", name="a.txt")
    assert (caught.value.input, caught.value.place) == ("a.txt", "byte 3")


def test_a_false_byte_order_mark_is_told() -> None:
    with pytest.raises(EncodingError) as caught:
        decoded(codecs.BOM_UTF8 + b"abc\xff", name="a.txt")
    assert str(caught.value) == (
        "a.txt, byte 3: the byte order mark says utf-8-sig, but the bytes are not that. Save it as UTF-8"
    )


def test_bytes_that_fit_no_encoding_are_refused() -> None:
    with pytest.raises(EncodingError, match="the bytes fit no known encoding of text"):
        decoded(bytes(range(1, 32)) * 20 + bytes(range(127, 256)) * 20, name="a.txt")
