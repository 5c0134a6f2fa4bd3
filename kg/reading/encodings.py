"""Bytes to text, with nothing guessed where the bytes say what they are."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from kg.errors import BinaryInput, EncodingError
from kg.reading.settings import (
    DECLARED_ENCODINGS,
    ENCODING_DECLARATION,
    ENCODING_SYNONYMS,
    GUESSED_ENCODINGS,
    SIGNATURES,
)

# UTF-32 stands before UTF-16, whose mark it begins with.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DECLARED_WITHIN = 4096
_CONVERT = "Convert it to plain text first"
_SAVE_AS_UTF8 = "Save it as UTF-8"


def decoded(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The text in `data`, with every line end as one LF.

    Tried in turn: a byte order mark, UTF-8, the `declared` encoding, a guess. `name` is for messages.
    Raises BinaryInput where the bytes are no text, EncodingError where they fit no encoding.
    """
    text = _marked(data, name)
    if text is None:
        refuse_binary(data, name)
        text = _strictly(data, "utf-8") or _as_declared(data, declared) or _guessed(data, name)
    return with_plain_line_ends(text)


def with_plain_line_ends(text: str) -> str:
    """The text with each CR LF and each CR as one LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def declared_in(data: bytes) -> str | None:
    """The encoding that a page's `meta` or XML declaration names, None where it names none."""
    found = ENCODING_DECLARATION.search(data[:_DECLARED_WITHIN])
    return found.group(1).decode("ascii", "replace") if found else None


def mark_of(data: bytes) -> str | None:
    """The encoding whose byte order mark the data begins with."""
    return next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)


def refuse_binary(data: bytes, name: str) -> None:
    """Raises BinaryInput for data with a known file signature or a NUL, which no text has."""
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise BinaryInput(f"this is {kind}, not text", input=name, remedy=_CONVERT)
    position = data.find(b"\0")
    if position >= 0:
        raise BinaryInput("this is not text: it holds a NUL", input=name, place=f"byte {position}", remedy=_CONVERT)


def _marked(data: bytes, name: str) -> str | None:
    encoding = mark_of(data)
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"the byte order mark says {encoding}, but the bytes are not that"
        raise EncodingError(reason, input=name, place=f"byte {error.start}", remedy=_SAVE_AS_UTF8) from error


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_declared(data: bytes, declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return None
    encoding = ENCODING_SYNONYMS.get(name, name)
    return _strictly(data, encoding) if encoding in DECLARED_ENCODINGS else None


def _guessed(data: bytes, name: str) -> str:
    best = from_bytes(data, cp_isolation=GUESSED_ENCODINGS).best()
    if best is None:
        raise EncodingError("the bytes fit no known encoding of text", input=name, remedy=_SAVE_AS_UTF8)
    return str(best)
