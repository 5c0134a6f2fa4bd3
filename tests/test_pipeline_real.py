"""The sample articles through the real stages, as `kg demo` builds them."""

import io
import json

import pytest

from kg.cli.demo import questions
from kg.dataset import Dataset
from kg.graph import GraphSettings, canonical
from kg.graph.validation import validate
from kg.pipeline import Options, build, extract, shipped_stages
from kg.records import Extraction
from kg.samples import paths
from kg.serialization import from_json, to_json
from kg.settings import load
from queries import bind, catalogue
from server.results import render, run_query

SOURCES = [str(path) for path in paths()]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The dataset of the samples, published, and the summary of its build."""
    with Dataset.create(tmp_path_factory.mktemp("real") / "kg-data", load().base) as dataset:
        summary = build(SOURCES, dataset, Options(load(), shipped_stages(2)))
        yield dataset, summary


def test_every_sample_is_read_and_every_word_in_the_graph_stands_in_its_text(built):
    dataset, summary = built
    assert (summary.new, summary.failed, summary.coverage) == (len(SOURCES), 0, 1.0)
    assert [row.id for row in dataset.documents()] == sorted(path.stem for path in paths())
    for counted in ("entities", "linked_entities", "events", "claims", "casualty_figures"):
        assert getattr(summary, counted) >= len(SOURCES), counted


def test_the_graph_of_the_samples_is_valid(built):
    dataset, _ = built
    report = validate(dataset.store, GraphSettings(dataset.base))
    assert str(report) == f"{len(SOURCES)} document graphs, 0 violations"


def test_the_questions_of_the_demo_have_answers(built):
    dataset, _ = built
    for question in questions():
        answer = io.BytesIO()
        render(run_query(dataset.store, bind(catalogue()[question.query], dict(question.parameters))), "json", answer)
        assert json.loads(answer.getvalue())["results"]["bindings"], question.words


def test_a_second_build_skips_every_sample(built):
    dataset, _ = built
    before, snapshot = canonical(dataset.store), dataset.snapshot()
    again = build(SOURCES, dataset, Options(load(), shipped_stages(2)))
    assert (again.unchanged, again.read) == (len(SOURCES), 0)
    assert (canonical(dataset.store), dataset.snapshot()) == (before, snapshot)


def test_several_processes_read_the_same_as_one(built):
    dataset, _ = built
    some = SOURCES[:4]
    for result in extract(some, Options(load(), shipped_stages(1), jobs=2)):
        assert isinstance(result, Extraction)
        assert to_json(result) == to_json(dataset.record(result.document.id))
        assert from_json(to_json(result)) == result
