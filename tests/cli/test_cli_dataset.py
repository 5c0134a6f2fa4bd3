"""The commands on a dataset that is there: show, stats, validate, export, remove, serve, demo."""

import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse
from reading_fakes import read
from rich.console import Console

from kg.cli.demo import data_home, questions
from kg.cli.marks import STYLES, Mark, bracketed, coloured, marks
from kg.cli.stats import patterns
from kg.dataset import Dataset
from kg.graph import canonical
from kg.records import Casualties, Claim, Document, Entity, Event, Extraction, Link, Participant, Span, TimeSpan
from kg.samples import paths
from queries import bind, catalogue

# kg show


def test_a_document_is_shown_with_its_words_marked_and_listed(built):
    assert built("show", "one").stdout == (
        "Gunners shell Duskar\n"
        "The Velm Courier, 2024-05-01\n"
        "\n"
        "[c1 [e1 Gunners] [v1 shelled] [e2 Duskar] at dawn. [c1 3 people] died.]\n"
        "\n"
        "Entities\n"
        "  e1  Gunners  Place  no item\n"
        "  e2  Duskar  Place  Q99999901 (0.90)\n"
        "\n"
        "Events\n"
        "  v1  Shelling  actual  “shelled”; at Duskar (e2)\n"
        "\n"
        "Claims\n"
        "  c1  the article asserts of v1: “Gunners shelled Duskar at dawn. 3 people died.”\n"
        "      3 killed of v1: “3 people”\n"
    )


def test_a_document_that_is_not_there_is_told(built):
    result = built("show", "four", code=1)
    assert "kg-data: there is no document 'four'. kg query documents lists" in result.stderr


def test_terminal_codes_of_a_text_are_not_passed_on(kg):
    kg("build", "-", input="Duskar \x1b[2J\x1b]0;title\x07 fell \x9b31m.\r\nGunners \u202eshelled it.\n")
    printed = kg("show", "stdin").stdout
    assert not set(printed) & set("\x1b\x07\x9b\r\u202e")
    assert "[e1 Duskar]  [2J" in printed


def rich_extraction():
    text = "Aila Orr said the Red Guard left Velm for Ost on May 1; between 3 and 5 people fell."

    def words(part):
        begin = text.index(part)
        return Span(begin, begin + len(part), part)

    return Extraction(
        Document("d", text, "d.txt"),
        ((0, len(text)),),
        len(text),
        entities=(
            Entity("e1", "Person", None, "Aila Orr", ("Aila Orr", "Orr")),
            Entity("e2", "Organisation", "ArmedGroup", "Red Guard", ("Red Guard",), Link("Q1", None, "x")),
        ),
        events=(
            Event(
                "v1",
                "Withdrawal",
                (words("left"),),
                (
                    Participant("perpetrator", "e2", words("the Red Guard")),
                    Participant("victim", None, words("people")),
                ),
                origin="e3",
                destination="e4",
                time=TimeSpan(words("May 1"), None, None, "day"),
                modality="future",
            ),
        ),
        claims=(
            Claim(
                "c1",
                "e1",
                words("Aila Orr"),
                "announces",
                ("v1",),
                words(text),
                medium="e2",
                casualties=(
                    Casualties("killed", 3, 5, words("3 and 5 people")),
                    Casualties("missing", None, 2, words("5")),
                ),
            ),
            Claim("c2", None, words("people"), "denies", (), words("fell")),
        ),
    )


def test_lists_tell_all_that_a_record_holds(built, monkeypatch):
    monkeypatch.setattr("kg.cli.show.Dataset.record", lambda *_: rich_extraction())
    printed = built("show", "d").stdout
    for line in (
        "e1  Aila Orr  Person  no item, also Orr",
        "e2  Red Guard  Organisation/ArmedGroup  Q1",
        "v1  Withdrawal  future  “left”; from e3; to e4; “May 1” = ?; perpetrator Red Guard (e2); victim “people”",
        "c1  Aila Orr (e1) by way of Red Guard (e2) announces of v1: “Aila Orr said",
        "  3 to 5 killed: “3 and 5 people”",
        "  ? to 2 missing: “5”",
        "c2  “people” denies: “fell”",
    ):
        assert f"  {line}" in printed


def test_marks_within_marks_and_side_by_side_close_in_the_order_that_they_opened():
    text = "abcdef"
    marked = [
        Mark(0, 6, "claim", "c1"),
        Mark(0, 3, "Place", "e1"),
        Mark(1, 2, "event", "v1"),
        Mark(3, 6, "Place", "e2"),
    ]
    assert bracketed(text, marked) == "[c1 [e1 a[v1 b]c][e2 def]]"
    assert bracketed(text, []) == text


def test_colours_stand_on_the_marked_words_only():
    extraction = read(Document("one", "Gunners shelled Duskar. 3 people died.", "one.txt"))
    shown = coloured(extraction.document.text, marks(extraction))
    assert shown.plain == extraction.document.text
    styled = {(shown.plain[span.start : span.end], str(span.style)) for span in shown.spans}
    assert {("shelled", STYLES["event"]), ("Duskar", STYLES["Place"]), ("3 people", STYLES["casualties"])} < styled


def test_every_style_is_one_that_rich_knows():
    for style in STYLES.values():
        Console().get_style(style)


