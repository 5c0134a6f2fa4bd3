"""The pipeline on a stand-in for the language stage: what becomes of documents, failures, order and repetition."""

import dataclasses
import json

import pytest
from reading_fakes import NO_MODEL, OTHER_STAGES, STAGES, make_reader

import kg.pipeline
from kg.dataset import Dataset
from kg.errors import EmptyInput, EvidenceError, InputError, KgError, ModelError, RepeatedId, UnreadableInput
from kg.graph import canonical
from kg.pipeline import Options, Summary, build, extract, shipped_stages
from kg.records import Extraction
from kg.settings import load

TEXTS = {
    "one": "Gunners shelled Duskar at dawn. 3 people died.",
    "two": "Velm was calm.",
    "three": "Gunners shelled Duskar and Velm, officials said.",
}


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture
def dataset(tmp_path):
    with Dataset.create(tmp_path / "kg-data", load().base) as made:
        yield made


def options(**changes) -> Options:
    return dataclasses.replace(Options(load(), STAGES), **changes)


def small_batches(size=1, ahead=2):
    return dataclasses.replace(load(), batch=size, ahead=ahead)


def told(found: Summary) -> tuple[int, int, int, int]:
    return found.new, found.replaced, found.unchanged, found.failed


def built(tmp_path, articles, name, **changes) -> bytes:
    with Dataset.create(tmp_path / name, load().base) as dataset:
        build([str(articles)], dataset, options(**changes))
        return canonical(dataset.store)


def test_a_build_puts_every_document_and_counts_what_it_read(articles, dataset):
    found = build([str(articles)], dataset, options())
    assert [row.id for row in dataset.documents()] == ["one", "three", "two"]
    assert told(found) == (3, 0, 0, 0)
    assert (found.entities, found.linked_entities) == (6, 2)
    assert (found.events, found.claims, found.casualty_figures) == (2, 2, 1)
    assert found.coverage == 1.0
    assert found.complete
    graphs = {graph.value for graph in dataset.store.named_graphs()}
    triples = sum(1 for quad in dataset.store if not quad.graph_name.value.endswith("graph/ontology"))
    assert {f"{load().base}graph/{name}" for name in ("ontology", "links", "catalogue")} < graphs
    # The label and place of Duskar stand once in the links graph, though two documents give them.
    assert triples < found.triples < triples + 30


def test_a_build_publishes_what_it_put(articles, dataset):
    build([str(articles)], dataset, options())
    with Dataset.open(dataset.path) as reader:
        assert [row.id for row in reader.documents()] == ["one", "three", "two"]
        assert reader.record("two").document.text == TEXTS["two"]


def test_a_second_build_reads_nothing_again_and_changes_nothing(articles, dataset):
    build([str(articles)], dataset, options())
    before, snapshot = canonical(dataset.store), dataset.snapshot()
    again = build([str(articles)], dataset, options(stages=dataclasses.replace(NO_MODEL, identity=STAGES.identity)))
    assert told(again) == (0, 0, 3, 0)
    assert again.triples == 0
    assert canonical(dataset.store) == before
    assert dataset.snapshot() == snapshot


def test_a_changed_document_is_replaced_and_only_that(articles, dataset, tmp_path):
    build([str(articles)], dataset, options())
    (articles / "two.txt").write_text("Velm was shelled.")
    assert told(build([str(articles)], dataset, options())) == (0, 1, 2, 0)
    assert canonical(dataset.store) == built(tmp_path, articles, "clean")


def test_a_change_of_the_metadata_alone_replaces_the_document(articles, dataset):
    build([str(articles)], dataset, options())
    front = "---\npublisher: The Velm Courier\n---\n"
    (articles / "two.txt").write_text(front + TEXTS["two"])
    assert told(build([str(articles)], dataset, options())) == (0, 1, 2, 0)
    assert dataset.record("two").document.publisher == "The Velm Courier"


def test_other_rules_read_every_document_again(articles, dataset, tmp_path):
    build([str(articles)], dataset, options())
    assert told(build([str(articles)], dataset, options(stages=OTHER_STAGES))) == (0, 3, 0, 0)
    assert canonical(dataset.store) == built(tmp_path, articles, "clean", stages=OTHER_STAGES)


def test_two_builds_of_the_same_input_are_byte_for_byte_the_same_whatever_the_batches_and_processes(articles, tmp_path):
    first = built(tmp_path, articles, "first")
    assert built(tmp_path, articles, "second", settings=small_batches()) == first
    assert built(tmp_path, articles, "third", jobs=2, settings=small_batches(2)) == first


def test_what_a_removed_document_alone_gave_is_gone_and_the_rest_stays(articles, dataset, tmp_path):
    build([str(articles)], dataset, options())
    dataset.remove("three")
    (articles / "three.txt").unlink()
    assert canonical(dataset.store) == built(tmp_path, articles, "clean")


def test_documents_that_fail_are_told_in_order_and_the_run_goes_on(articles, dataset):
    (articles / "broken.jsonl").write_text('{"id": "x", "text": "Ost lies on the Velm."}\n{"id": \n')
    (articles / "empty.txt").write_text(" \n")
    (articles / "refused.txt").write_text("EMPTY")
    errors = []
    found = build([str(articles), str(articles / "absent.txt")], dataset, options(on_error=errors.append))
    assert told(found) == (4, 0, 0, 4)
    assert not found.complete
    assert [type(error) for error in errors[1:]] == [EmptyInput, EmptyInput, UnreadableInput]
    assert isinstance(errors[0], InputError)
    assert "broken.jsonl, line 2" in str(errors[0])
    assert [row.id for row in dataset.documents()] == ["one", "three", "two", "x"]


