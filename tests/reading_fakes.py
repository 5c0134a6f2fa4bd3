"""A small stand-in for the language, extraction and linking stages: capitalised words are entities, "shelled" an event.

It lies in a module of its own so that worker processes can import it.
"""

import os
import re
import time

from kg.errors import EmptyInput, ModelError
from kg.pipeline import Identity, Stages
from kg.records import Casualties, Claim, Entity, Event, Extraction, Link, Mention, Span

NAME, TRIGGER, FIGURE = re.compile(r"\b[A-Z][a-z]+\b"), re.compile(r"\bshelled\b"), re.compile(r"\b(\d+) people\b")
ITEMS = {"Duskar": Link("Q99999901", 0.9, "made up", "Duskar", "XX", 48.5, 37.25)}


def span(match):
    return Span(match.start(), match.end(), match[0])


def read(document):
    """The extraction of a document; words in capitals in its text ask for a failure of that kind."""
    text = document.text
    if "EMPTY" in text:
        raise EmptyInput("nothing to read out of it", input=document.source, remedy="Write more")
    if "CRASH" in text:
        raise ZeroDivisionError("a fault of the code")
    if "KILLED" in text:
        os._exit(9)
    if "SLOW" in text:
        time.sleep(0.01)
    names = dict.fromkeys(match[0] for match in NAME.finditer(text))
    ids = {name: f"e{number}" for number, name in enumerate(names, 1)}
    entities = tuple(Entity(ids[name], "Place", None, name, (name,), ITEMS.get(name)) for name in names)
    mentions = tuple(Mention(span(match), ids[match[0]], "name") for match in NAME.finditer(text))
    if "MISPLACED" in text:
        mentions = (*mentions, Mention(Span(0, 3, "no!"), "e1", "nominal"))
    events = tuple(
        Event(f"v{number}", "Shelling", (span(match),), place=ids.get("Duskar"))
        for number, match in enumerate(TRIGGER.finditer(text), 1)
    )
    whole = Span(0, len(text), text)
    about = tuple(event.id for event in events)
    figures = tuple(
        Casualties("killed", int(match[1]), int(match[1]), span(match), event=about[0] if about else None)
        for match in FIGURE.finditer(text)
    )
    claims = (Claim("c1", None, None, "asserts", about, whole, casualties=figures),) if about else ()
    processed = len(text) - ("CUT" in text)
    return Extraction(document, ((0, len(text)),), processed, entities, mentions, events, claims)


def make_reader():
    return read


def make_no_reader():
    raise ModelError("the weights are not there", input="model", remedy="Install the package again")


def identity():
    return Identity("fake", {"rules": "1"})


def other_identity():
    return Identity("fake", {"rules": "2"})


STAGES = Stages(make_reader, identity)
OTHER_STAGES = Stages(make_reader, other_identity)
NO_MODEL = Stages(make_no_reader, identity)
