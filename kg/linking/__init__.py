"""Names to Wikidata ids: an authority of names, the items that a name may mean, and knowing when none is meant."""

from kg.linking.authority import Authority, Layers, Lookup
from kg.linking.building import build_authority
from kg.linking.judgements import Judgements, history, in_force, judge
from kg.linking.linker import link
from kg.linking.review import doubtful

__all__ = [
    "Authority",
    "Judgements",
    "Layers",
    "Lookup",
    "build_authority",
    "doubtful",
    "history",
    "in_force",
    "judge",
    "link",
]
