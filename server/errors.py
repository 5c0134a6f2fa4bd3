"""Errors as answers: problem details (RFC 9457) with the status of `kg.errors.HTTP_STATUSES`."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from kg.errors import HTTP_STATUSES, KgError, looked_up

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"
_OWN_HEADERS = frozenset({"content-type", "content-length"})


def problem(error: KgError) -> tuple[dict[str, str | int], int]:
    """The members of the problem and the status; `input`, `place` and `remedy` are members of our own."""
    status = looked_up(error, HTTP_STATUSES)
    ours = {"input": error.input, "place": error.place, "remedy": error.remedy}
    return _members(status, error.reason) | {name: value for name, value in ours.items() if value}, status


def answer_errors(app: Flask) -> None:
    """Have the app answer every error with a problem."""
    app.register_error_handler(KgError, _answer_ours)
    app.register_error_handler(HTTPException, _answer_http)


def _members(status: int, detail: str) -> dict[str, str | int]:
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def _answer_ours(error: KgError) -> Response:
    members, status = problem(error)
    return _response(members, status)


def _answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    headers = {
        name: value for name, value in error.get_headers() if name.lower() not in ("content-type", "content-length")
    }
    return _response(_members(status, error.description or HTTPStatus(status).phrase), status, headers)


def _response(members: Mapping[str, str | int], status: int, headers: Mapping[str, str] | None = None) -> Response:
    body = json.dumps(members, ensure_ascii=False, indent=1)
    return Response(f"{body}\n", status, headers, content_type=MEDIA_TYPE)
