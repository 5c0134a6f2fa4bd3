"""Saved queries: one `.rq` file each, with grlc's header and typed parameters.

>>> from queries import bind, catalogue
>>> text = bind(catalogue()["at-place"], {"place": "Kherson", "since": "2022-11-01"})
"""

from kg.errors import ParameterError
from queries.binding import bind
from queries.catalogue import SavedQuery, catalogue, read_query
from queries.parameters import Parameter

__all__ = ["Parameter", "ParameterError", "SavedQuery", "bind", "catalogue", "read_query"]
