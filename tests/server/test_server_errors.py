"""Every error of the project is answered by its status and by problem details (RFC 9457)."""

import pytest

from kg import errors
from kg.errors import KgError
from server.errors import problem


def test_all_that_is_known_is_told():
    error = errors.ParameterError("it is late", input="parameter since", place="line 1", remedy="Give a day")
    assert problem(error) == (
        {
            "type": "about:blank",
            "title": "Unprocessable Entity",
            "status": 422,
            "detail": "it is late",
            "input": "parameter since",
            "place": "line 1",
            "remedy": "Give a day",
        },
        422,
    )


def test_what_is_not_known_is_left_out():
    assert problem(KgError("x")) == (
        {"type": "about:blank", "title": "Internal Server Error", "status": 500, "detail": "x"},
        500,
    )


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.UsageError, 400),
        (errors.QueryError, 400),
        (errors.Refused, 403),
        (errors.NotInDataset, 404),
        (errors.NotAcceptable, 406),
        (errors.UnsupportedMediaType, 415),
        (errors.ParameterError, 422),
        (errors.DatasetMissing, 503),
        (errors.DatasetInUse, 503),
        (errors.QueryTimeout, 504),
        (errors.ModelError, 500),
    ],
)
def test_status(kind, status):
    assert problem(kind("x"))[1] == status
