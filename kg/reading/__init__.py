"""Files, folders, pages and streams to documents: `read_sources` is the way in."""

from kg.reading.dates import read_date, today_anywhere
from kg.reading.options import ReadOptions, parse_fields
from kg.reading.reader import read_selection, read_sources
from kg.reading.selection import Selection, select

__all__ = [
    "ReadOptions",
    "Selection",
    "parse_fields",
    "read_date",
    "read_selection",
    "read_sources",
    "select",
    "today_anywhere",
]
