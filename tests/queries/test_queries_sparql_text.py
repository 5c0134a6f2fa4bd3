"""Strings and comments are blanked, IRIs kept, and every offset stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.sparql_text import blanked, prefixes


@pytest.mark.parametrize(
    ("sparql", "left"),
    [
        ("SELECT ?a # ?b", "SELECT ?a     "),
        ('"?a" ?b', "     ?b"),
        (r'"a\"?b" ?c', "        ?c"),
        ("'''a'b\n?c''' ?d", "      \n      ?d"),
        ('"""a"b""" ?c', "          ?c"),
        ("<http://e/#x> ?a", "<http://e/#x> ?a"),
        ("?a < 3 # <x>", "?a < 3      "),
        ('"open ?a', '"open ?a'),
        ("", ""),
    ],
)
def test_strings_and_comments_are_blanked(sparql, left):
    assert blanked(sparql) == left


@given(st.text(alphabet="ab?<>\"'#\\\n {}", max_size=60))
def test_blanking_keeps_every_offset_and_line(sparql):
    left = blanked(sparql)
    assert len(left) == len(sparql)
    assert [place for place, character in enumerate(left) if character == "\n"] == [
        place for place, character in enumerate(sparql) if character == "\n"
    ]
    assert all(new in (old, " ") for new, old in zip(left, sparql, strict=True))


def test_prefixes_are_those_declared_and_not_those_in_comments():
    sparql = "PREFIX a: <http://a/>\nprefix : <http://empty/>\n# PREFIX b: <http://b/>\nSELECT * {}"
    assert prefixes(sparql) == {"a": "http://a/", "": "http://empty/"}
