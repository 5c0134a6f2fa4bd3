"""Saved queries over HTTP: a list of them, and each with its parameters."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from kg.errors import NotInDataset, ParameterError
from queries import SavedQuery, bind, catalogue
from server.answers import answered
from server.negotiation import FORMATS, Format, choose, offered
from server.protocol import Pairs, QueryRequest, last, read_pairs

blueprint = Blueprint("saved", __name__)

RESERVED = frozenset({"format"})
_LIST_FORMATS = (Format("json", "application/json", ()), FORMATS["html"])


@blueprint.route("/")
def home() -> str:
    """The page that lists the saved queries."""
    return _list_page()


@blueprint.route("/queries")
def queries() -> Response:
    """The saved queries with their parameters, as JSON or as a page."""
    chosen = choose(_LIST_FORMATS, request.headers.get("Accept"), request.args.get("format"))
    if chosen.name == "html":
        return Response(_list_page(), content_type=chosen.content_type)
    body = json.dumps([described(query) for query in catalogue().values()], ensure_ascii=False, indent=1)
    return Response(body, content_type=chosen.content_type)


@blueprint.route("/queries/<name>")
def query(name: str) -> Response:
    """The rows of one saved query."""
    saved = _known(name)
    pairs = read_pairs(request.query_string)
    sparql = bind(saved, values(pairs))
    return answered(QueryRequest(sparql, format=last(pairs, "format")), saved.summary)


def values(pairs: Pairs) -> dict[str, str]:
    """The values of the parameters; a field left empty is one not given, as browsers send forms.

    Raises ParameterError for a parameter that is given twice.
    """
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in RESERVED or not value:
            continue
        if name in given:
            raise ParameterError("it is given more than once", input=f"parameter {name}", remedy="Give one value")
        given[name] = value
    return given


def described(query: SavedQuery) -> dict[str, Any]:
    """A saved query as JSON."""
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": query.tags,
        "address": url_for("saved.query", name=query.name, _external=False),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": parameter.required,
                "default": parameter.default,
                "choices": parameter.short_choices,
                "expected": parameter.expected,
            }
            for parameter in query.parameters
        ],
    }


def _known(name: str) -> SavedQuery:
    found = catalogue().get(name)
    if found is None:
        raise NotInDataset("there is no saved query of that name", input=name, remedy="/queries lists those there are")
    return found


def _list_page() -> str:
    by_tag: dict[str, list[SavedQuery]] = {}
    for saved in catalogue().values():
        by_tag.setdefault(saved.tags[0], []).append(saved)
    return render_template("home.html", by_tag=by_tag, formats=[one.name for one in offered("rows")])
