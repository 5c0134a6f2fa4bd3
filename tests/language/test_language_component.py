import numpy as np
import pytest
import spacy

from kg import language
from kg.errors import ModelError
from kg.language.archive import SHIPPED
from kg.language.component import FACTORY

pytestmark = pytest.mark.skipif(not SHIPPED.exists(), reason="the shipped model is not in this checkout")

PARAGRAPH = (
    "Rebels of the Marsh Front seized the town of Aldergate on Monday, Governor Ines Calloway said. "
    "Two shells hit a grain store; nobody was hurt.\n\nThe army denied it."
)
EDGES = {
    "nothing": "",
    "blanks": " \n\n \t ",
    "one word": "Ceasefire",
    "one letter": "a",
    "punctuation": "?! ... -- ,,, “” (...) ***",
    "emoji": "🚀💥 hit 🏥 👨‍👩‍👧‍👦 🇺🇦!",
    "Cyrillic": "Артиллерия обстреляла город. Погибли два человека.",
    "Arabic": "قصفت المدفعية المدينة. وقتل شخصان.",
    "combining marks": "Z̷̈a̸l̵g̴o̶ fe\u0301ll",
    "capitals": "REBELS SEIZE TOWN AS ARMY PULLS OUT\n\nGOVERNOR INES CALLOWAY FLEES",
    "table": "Town\tKilled\tInjured\nAldergate\t3\t12\nFenwick\t0\t1\n| a | b |\n|---|---|\n| 1 | 2 |",
    "controls": "before\x00\x07after \ufeff\u200b\u202e end",
    "lone surrogate": "cut \ud83d here",
    "first and last blanks": "  \n The bridge fell.  \n\n",
}


@pytest.fixture(scope="module")
def nlp():
    return language.load(threads=1)


def words_of(doc):
    return [token for token in doc if not token.is_space]


def check_whole(doc, text):
    """All words read, each in a sentence, each sentence a tree with one root and no arc out of it."""
    assert doc.text == text
    assert doc._.words_read == len(words_of(doc))
    covered = [token.i for sentence in doc.sents for token in sentence]
    assert covered == list(range(len(doc)))
    for sentence in doc.sents:
        assert [token for token in sentence if token.head == token] == [sentence.root]
        assert all(token.head in sentence for token in sentence)
        assert all(sentence.root in [token, *token.ancestors] for token in sentence)
    for token in words_of(doc):
        assert token.tag_
        assert token.pos_
        assert token.lemma_
        assert token.dep_
        assert (token.dep_ == "ROOT") == (token.head == token)


@pytest.mark.parametrize("name", [name for name in EDGES if name != "lone surrogate"])
def test_text_that_is_no_news_is_read_whole(nlp, name):
    check_whole(nlp(EDGES[name]), EDGES[name])


def test_a_text_without_words_has_no_sentence_of_words_and_no_name(nlp):
    doc = nlp("")
    assert (len(doc), list(doc.sents), doc.ents, doc._.words_read) == (0, [], (), 0)


def test_a_plain_report_is_read_whole(nlp):
    check_whole(nlp(PARAGRAPH), PARAGRAPH)


def test_ten_thousand_words_without_a_full_stop_are_read(nlp):
    text = " ".join(["the ridge above the river fell and"] * 1429)
    doc = nlp(text)
    check_whole(doc, text)
    assert doc._.words_read > 10_000


def test_a_word_of_five_thousand_letters_is_read(nlp):
    text = f"The {'z' * 5000} fell."
    doc = nlp(text)
    check_whole(doc, text)
    assert len(doc) == 4


def test_a_long_run_of_words_of_many_pieces_is_read(nlp):
    text = " ".join("qzxjwkv" * 9 + str(i) for i in range(120))
    check_whole(nlp(text), text)


def test_a_blank_line_ends_a_sentence(nlp):
    doc = nlp("Talks in the capital\n\nGuards left the bridge")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Talks in the capital", "Guards left the bridge"]


