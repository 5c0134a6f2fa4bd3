"""The SPARQL endpoint."""

from __future__ import annotations

from flask import Blueprint, Response, request

from server.answers import answered
from server.protocol import read_request

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query of the SPARQL Protocol."""
    asked = read_request(request.method, request.query_string, request.headers.get("Content-Type"), request.get_data())
    return answered(asked, "Answer")
