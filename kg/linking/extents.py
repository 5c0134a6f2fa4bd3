"""How far a region reaches, judged by how near its neighbours are: no outlines are among the facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.linking.context import distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.linking.items import Item

_KINDS = ("region", "district")


def with_extents(items: Iterable[Item]) -> Iterator[Item]:
    """The items in their order, regions and districts with the distance to the nearest of their kind and country."""
    known = list(items)
    groups: dict[tuple[str, str | None], list[Item]] = defaultdict(list)
    for item in known:
        if item.kind in _KINDS:
            groups[item.kind, item.country].append(item)
    for item in known:
        yield replace(item, extent=_extent(item, groups[item.kind, item.country])) if item.kind in _KINDS else item


def _extent(item: Item, alike: Iterable[Item]) -> int | None:
    away = (distance(item, other) for other in alike if other.id != item.id)
    nearest = min((km for km in away if km), default=None)
    return None if nearest is None else round(nearest)
