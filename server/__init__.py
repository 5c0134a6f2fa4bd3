"""The published graph over HTTP: a SPARQL endpoint and the saved queries."""

from server.app import create_app, serve

__all__ = ["create_app", "serve"]
