"""An invented report, as gold and as a prediction with a few errors, so that every figure can be counted by hand."""

import copy

TEXT = (
    "Rebels shelled Aldergate on Monday. Three people died, Governor Calloway said. "
    "The army denied it. Troops left Fenwick."
)


def span(words, text=TEXT):
    begin = text.index(words)
    return {"begin": begin, "end": begin + len(words), "text": words}


def mention(words, entity):
    return {**span(words), "entity": entity, "kind": "name"}


def entity(id, type, *names, wikidata=None):
    return {"id": id, "type": type, "subtype": None, "label": names[0], "names": list(names), "wikidata": wikidata}


def event(id, type, trigger, participants=(), **rest):
    made = {"id": id, "type": type, "triggers": [span(trigger)], "participants": list(participants)}
    return made | {"place": None, "origin": None, "destination": None, "time": None, "modality": "actual"} | rest


def filler(role, entity=None, text=None):
    return {"role": role, "entity": entity, "text": text}


def claim(id, claimant, about, stance="asserts", casualties=()):
    evidence = span("Three people died, Governor Calloway said.")
    return {
        "id": id, "claimant": claimant, "claimant_text": None, "medium": None, "about": about, "stance": stance,
        "evidence": evidence, "casualties": list(casualties),
    }  # fmt: skip


def figure(kind, least, most):
    return {"kind": kind, "min": least, "max": most, "group": "people", "event": "v1"}


def day(text):
    return {"phrase": "on Monday", "earliest": text, "latest": text, "precision": "day"}


def gold():
    return {
        "document": {"id": "report", "title": None, "publisher": None, "url": None, "published": "2024-05-01"},
        "text": TEXT,
        "entities": [
            entity("e1", "Place", "Aldergate", wikidata="Q1"),
            entity("e2", "Person", "Calloway"),
            entity("e3", "Place", "Fenwick", wikidata="unknown"),
        ],
        "mentions": [mention("Aldergate", "e1"), mention("Calloway", "e2"), mention("Fenwick", "e3")],
        "events": [
            event("v1", "Shelling", "shelled", [filler("perpetrator", text="Rebels"), filler("target", "e1")],
                  place="e1", time=day("2024-04-29")),
            event("v2", "Withdrawal", "left", [filler("perpetrator", text="Troops")], origin="e3"),
        ],
        "claims": [
            claim("c1", "e2", ["v1"], casualties=[figure("killed", 3, 3)]),
            claim("c2", None, ["v2"]),
        ],
    }  # fmt: skip


def flawed():
    """Fenwick is taken for a person, the place lacks, the day is wrong, an event and a figure are off."""
    record = copy.deepcopy(gold())
    record["entities"][2]["type"] = "Person"
    record["entities"][0]["wikidata"] = "Q2"
    first = record["events"][0]
    first.update(type="Attack", place=None, time=day("2024-04-22"), modality="future")
    first["participants"] = [filler("perpetrator", text="the rebels"), filler("victim", text="people")]
    record["events"][1]["triggers"] = [span("died")]
    record["claims"][0]["stance"] = "denies"
    record["claims"][0]["casualties"].append(figure("injured", 1, None))
    return record
