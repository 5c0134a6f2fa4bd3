"""Documents and authorities for the tests of linking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kg.linking import Authority
from kg.linking.writing import write_authority
from kg.records import Document, Entity, Extraction, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.linking.items import Item

Described = tuple[str, str | None, str] | tuple[str, str | None, str, str]


@pytest.fixture(scope="session")
def shipped() -> Iterator[Authority]:
    with Authority.open_shipped() as authority:
        yield authority


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Authority]:
    """Makes an authority of a few items."""

    def make(*items: Item) -> Authority:
        path = tmp_path / f"made-{len(list(tmp_path.iterdir()))}.sqlite"
        write_authority(items, path, {})
        return Authority.open(path)

    return make


@pytest.fixture(scope="session")
def reading() -> Callable[..., Extraction]:
    """Makes an extraction of a text and its entities, each told as type, subtype and names."""

    def read(text: str, *entities: Described) -> Extraction:
        named = [
            Entity(f"e{at}", kind, subtype, names[0], tuple(names))
            for at, (kind, subtype, *names) in enumerate(entities)
        ]
        mentions = [mention for entity in named for mention in _mentions(text, entity)]
        return Extraction(
            Document("made up", text, "test"), ((0, len(text)),), len(text), tuple(named), tuple(mentions)
        )

    return read


def _mentions(text: str, entity: Entity) -> Iterator[Mention]:
    for name in entity.names:
        for found in re.finditer(re.escape(name), text):
            yield Mention(Span(found.start(), found.end(), name), entity.id, "name")
