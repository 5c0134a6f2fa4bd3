import json

import evaluation_examples as examples
import pytest
import spacy
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BrokenRow, UnreadableInput
from kg.evaluation.commands import LANGUAGE_MEASURES, evaluation
from kg.evaluation.cost import SETTINGS, words_per_second
from kg.evaluation.language import MEASURES
from kg.evaluation.names import COARSE, NamedWords, coarse, doc_of, joined, label_spans, name_scores, read_named
from kg.evaluation.parses import given_sentence, parse_scores
from kg.evaluation.re3d import peculiarities, re3d_scores, read_re3d, without_article
from kg.evaluation.tally import Row
from kg.language.training.samples import Sentence


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ("B-PER I-PER O B-LOC", {(0, 2, "PER"), (3, 4, "LOC")}),
        ("B-PER B-PER", {(0, 1, "PER"), (1, 2, "PER")}),
        ("S-LOC B-ORG I-ORG E-ORG I-ORG", {(0, 1, "LOC"), (1, 4, "ORG"), (4, 5, "ORG")}),
        ("U-LOC B-ORG L-ORG", {(0, 1, "LOC"), (1, 3, "ORG")}),
        ("I-PER I-PER I-LOC O I-LOC", {(0, 2, "PER"), (2, 3, "LOC"), (4, 5, "LOC")}),
        ("B-per-son O", {(0, 1, "per-son")}),
        ("O O", set()),
        ("", set()),
    ],
)
def test_names_in_rows_of_labels(labels, spans):
    assert label_spans(labels.split()) == spans


@given(st.lists(st.sampled_from(["O", "B-A", "I-A", "E-A", "S-A", "B-B", "I-B"]), max_size=12))
def test_names_cover_exactly_the_labelled_words_and_do_not_overlap(labels):
    covered = [i for begin, end, _ in label_spans(labels) for i in range(begin, end)]
    assert sorted(covered) == [i for i, label in enumerate(labels) if label != "O"]


def test_types_are_mapped_and_others_left_out():
    spans = [(0, 1, "Facility"), (1, 2, "GPE"), (2, 3, "PERSON"), (3, 4, "Money"), (4, 5, "Organisation")]
    assert coarse(spans) == {(0, 1, "LOC"), (1, 2, "LOC"), (2, 3, "PER"), (4, 5, "ORG")}
    assert set(COARSE.values()) == {"PER", "ORG", "LOC"}


@pytest.mark.parametrize(
    "text",
    [
        "Ines\tB-PER\nleft\tO\n\nAldergate\tS-LOC\n",
        "Ines B-PER\nleft O\n\n\nAldergate S-LOC",
        "-DOCSTART- -X- O O\n\nInes NNP I-NP B-PER\nleft VBD B-VP O\n\nAldergate NNP B-NP S-LOC\n",
        "# sent_id = 1\n1\tInes\tB-PER\t-\n2\tleft\tO\t-\n\n# sent_id = 2\n1\tAldergate\tS-LOC\t-\n",
    ],
)
def test_token_per_line_files_of_many_kinds_are_read_alike(tmp_path, text):
    path = tmp_path / "x"
    path.write_text(text, "utf8")
    if "NNP" in text:
        # The chunk column is one of BIO labels throughout too: the first such column is taken.
        assert [sentence.words for sentence in read_named(path)] == [("Ines", "left"), ("Aldergate",)]
        return
    assert read_named(path) == [
        NamedWords(("Ines", "left"), frozenset({(0, 1, "PER")})),
        NamedWords(("Aldergate",), frozenset({(0, 1, "LOC")})),
    ]


@pytest.mark.parametrize("text", ["", "one two\nthree four\n", "alone\n"])
def test_a_file_without_labels_is_an_error(tmp_path, text):
    (tmp_path / "x").write_text(text, "utf8")
    with pytest.raises(BrokenRow):
        read_named(tmp_path / "x")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    (tmp_path / "x").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "x", tmp_path / "absent"):
        with pytest.raises(UnreadableInput):
            read_named(path)


def test_sentences_join_to_one_text():
    one = NamedWords(("a", "b"), frozenset({(1, 2, "PER")}))
    assert joined([one, one]) == NamedWords(("a", "b", "a", "b"), frozenset({(1, 2, "PER"), (3, 4, "PER")}))


def test_words_become_a_doc_with_their_gaps():
    doc = doc_of(spacy.blank("en").vocab, ["It", "fell", "."], [1, 1, 0])
    assert ([token.text for token in doc], doc.text) == (["It", "fell", "."], "It fell.")


def test_names_found_are_scored_by_type_and_together():
    vocab = spacy.blank("en").vocab

    def read(doc):
        doc.ents = [spacy.tokens.Span(doc, 0, 1, "PERSON"), spacy.tokens.Span(doc, 2, 3, "FAC")]
        return doc

    texts = [NamedWords(("Ines", "left", "Aldergate"), frozenset({(0, 1, "PER"), (1, 3, "Location")}))]
    assert name_scores(read, vocab, texts) == [
        Row("PER", 1, 1, 1), Row("ORG", 0, 0, 0), Row("LOC", 0, 1, 1), Row("all", 1, 2, 2),
    ]  # fmt: skip


