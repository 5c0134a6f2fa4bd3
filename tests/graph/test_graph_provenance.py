"""What made a graph is written beside it, the same way every time."""

import hashlib

import pytest
from graph_examples import DOCUMENT, EXTRACTION, RUN, SETTINGS
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import Run, configuration_hash, document_iris, document_quads, terms

IRIS = document_iris(DOCUMENT, SETTINGS)
PLAIN = st.none() | st.booleans() | st.integers() | st.text()


def run_values(run=RUN):
    quads = document_quads(EXTRACTION, SETTINGS, run)
    return {
        quad.predicate: quad.object.value for quad in quads if quad.subject == IRIS.run and quad.predicate != terms.TYPE
    }


def test_a_run_tells_tool_model_configuration_input_and_text():
    assert run_values() == {
        terms.TOOL_VERSION: "1.2.3",
        terms.MODEL_HASH: "model-hash",
        terms.CONFIGURATION_HASH: "configuration-hash",
        terms.INPUT_HASH: DOCUMENT.sha256,
        terms.USED: IRIS.text.value,
    }


def test_the_graph_was_made_by_its_run():
    quads = document_quads(EXTRACTION, SETTINGS, RUN)
    assert [q.object for q in quads if q.predicate == terms.WAS_GENERATED_BY and q.subject == IRIS.graph] == [IRIS.run]


def test_no_clock_time_is_in_the_graph():
    datatypes = {getattr(quad.object, "datatype", None) for quad in document_quads(EXTRACTION, SETTINGS, RUN)}
    assert not any(datatype and "dateTime" in datatype.value for datatype in datatypes)


def test_another_model_changes_the_run_alone():
    first = set(document_quads(EXTRACTION, SETTINGS, RUN))
    second = set(document_quads(EXTRACTION, SETTINGS, Run("1.2.3", "other", "configuration-hash")))
    assert {quad.predicate for quad in first ^ second} == {terms.MODEL_HASH}


def test_a_hash_of_settings_is_that_of_their_sorted_json():
    expected = hashlib.sha256(b'{"base":"https://kg.example/","jobs":2}').hexdigest()
    assert configuration_hash({"jobs": 2, "base": "https://kg.example/"}) == expected


@given(st.dictionaries(st.text(), PLAIN, max_size=5))
def test_the_order_of_settings_does_not_matter(settings):
    turned = dict(reversed(settings.items()))
    assert configuration_hash(settings) == configuration_hash(turned)


@given(st.dictionaries(st.text(), PLAIN, max_size=5), st.text(), st.integers())
def test_a_changed_setting_changes_the_hash(settings, key, value):
    assert configuration_hash({**settings, key: value}) != configuration_hash({**settings, key: value + 1})


def test_settings_that_json_cannot_hold_are_a_type_error():
    with pytest.raises(TypeError):
        configuration_hash({"path": object()})
