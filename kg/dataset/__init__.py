"""The folder on disk in which a graph is kept: a store, the records it was made from, published snapshots."""

from kg.dataset.dataset import Dataset, Entry, Mode
from kg.dataset.records import Row
from kg.dataset.snapshots import Snapshot

__all__ = ["Dataset", "Entry", "Mode", "Row", "Snapshot"]