def test_sentences_that_a_doc_comes_with_are_kept(nlp):
    doc = nlp.make_doc("He left. They stayed.")
    for token in doc:
        token.is_sent_start = token.i in (0, 2)
    doc = nlp.get_pipe(FACTORY)(doc)
    assert [sentence.text for sentence in doc.sents] == ["He left", ". They stayed."]


def test_tokens_that_a_doc_comes_with_are_kept(nlp):
    doc = spacy.tokens.Doc(nlp.vocab, words=["ca", "n't", "hold"], spaces=[False, True, False])
    doc = nlp.get_pipe(FACTORY)(doc)
    assert [token.text for token in doc] == ["ca", "n't", "hold"]
    check_whole(doc, "can't hold")


def annotations(doc):
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.is_sent_start) for t in doc]


def test_the_same_text_is_read_alike_each_time_and_with_any_threads(nlp):
    once = annotations(nlp(PARAGRAPH))
    assert annotations(nlp(PARAGRAPH)) == once
    assert annotations(language.load(threads=2)(PARAGRAPH)) == once


def test_a_text_is_read_alike_alone_and_in_a_pipe(nlp):
    texts = [PARAGRAPH, "", "One word?", EDGES["table"]]
    assert [annotations(doc) for doc in nlp.pipe(texts)] == [annotations(nlp(text)) for text in texts]


def test_anyone_can_add_the_component():
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY)
    doc = nlp(PARAGRAPH)
    assert doc.has_annotation("DEP")
    assert doc._.model_hash == nlp.get_pipe(FACTORY).hash


def test_layers_that_are_not_asked_for_are_left_alone():
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY, config={"layers": ["reading"]})
    doc = nlp(PARAGRAPH)
    assert not any(doc.has_annotation(layer) for layer in ("TAG", "DEP", "ENT_IOB"))
    assert doc._.words_read == len(words_of(doc))
    assert doc._.reading.labels


def test_the_reading_lies_within_the_text_and_its_scores_are_probabilities(nlp):
    doc = nlp(PARAGRAPH)
    reading = doc._.reading
    found = [span for spans in reading.spans.values() for span in spans]
    assert all(0 <= span.begin < span.end <= len(doc) and 0 < span.score <= 1 for span in found)
    assert all(list(spans) == sorted(spans, key=lambda s: (s.begin, s.end)) for spans in reading.spans.values())
    for span, edges in reading.edges.items():
        assert span in found
        assert edges.scores.shape == (len(reading.labels), len(edges.tokens))
        assert np.all((edges.scores >= 0) & (edges.scores <= 1))
    assert set(reading.modality) == set(reading.spans["triggers"])
    assert all(sum(shares.values()) == pytest.approx(1, abs=1e-4) for shares in reading.modality.values())


def test_the_model_reads_plain_english(nlp):
    doc = nlp("The mayor of Paris visited Berlin on Monday. She was late.")
    assert next(sentence.root.lemma_ for sentence in doc.sents) == "visit"
    assert [(e.text, e.label_) for e in doc.ents if e.label_ == "LOC"] == [("Paris", "LOC"), ("Berlin", "LOC")]


def test_a_model_that_is_not_installed_is_told_with_how_to_install_it():
    with pytest.raises(ModelError) as told:
        language.load("no_such_model")
    assert told.value.input == "no_such_model"
    assert "spacy download no_such_model" in told.value.remedy


def test_a_model_file_that_is_not_there_is_a_model_error(tmp_path):
    with pytest.raises(ModelError):
        spacy.blank("en").add_pipe(FACTORY, config={"path": str(tmp_path / "absent.zip")})


def test_another_spacy_model_keeps_its_own_annotations(tmp_path):
    other = spacy.blank("en")
    other.add_pipe("sentencizer")
    other.to_disk(tmp_path / "other")
    nlp = language.load(str(tmp_path / "other"))
    doc = nlp("Guards left. They came back.")
    assert nlp.pipe_names == ["sentencizer", FACTORY]
    assert [sentence.text for sentence in doc.sents] == ["Guards left.", "They came back."]
    assert not doc.has_annotation("DEP")
    assert doc._.reading is not None
