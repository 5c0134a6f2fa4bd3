"""What made a graph: one PROV-O activity for each document and run; no clock time, so that builds repeat exactly."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph import literals, terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.graph.evidence import Statement
    from kg.graph.iris import DocumentIris


@dataclass(frozen=True, slots=True)
class Run:
    """What a build ran with; the input's hash is each document's own and comes from it."""

    tool_version: str
    model_hash: str
    configuration_hash: str


def configuration_hash(settings: Mapping[str, Any]) -> str:
    """SHA-256 of settings that JSON can hold; the order of the keys does not matter."""
    plain = json.dumps(settings, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("ascii")).hexdigest()


def run_statements(iris: DocumentIris, run: Run) -> Iterator[Statement]:
    """The run that made the document's graph, and that it made it."""
    node = iris.run
    yield iris.graph, terms.WAS_GENERATED_BY, node
    yield node, terms.TYPE, terms.ACTIVITY
    yield node, terms.TYPE, terms.RUN
    yield node, terms.USED, iris.text
    yield node, terms.TOOL_VERSION, literals.text(run.tool_version)
    yield node, terms.MODEL_HASH, literals.text(run.model_hash)
    yield node, terms.CONFIGURATION_HASH, literals.text(run.configuration_hash)
    yield node, terms.INPUT_HASH, literals.text(iris.sha256)
