"""Opening what is to be read: files, addresses and standard input, each as bytes without compression."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, IncompleteRead
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from kg.errors import InputTooLarge, UnreadableInput
from kg.reading.settings import CONTENT_TYPES, ENDINGS, FETCH_SECONDS, USER_AGENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse

    from _typeshed import WriteableBuffer

STDIN = "-"
_GZIP_MARK = b"\x1f\x8b"
_NO_FILE = "Check that it is there and that you may read it"
_NO_ANSWER = "Check the address and the connection, or save the page and give the file"
_DAMAGED = "Compress or fetch it again"


class ByteStream(Protocol):
    """What the readers need of an open file."""

    def read(self, size: int = ..., /) -> bytes:
        """At most `size` bytes, fewer only at the end."""

    def readline(self, size: int = ..., /) -> bytes:
        """The next line, or its first `size` bytes."""

    def peek(self, size: int = ..., /) -> bytes:
        """The next bytes, without reading on."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: its name as the user knows it, and the path of a file (None: address or stdin)."""

    name: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An open input: its bytes, the id for a document without one, and what its name or server says of it.

    `format` is None where only the content can tell; `encoding` is the one that a server declared.
    """

    name: str
    id: str
    stream: ByteStream
    format: str | None = None
    url: str | None = None
    encoding: str | None = None


class _Body(io.RawIOBase):
    """The body of an answer, which ends in IncompleteRead where it is shorter than announced.

    `HTTPResponse.read` with a size gives what came and says nothing.
    """

    def __init__(self, response: HTTPResponse) -> None:
        self._response = response

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        size = self._response.readinto(buffer)
        if not size and self._response.length:
            raise IncompleteRead(b"", self._response.length)
        return size


@contextmanager
def opened(item: Input) -> Iterator[Source]:
    """The input, open for reading and without compression.

    Raises UnreadableInput where it cannot be opened or breaks off while it is read.
    """
    remedy = _NO_FILE if item.path else _NO_ANSWER
    try:
        yield from _sources(item)
    except HTTPError as error:
        raise UnreadableInput(f"the server answered {error.code}", input=item.name, remedy=remedy) from error
    except IncompleteRead as error:
        raise UnreadableInput("the connection broke off", input=item.name, remedy=remedy) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableInput("the gzip data is damaged", input=item.name, remedy=_DAMAGED) from error
    except (OSError, HTTPException) as error:
        raise UnreadableInput(_told(error), input=item.name, remedy=remedy) from error


def whole(source: Source, max_bytes: int) -> bytes:
    """All bytes of the source; raises InputTooLarge where there are more than `max_bytes`."""
    data = source.stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise too_large(source.name, max_bytes)
    return data


def too_large(name: str, max_bytes: int, place: str = "") -> InputTooLarge:
    """The error for an input, or a place in it, of more bytes than the limit."""
    reason = f"larger than the limit of {max_bytes:,} bytes"
    return InputTooLarge(reason, input=name, place=place, remedy="Split it into its articles")


def named_format(name: str) -> str | None:
    """The format that a file name's ending tells, `.gz` left aside; None where it tells none."""
    return ENDINGS.get(PurePosixPath(_without_gz(name)).suffix.lower())


def _sources(item: Input) -> Iterator[Source]:
    if item.path is not None:
        with item.path.open("rb") as file:
            yield Source(item.name, _id_of(item.name), _decompressed(file), named_format(item.name))
    elif item.name == STDIN:
        yield Source("stdin", "stdin", _decompressed(sys.stdin.buffer))  # type: ignore[arg-type]
    else:
        with _fetched(item.name) as response:
            yield _page(item.name, response)


def _page(address: str, response: HTTPResponse) -> Source:
    headers = response.headers
    content_type = headers.get_content_type() if "Content-Type" in headers else ""
    return Source(
        name=address,
        id=address,
        stream=_decompressed(io.BufferedReader(_Body(response))),
        format=CONTENT_TYPES.get(content_type) or named_format(urlsplit(address).path),
        url=address,
        encoding=headers.get_content_charset(),
    )


def _fetched(address: str) -> HTTPResponse:
    try:
        request = Request(quote(address, safe="%/:?#[]@!$&'()*+,;=~"), headers={"User-Agent": USER_AGENT})  # noqa: S310 - the selection passes http and https only
        response: HTTPResponse = urlopen(request, timeout=FETCH_SECONDS)  # noqa: S310 - as above
    except ValueError as error:
        raise UnreadableInput("this is no address", input=address, remedy=_NO_ANSWER) from error
    return response


def _decompressed(stream: ByteStream) -> ByteStream:
    if stream.peek(2)[:2] != _GZIP_MARK:
        return stream
    return gzip.GzipFile(fileobj=stream)  # type: ignore[call-overload, no-any-return]


def _id_of(name: str) -> str:
    return PurePosixPath(_without_gz(name)).stem


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _told(error: OSError | HTTPException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(getattr(error, "reason", "")) or str(error) or type(error).__name__
