"""Builds a knowledge graph from news of armed conflict: reading, language, extraction, linking, graph, dataset."""

__version__ = "0.1.0"
