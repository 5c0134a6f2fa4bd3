"""Names to Wikidata ids: an authority of names, the items that a name may mean, and knowing when none is meant."""

from kg.linking.authority import Authority, Layers, Lookup
from kg.linking.building import build_authority
from kg.linking.linker import link

__all__ = ["Authority", "Layers", "Lookup", "build_authority", "link"]
