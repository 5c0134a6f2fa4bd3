"""Values as RDF literals, in the lexical form that Oxigraph keeps, so that what is stored equals what was made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg.graph import terms

if TYPE_CHECKING:
    from datetime import date

SURROGATE = re.compile("[\ud800-\udfff]")
COORDINATE_DECIMALS = 6
SCORE_DECIMALS = 4


def text(value: str) -> Literal:
    """The string; a lone surrogate, which RDF cannot hold, becomes U+FFFD, so that offsets stay true."""
    return Literal(storable(value))


def storable(value: str) -> str:
    """The string with each lone surrogate replaced by U+FFFD; its length stays."""
    return SURROGATE.sub("\ufffd", value)


def number(value: int) -> Literal:
    """A whole number as xsd:integer: Oxigraph stores the narrower types as that one."""
    return Literal(str(value), datatype=terms.INTEGER)


def decimal(value: float) -> Literal:
    """A number as xsd:decimal with at most four decimals."""
    return Literal(_plain(value, SCORE_DECIMALS), datatype=terms.DECIMAL)


def day(value: date) -> Literal:
    """A day as xsd:date."""
    return Literal(value.isoformat(), datatype=terms.DATE)


def address(value: str) -> Literal:
    """A web address as xsd:anyURI, whatever it holds."""
    return Literal(storable(value), datatype=terms.ANY_URI)


def point(longitude: float, latitude: float) -> Literal:
    """A point in WGS84 degrees as GeoSPARQL well-known text, longitude first (OGC:CRS84)."""
    coordinates = f"{_plain(longitude, COORDINATE_DECIMALS)} {_plain(latitude, COORDINATE_DECIMALS)}"
    return Literal(f"POINT({coordinates})", datatype=terms.WKT_LITERAL)


def _plain(value: float, decimals: int) -> str:
    """Without exponent, without zeros at the end, and without the sign of a negative zero."""
    digits = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
