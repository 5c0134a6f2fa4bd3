"""Which format an answer gets: the one asked for by name, else the best by the Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import NotAcceptable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^;]*)*)\s*")
_QUALITY = re.compile(r"[qQ]\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True)
class Format:
    """A way to write answers; `kinds` are out of rows (SELECT), truth (ASK) and graph (CONSTRUCT, DESCRIBE)."""

    name: str
    media_type: str
    kinds: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header; all that is written is UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


def _load() -> Mapping[str, Format]:
    table = tomllib.loads(files("server").joinpath("formats.toml").read_text("utf8"))
    formats = (
        Format(row["name"], row["media_type"], tuple(row["kinds"]), tuple(row.get("aliases", ())))
        for row in table["format"]
    )
    return MappingProxyType({one.name: one for one in formats})


FORMATS = _load()


def offered(kind: str, but: Iterable[str] = ()) -> tuple[Format, ...]:
    """The formats in which an answer of that kind can be given, the preferred one first."""
    return tuple(one for one in FORMATS.values() if kind in one.kinds and one.name not in but)


def choose(formats: Sequence[Format], accept: str | None, name: str | None = None) -> Format:
    """The format called `name`, or where none is named the one that the Accept header likes best.

    Raises NotAcceptable, which names the formats that there are.
    """
    if name is not None:
        return _named(formats, name)
    if accept is None or not accept.strip():
        return formats[0]
    ranges = _read_accept(accept)
    best = max(formats, key=lambda one: _quality(one, ranges))
    if _quality(best, ranges) <= 0:
        raise _none(formats, f"Accept: {accept}")
    return best


def _named(formats: Sequence[Format], name: str) -> Format:
    for one in formats:
        if one.name == name:
            return one
    raise _none(formats, f"format {name}")


def _none(formats: Sequence[Format], asked: str) -> NotAcceptable:
    there_are = ", ".join(f"{one.name} ({one.media_type})" for one in formats)
    return NotAcceptable("this answer cannot be given so", input=asked, remedy=f"Ask for one of {there_are}")


def _read_accept(accept: str) -> list[tuple[str, str, float]]:
    """The media ranges of the header with their qualities; what is no media range is passed over."""
    found = (_RANGE.fullmatch(part) for part in accept.split(","))
    return [(match[1].lower(), match[2].lower(), _read_quality(match[3])) for match in found if match]


def _read_quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        if match := _QUALITY.fullmatch(parameter.strip()):
            return float(match[1])
    return 1.0


def _quality(format: Format, ranges: Iterable[tuple[str, str, float]]) -> float:
    """The quality that the most specific range that fits gives to the format; an alias must be asked for by name."""
    asked = [quality for *names, quality in ranges if "/".join(names) in format.aliases]
    return max(_quality_of(format.media_type, ranges), *asked, 0.0)


def _quality_of(media_type: str, ranges: Iterable[tuple[str, str, float]]) -> float:
    type_, _, subtype = media_type.partition("/")
    fitting = [
        ((wanted_type != "*") + (wanted_subtype != "*"), quality)
        for wanted_type, wanted_subtype, quality in ranges
        if wanted_type in ("*", type_) and wanted_subtype in ("*", subtype)
    ]
    return max(fitting, default=(0, 0.0))[1]
