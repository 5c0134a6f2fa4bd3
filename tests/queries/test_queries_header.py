"""Headers of saved queries: what is read, and what is refused with the file's name."""

import pytest

from kg.errors import QueryError
from queries.header import Header, read_header, split_header

TEXT = """#+ summary: Shells
#+ description: One row for each.
#+ tags:
#+   - events
#+   - places
#+ method: GET
#+ defaults:
#+   - km: 50
#+ enumerate:
#+   - kind:
#+     - killed
#+     - injured
PREFIX e: <http://e/>
# a comment that stays
SELECT *
"""


def test_header_lines_are_split_from_the_query():
    head, query = split_header(TEXT)
    assert query == "PREFIX e: <http://e/>\n# a comment that stays\nSELECT *\n"
    assert head.splitlines()[0] == " summary: Shells"


def test_header_is_read_whole():
    assert read_header(split_header(TEXT)[0], "shells") == Header(
        summary="Shells",
        description="One row for each.",
        tags=("events", "places"),
        defaults={"km": "50"},
        choices={"kind": ("killed", "injured")},
    )


def test_header_needs_only_summary_and_description():
    assert read_header("summary: a\ndescription: b", "x") == Header("a", "b")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "there is no header"),
        ("just words", "there is no header"),
        ("summary: a: b", "the header is not YAML"),
        ("summary: a", "the header lacks description"),
        ("description: a", "the header lacks summary"),
        ("summary: a\ndescription: b\nsumary: c", "unknown header key sumary"),
        ("summary: a\ndescription: b\ndefaults:\n - a: 1\n   b: 2", "lists of `- name: value`"),
        ("summary: a\ndescription: b\ndefaults:\n - a", "lists of `- name: value`"),
        ("summary: a\ndescription: b\nmethod: POST", "its method is GET"),
    ],
)
def test_broken_header_is_refused_with_the_file_and_the_reason(text, told):
    with pytest.raises(QueryError) as caught:
        read_header(text, "shells")
    assert caught.value.input == "shells"
    assert told in caught.value.reason