def test_on_a_terminal_there_are_colours_and_a_legend(built, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    printed = built("show", "one").stdout
    assert "\x1b[" in printed
    assert "[e2 Duskar]" not in printed
    assert "Organisation" in printed


# kg stats, kg validate, kg export


def test_stats_count_what_is_there(built):
    counts = json.loads(built("stats", "--format", "json").stdout)
    with Dataset.open(Path("kg-data")) as dataset:
        assert counts.pop("triples") == len(dataset.store)
    assert counts == {
        "documents": 3,
        "publishers": 3,
        "entities": 6,
        "linked entities": 2,
        "mentions": 6,
        "events": 2,
        "claims": 2,
        "casualty figures": 1,
        "events by type": {"Shelling": 2},
        "snapshot": 1,
        "dataset": "kg-data",
    }
    assert set(patterns()) < {*counts, "triples"}


def test_stats_are_lines_to_read(built):
    printed = built("stats").stdout.splitlines()
    assert printed[0] == "documents         3"
    assert printed[-2:] == ["dataset           kg-data, snapshot 1", "  Shelling        2"]


def test_a_valid_graph_is_told_as_such(built):
    assert built("validate").stdout == "3 document graphs, 0 violations\n"


def test_violations_are_told_with_code_1(built):
    with Dataset.open(Path("kg-data"), "write") as dataset:
        dataset.store.update(
            "DELETE { GRAPH ?g { ?x rdfs:label ?label } } WHERE { GRAPH ?g { ?x rdfs:label ?label } }",
            prefixes={"rdfs": "http://www.w3.org/2000/01/rdf-schema#"},
        )
        (dataset.path / "unpublished").touch()
        dataset.publish()
    result = built("validate", code=1)
    assert "rdfs:label" in result.stdout
    assert "0 violations" not in result.stdout


FORMATS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_holds_all_quads(built, name):
    exported = Store()
    exported.extend(parse(built("export", "--format", name).stdout_bytes, FORMATS[name]))
    with Dataset.open(Path("kg-data")) as dataset:
        assert canonical(exported) == canonical(dataset.store)


def test_an_export_in_turtle_holds_all_triples_once(built):
    exported = list(parse(built("export", "--format", "turtle").stdout_bytes, RdfFormat.TURTLE))
    with Dataset.open(Path("kg-data")) as dataset:
        triples = {quad.triple for quad in dataset.store}
    assert len(exported) == len(triples)
    assert {quad.triple for quad in exported} == triples


def test_two_builds_export_the_same_bytes(built, articles):
    built("build", articles, "--dataset", "other", "--jobs", "2")
    assert built("export").stdout_bytes == built("export", "--dataset", "other").stdout_bytes


def test_an_export_goes_to_a_file(built):
    result = built("export", "--output", "graph.nq")
    assert result.stdout == ""
    assert Path("graph.nq").read_bytes() == built("export").stdout_bytes
    assert "none/graph.nq: no such file" in built("export", "--output", "none/graph.nq", code=1).stderr


# kg remove


def test_removed_documents_are_gone_and_the_others_stay(built, articles):
    assert built("remove", "three", "one").stdout == "removed three\nremoved one\n"
    (articles / "one.txt").unlink()
    (articles / "three.txt").unlink()
    built("build", articles, "--dataset", "clean")
    assert built("export").stdout_bytes == built("export", "--dataset", "clean").stdout_bytes


def test_a_document_that_is_not_there_to_remove_is_told_and_the_others_go(built):
    result = built("remove", "four", "one", "one", code=1)
    assert result.stdout == "removed one\n"
    assert "there is no document 'four'" in result.stderr


# kg serve


@pytest.fixture
def served(monkeypatch):
    calls = []

    def serve(snapshot, host, port, *, base_iri, announce):
        announce(f"http://{host}:{port}/")
        calls.append((Path(snapshot), host, port, base_iri))
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.cli.serve.serve", serve)
    return calls


def test_a_dataset_is_served_where_asked_until_interrupted(built, served):
    result = built("serve", "--host", "::1", "--port", "0")
    assert result.stderr == "Serving on http://::1:0/ (Ctrl-C ends it)\n"
    assert served == [(Path("kg-data/current"), "::1", 0, "https://w3id.org/conflict-kg/")]


def test_the_settings_say_where_else(built, served):
    built("serve")
    assert served[0][1:3] == ("127.0.0.1", 7878)


def test_what_is_not_there_is_not_served(kg, served):
    assert "there is no dataset here" in kg("serve", code=1).stderr
    assert served == []


# kg demo


def test_the_demo_builds_the_samples_and_says_what_to_ask(kg, served):
    printed = kg("demo", "--no-serve", "--dataset", "demo").stdout
    assert f"{len(paths())} new, 0 replaced, 0 unchanged, 0 failed" in printed
    assert "Open http://127.0.0.1:7878/ for all questions" in printed
    assert "kg serve --dataset demo" in printed
    for question in questions():
        assert question.line(Path("demo")) in printed
    assert served == []


def test_the_demo_serves_on_the_port_asked_for(kg, served):
    printed = kg("demo", "--dataset", "demo", "--port", "8000").stdout
    assert "http://127.0.0.1:8000/queries/" in printed
    assert "kg serve" not in printed
    assert served == [(Path("demo/current"), "127.0.0.1", 8000, "https://w3id.org/conflict-kg/")]


def test_the_demo_keeps_its_dataset_with_the_users_data(kg, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    kg("demo", "--no-serve")
    assert (tmp_path / "data" / "conflict-kg" / "demo" / "dataset.json").exists()
    monkeypatch.setenv("XDG_DATA_HOME", "not/absolute")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert data_home() == Path("/home/somebody/.local/share/conflict-kg")


def test_the_questions_of_the_demo_are_saved_queries_that_take_their_parameters():
    for question in questions():
        bind(catalogue()[question.query], dict(question.parameters))
        assert question.path.startswith(f"queries/{question.query}")
