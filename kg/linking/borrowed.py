"""Names that a source gives a town though they are its region's: Natural Earth lists "Ohio" with Columbus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.linking.keys import bare, likeness, plain, sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.linking.items import Item

_ALIKE = 0.5
_LENDERS = ("region", "country")


def without_borrowed_names(items: Iterable[Item]) -> Iterator[Item]:
    """The items in their order, settlements without aliases that name a region or country and not them.

    An alias goes where a region or country of the same country bears it as its label and it is unlike the
    settlement's own label: "Panama" stays with Panama City.
    """
    known = list(items)
    lent = {(plain(item.label), item.country) for item in known if item.kind in _LENDERS}
    for item in known:
        yield _cleaned(item, lent) if item.kind == "settlement" else item


def _cleaned(item: Item, lent: set[tuple[str, str | None]]) -> Item:
    kept = (alias for alias in item.aliases if (plain(alias), item.country) not in lent or _is_own(alias, item.label))
    return replace(item, aliases=tuple(kept))


def _is_own(alias: str, label: str) -> bool:
    ours, theirs = (sound(bare(plain(name)).key) for name in (alias, label))
    return likeness(ours, theirs) >= _ALIKE