def test_two_documents_of_one_id_are_not_taken_for_versions_of_one(articles, dataset):
    (articles / "sub").mkdir()
    (articles / "sub" / "one.txt").write_text("Another report of that name.")
    errors = []
    found = build([str(articles)], dataset, options(on_error=errors.append))
    assert told(found) == (3, 0, 0, 1)
    assert [type(error) for error in errors] == [RepeatedId]
    assert dataset.record("one").document.text == TEXTS["one"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_words_that_are_not_in_the_text_never_reach_the_graph_and_fail_the_build(articles, dataset, jobs):
    (articles / "wrong.txt").write_text("Duskar MISPLACED")
    errors = []
    found = build([str(articles)], dataset, options(on_error=errors.append, jobs=jobs))
    assert told(found) == (3, 0, 0, 1)
    assert found.coverage < 1.0
    assert not found.complete
    assert [type(error) for error in errors] == [EvidenceError]
    assert not dataset.holds("wrong")


def test_a_text_that_was_not_read_to_its_end_fails(articles, dataset):
    (articles / "cut.txt").write_text("Duskar CUT")
    errors = []
    build([str(articles)], dataset, options(on_error=errors.append))
    assert [error.reason for error in errors] == ["the language model read 9 of 10 characters"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_model_ends_the_run(articles, dataset, jobs):
    with pytest.raises(ModelError, match="the weights are not there"):
        build([str(articles)], dataset, options(stages=NO_MODEL, jobs=jobs))
    assert dataset.documents() == []


def test_a_killed_process_ends_the_run_with_a_remedy_and_keeps_what_was_put(articles, dataset):
    (articles / "zzz.txt").write_text("KILLED")
    with pytest.raises(KgError, match=r"one of the processes was killed.*fewer --jobs"):
        build([str(articles)], dataset, options(jobs=2, settings=small_batches()))
    (articles / "zzz.txt").unlink()
    found = build([str(articles)], dataset, options())
    assert sum(told(found)) == found.new + found.unchanged == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_code_is_not_hidden_and_names_the_document(articles, dataset, jobs):
    (articles / "crash.txt").write_text("CRASH")
    with pytest.raises(ZeroDivisionError) as caught:
        build([str(articles)], dataset, options(jobs=jobs))
    assert any("crash.txt" in note for note in caught.value.__notes__)


@pytest.mark.parametrize("jobs", [1, 3])
def test_extractions_come_in_the_order_of_the_sources_with_errors_in_their_place(articles, jobs):
    (articles / "other.txt").write_text("EMPTY")
    sources = [str(articles / f"{name}.txt") for name in ("two", "other", "one", "none", "three")]
    found = list(extract(sources, options(jobs=jobs)))
    shown = [one.document.id if isinstance(one, Extraction) else type(one) for one in found]
    assert shown == ["two", EmptyInput, "one", UnreadableInput, "three"]


def test_progress_ends_at_the_true_number_and_never_goes_back(articles, dataset):
    rows = (json.dumps({"id": f"row-{number}", "text": f"Report {number}."}) for number in range(40))
    (articles / "rows.jsonl").write_text("\n".join(rows))
    seen = []
    build([str(articles)], dataset, options(on_progress=seen.append))
    assert [one.done for one in seen] == list(range(1, 44))
    assert all(one.done <= one.total for one in seen)
    assert seen[-1].total == 43
    assert [one.total for one in seen][20:] == [43] * 23
    assert all(one.failed == 0 and one.seconds >= 0 for one in seen)


def test_no_more_than_the_set_number_of_documents_wait(articles, monkeypatch):
    read = []

    def counted(selection, how):
        for outcome in kg.reading.read_selection(selection, how):
            read.append(outcome)
            yield outcome

    monkeypatch.setattr(kg.pipeline, "read_selection", counted)
    (articles / "rows.jsonl").write_text("\n".join(json.dumps({"text": f"Report {n}."}) for n in range(40)))
    results = extract([str(articles)], options(settings=small_batches(ahead=5)))
    for used in range(1, 30):
        next(results)
        assert len(read) <= used + 5


def test_an_empty_run_is_complete_and_has_no_speed():
    assert Summary().complete
    assert (Summary().coverage, Summary().documents_per_second) == (1.0, 0.0)
    assert Summary(new=3, replaced=1, seconds=2.0).documents_per_second == 2.0


def test_the_shipped_identity_is_that_of_the_files_and_of_the_model_named(tmp_path):
    shipped, other = shipped_stages(1).identity(), shipped_stages(1, "no_such_model").identity()
    assert shipped == shipped_stages(2).identity()
    assert (other.model, other.rest) == ("no_such_model", shipped.rest)
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights").write_bytes(b"1")
    first = shipped_stages(1, str(tmp_path / "model")).identity()
    (tmp_path / "model" / "weights").write_bytes(b"2")
    assert len({first.model, shipped_stages(1, str(tmp_path / "model")).identity().model, shipped.model}) == 3


def test_a_package_of_a_model_is_known_by_its_files():
    assert len(shipped_stages(1, "json").identity().model) == 64


def test_the_stand_in_reads_as_the_tests_say(articles):
    found = [make_reader()(one.document) for one in extract([str(articles / "one.txt")], options())]
    assert [event.type for event in found[0].events] == ["Shelling"]