def sentence():
    return Sentence(
        ["Guards", "fled", "."], [1, 1, 0], xpos=["NNS", "VBD", "."], upos=["NOUN", "VERB", "PUNCT"],
        lemmas=["guard", "flee", "."], heads=[1, 1, 1], relations=["nsubj:pass", "root", "punct"],
    )  # fmt: skip


def test_a_given_sentence_is_one_sentence():
    doc = given_sentence(spacy.blank("en").vocab, sentence())
    assert [token.is_sent_start for token in doc] == [True, False, False]


def test_parses_are_scored_with_and_without_punctuation_and_with_subtypes():
    def read(doc):
        heads, relations = [1, 1, 0], ["nsubj", "ROOT", "punct"]
        return spacy.tokens.Doc(
            doc.vocab, words=[t.text for t in doc], heads=heads, deps=relations, tags=["NNS", "VBD", ","],
            pos=["NOUN", "VERB", "PUNCT"], lemmas=["guard", "flee", "."],
        )  # fmt: skip

    rows = {row.measure: row.correct for row in parse_scores(read, spacy.blank("en").vocab, [sentence()])}
    assert rows == {
        "UAS": 2, "LAS": 1, "XPOS": 2, "UPOS": 3, "lemma": 3, "UAS without punctuation": 2,
        "LAS without punctuation": 1,
    }  # fmt: skip


def write_re3d(folder):
    source = folder / "Invented"
    source.mkdir()
    documents = [{"_id": "d1", "text": "The Marsh Front left Aldergate."}, {"_id": "d2", "text": "guards left"}]
    entities = [
        {"documentId": "d1", "begin": 0, "end": 15, "type": "Organisation"},
        {"documentId": "d1", "begin": 21, "end": 30, "type": "Location"},
        {"documentId": "d2", "begin": 0, "end": 6, "type": "Person"},
        {"documentId": "d2", "begin": 7, "end": 11, "type": "Temporal"},
    ]
    for name, rows in (("documents", documents), ("entities", entities)):
        (source / f"{name}.json").write_text("\n".join(map(json.dumps, rows)) + "\n", "utf8")


def test_re3d_is_read_and_scored_with_and_without_articles(tmp_path):
    write_re3d(tmp_path)
    documents = list(read_re3d(tmp_path))
    found = {documents[0][0]: [(4, 15, "ORG"), (21, 30, "LOC")], documents[1][0]: []}
    exact = re3d_scores(found.__getitem__, documents)
    assert exact[-1] == Row("all", 1, 2, 3)
    bare = [(text, without_article(text, gold)) for text, gold in documents]
    assert re3d_scores(lambda text: without_article(text, found[text]), bare)[-1] == Row("all", 2, 2, 3)
    told = peculiarities(documents)
    assert told == {"article": pytest.approx(100 / 3), "lower": pytest.approx(100 / 3)}


def test_each_measure_of_the_table_is_described():
    assert tuple(MEASURES) == LANGUAGE_MEASURES
    assert all(row.keys() == {"set", "measure", "bar"} for row in SETTINGS["row"].values())


def test_words_a_second_are_tokens_over_time():
    assert words_per_second(str.split, ["a b", "c"]) > 0


def test_the_command_scores_records_and_tells_errors(tmp_path):
    for name, record in (("gold", examples.gold()), ("found", examples.flawed())):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record), "utf8")
    paths = [str(tmp_path / "gold.jsonl"), str(tmp_path / "found.jsonl")]
    told = CliRunner().invoke(evaluation, ["extraction", *paths, "--errors"])
    assert told.exit_code == 0
    assert "event missed: Withdrawal ['left']" in told.output
    measures = json.loads(CliRunner().invoke(evaluation, ["extraction", *paths, "--json"]).output)
    assert measures["mentions"] == {"p": 2 / 3, "r": 2 / 3, "f1": pytest.approx(2 / 3), "n": 3}


def test_the_command_tells_an_error_in_one_line(tmp_path):
    told = CliRunner().invoke(evaluation, ["extraction", str(tmp_path / "absent"), str(tmp_path / "absent")])
    assert told.exit_code == 1
    assert told.output.startswith(f"kg.evaluation: {tmp_path / 'absent'}: ")
    assert told.output.count("\n") == 1


def test_predictions_and_articles_together_are_wrong_usage(tmp_path):
    path = str(tmp_path)
    assert CliRunner().invoke(evaluation, ["extraction", path, path, "--articles", path]).exit_code == 2


def test_corpora_that_lack_a_test_set_are_told(tmp_path):
    told = CliRunner().invoke(evaluation, ["language", "--corpora", str(tmp_path)])
    assert told.exit_code == 1
    assert "ud-ewt/test.conllu" in told.output
