"""A small invented report and its reading, for the tests of the graph."""

from dataclasses import replace
from datetime import date

from kg.graph import GraphSettings, Run
from kg.records import (
    Candidate,
    Casualties,
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Link,
    Mention,
    Participant,
    Span,
    TimeSpan,
)

TEXT = (
    "Mortars hit Velen on Monday, killing at least 3 farmers, mayor Ana Kos told Radio Tor. "
    "Local officials denied it. "
    "Troops will leave the town."
)
DOCUMENT = Document(
    id="velen-1",
    text=TEXT,
    source="reports/velen-1.txt",
    title="Mortars hit Velen",
    publisher="Tor Daily",
    url="https://tor.example/velen-1",
    published=date(2031, 3, 5),
)
SETTINGS = GraphSettings("https://kg.example/")
RUN = Run("1.2.3", "model-hash", "configuration-hash")


def span(words, text=TEXT):
    """The first place of the words in the text."""
    begin = text.index(words)
    return Span(begin, begin + len(words), words)


def sentence_ranges(text=TEXT):
    """Ranges of the text's sentences, each with the space after it."""
    ends = [position + 2 for position in range(len(text)) if text.startswith(". ", position)]
    return tuple(zip([0, *ends], [*ends, len(text)], strict=True))


VELEN_LINK = Link(
    wikidata="Q101",
    score=0.93,
    method="name and country",
    label="Velen (town)",
    country="TO",
    latitude=50.0,
    longitude=36.25,
    rejected=(Candidate("Q102", "Velen (river)", 0.2),),
)
VELEN = Entity("e1", "Place", "Settlement", "Velen", ("Velen",), VELEN_LINK)
KOS = Entity("e2", "Person", None, "Ana Kos", ("Ana Kos",), Link(None, None, "name and country"))
RADIO = Entity("e3", "Organisation", "MediaOutlet", "Radio Tor", ("Radio Tor",))
MENTIONS = (
    Mention(span("Velen"), "e1", "name"),
    Mention(span("the town"), "e1", "nominal"),
    Mention(span("Ana Kos"), "e2", "name"),
    Mention(span("Radio Tor"), "e3", "name"),
)
SHELLING = Event(
    "v1",
    "Shelling",
    (span("hit"),),
    (
        Participant("instrument", None, span("Mortars")),
        Participant("target", "e1", span("Velen")),
        Participant("victim", None, span("farmers")),
    ),
    place="e1",
    time=TimeSpan(span("on Monday"), date(2031, 3, 3), date(2031, 3, 3), "day"),
)
LEAVING = Event(
    "v2",
    "Withdrawal",
    (span("leave"),),
    (Participant("perpetrator", None, span("Troops")),),
    origin="e1",
    modality="future",
)
KOS_SAYS = Claim(
    "c1",
    "e2",
    None,
    "asserts",
    ("v1",),
    span("Mortars hit Velen on Monday, killing at least 3 farmers"),
    "e3",
    (Casualties("killed", 3, None, span("at least 3 farmers"), span("farmers"), "v1"),),
)
OFFICIALS_DENY = Claim("c2", None, span("Local officials"), "denies", ("v1",), span("Local officials denied it"))
EXTRACTION = Extraction(
    document=DOCUMENT,
    sentences=sentence_ranges(),
    processed=len(TEXT),
    entities=(VELEN, KOS, RADIO),
    mentions=MENTIONS,
    events=(SHELLING, LEAVING),
    claims=(KOS_SAYS, OFFICIALS_DENY),
)


def bare(document):
    """An extraction of a document that nothing was read out of."""
    return Extraction(document, ((0, len(document.text)),), len(document.text))


def with_entity(name, **changes):
    """A document that is one name, with the entity of that name."""
    document = replace(DOCUMENT, text=name, **changes)
    mention = Mention(Span(0, len(name), name), "e1", "name")
    return replace(bare(document), entities=(Entity("e1", "Person", None, name, (name,)),), mentions=(mention,))
