import gzip
import json

import pytest

from kg.language.features import SPACE_BLANK, SPACE_NONE
from kg.language.training import corpora, sources
from kg.language.training.samples import Sentence, frequent, inventory, lemma_script

CONLLU = """\
# newdoc id = report-1
# sent_id = report-1-1
# text = Guards couldn't hold the gate.
1\tGuards\tguard\tNOUN\tNNS\t_\t4\tnsubj\t_\t_
2-3\tcouldn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tcould\tcould\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\thold\thold\tVERB\tVB\t_\t0\troot\t_\t_
4.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\t_
6\tgate\tgate\tNOUN\tNN\t_\t4\tobj\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = report-1-2
1\tHelp\thelp\tNOUN\tNN\t_\t2\tnsubj\t_\t_
2\tcame\tcome\tVERB\tVBD\t_\t0\troot\t_\t_
"""

MAPPING = {"PER": ["PER"], "LOC": ["LOC", "FAC"], "OTH": ["NORP", "O"], "O": ["DATE"]}


def written(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf8")
    return path


def test_a_conllu_sentence_is_read_with_its_words_gaps_and_tree(tmp_path):
    first, second = corpora.conllu(written(tmp_path / "x.conllu", CONLLU))
    assert first == Sentence(
        words=["Guards", "could", "n't", "hold", "the", "gate", "."],
        spaces=[1, 1, 0, 1, 1, 1, 0],
        xpos=["NNS", "MD", "RB", "VB", "DT", "NN", "."],
        upos=["NOUN", "AUX", "PART", "VERB", "DET", "NOUN", "PUNCT"],
        lemmas=["guard", "could", "not", "hold", "the", "gate", "."],
        heads=[3, 3, 3, 3, 5, 3, 3],
        relations=["nsubj", "aux", "advmod", "root", "det", "obj", "punct"],
        document="# newdoc id = report-1",
        id="report-1-1",
    )
    assert second.words == ["Help", "came"]
    assert second.document == first.document


def test_windows_line_ends_and_many_blank_lines_make_no_difference(tmp_path):
    changed = CONLLU.replace("\n\n", "\n\n\n").replace("\n", "\r\n")
    path = tmp_path / "y.conllu"
    path.write_bytes(changed.encode())
    assert [s.words for s in corpora.conllu(path)] == [
        s.words for s in corpora.conllu(written(tmp_path / "x.conllu", CONLLU))
    ]


def test_gaps_are_guessed_from_punctuation():
    words = ["He", "said", "(", "twice", ")", "it", "'s", "“", "over", "”", "."]
    blanks = [corpora.guessed_gaps(words)[i] == SPACE_BLANK for i in range(len(words))]
    assert blanks == [True, True, True, False, False, True, False, True, False, False, False]


def test_a_type_may_stand_for_several_of_ours_and_unmarked_words_for_what_the_corpus_leaves_out():
    rows = corpora.allowed_labels(["B-PER", "I-PER", "O", "B-LOC", "B-OTH", "B-UNKNOWN"], MAPPING)
    assert rows == [
        frozenset({"B-PER"}),
        frozenset({"I-PER"}),
        frozenset({"O", "B-DATE", "I-DATE"}),
        frozenset({"B-LOC", "B-FAC"}),
        frozenset({"B-NORP", "O"}),
        frozenset(),
    ]


def test_inside_tags_without_a_begin_start_a_name():
    rows = corpora.allowed_labels(["I-PER", "I-PER", "I-LOC", "O", "I-LOC"], MAPPING)
    assert [min(row) for row in rows] == ["B-PER", "I-PER", "B-FAC", "B-DATE", "B-FAC"]


def test_a_token_per_line_file_is_read_with_numbers_or_without(tmp_path):
    plain = written(tmp_path / "plain.txt", "Ines B-PER\nCalloway I-PER\nleft O\n\n\nAldergate B-LOC\n")
    numbered = written(
        tmp_path / "numbered.txt", "# sent_id = a-1\n1\tInes\tB-PER\t-\n2\tCalloway\tI-PER\t-\n3\tleft\tO\t-\n"
    )
    first, second = corpora.columns(plain, 1, MAPPING)
    (third,) = corpora.columns(numbered, 2, MAPPING, "\t")
    assert (first.words, second.words, third.words) == (["Ines", "Calloway", "left"], ["Aldergate"], first.words)
    assert first.names == third.names
    assert (first.id, third.id) == ("", "a-1")


@pytest.mark.parametrize(
    ("words", "tags", "kept"),
    [
        (["President", "Ines", "Calloway"], ["B-per", "I-per", "I-per"], ["O", "B-per", "I-per"]),
        (["Prime", "Minister", "Calloway"], ["B-per", "I-per", "I-per"], ["O", "O", "B-per"]),
        (["Ines", "General"], ["B-per", "I-per"], ["B-per", "I-per"]),
        (["General", "staff"], ["B-org", "I-org"], ["B-org", "I-org"]),
    ],
)
def test_titles_are_taken_out_of_persons_names(words, tags, kept):
    assert corpora.untitled(words, tags) == kept


def test_the_table_of_the_meaning_bank_splits_peoples_from_places(tmp_path):
    rows = [
        "Sentence #,Word,POS,Tag",
        "Sentence: 1,Fenwick,NNP,B-gpe",
        ",sent,VBD,O",
        ",Fenwickian,JJ,B-gpe",
        ",aid,NN,O",
        'Sentence: 2,"Mr.",NNP,B-per',
        ",Calloway,NNP,I-per",
    ]
    path = tmp_path / "ner.csv.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    mapping = {"gpe": ["LOC"], "gpe-adjective": ["NORP"], "per": ["PER"], "O": []}
    first, second = corpora.gmb(path, mapping)
    assert first.words == ["Fenwick", "sent", "Fenwickian", "aid"]
    assert first.names == [{"B-LOC"}, {"O"}, {"B-NORP"}, {"O"}]
    assert second.names == [{"O"}, {"B-PER"}]


def test_links_are_silver_names_and_other_capitalised_words_say_nothing(tmp_path):
    text = "Talks in Aldergate end as Fenwick walks out of 3 rooms"
    items = [
        {"id": "i1", "text": text, "links": [[9, 18, "Aldergate", "Q1", None], [26, 33, "Fenwick", None, None]]},
        {"id": "i2", "text": "left out", "links": []},
    ]
    path = written(tmp_path / "s.jsonl", "".join(json.dumps(item) + "\n" for item in items))
    (found,) = corpora.links(path, sources.word_cutter(), {"Q1": "LOC"}, frozenset({"i2"}))
    assert found.names == [
        frozenset(), {"O"}, {"B-LOC"}, {"O"}, {"O"}, frozenset(), {"O"}, {"O"}, {"O"}, frozenset(), {"O"},
    ]  # fmt: skip


def test_raw_text_is_cut_into_words_with_gaps_and_offsets():
    assert sources.word_cutter()("It fell.\nNo one came") == (
        ["It", "fell", ".", "No", "one", "came"],
        [SPACE_NONE, 1, 0, 2, 1, 1],
        [(0, 2), (3, 7), (7, 8), (9, 11), (12, 15), (16, 20)],
    )


def test_names_of_the_same_sentence_stand_beside_its_parse(tmp_path):
    written(tmp_path / "ud-ewt" / "dev.conllu", CONLLU)
    rows = "# sent_id = report-1-2\n1\tHelp\tB-ORG\t-\t-\n2\tcame\tO\t-\t-\n"
    written(tmp_path / "uner-ewt" / "dev.iob2", rows)
    first, second = sources.ewt(tmp_path, "dev")
    assert first.names == []
    assert second.names[0] == {"B-ORG"}


def test_documents_of_dev_and_test_are_not_in_train(tmp_path):
    written(tmp_path / "ud-gum" / "splits.md", "# Splits\n## dev\n * GUM_b\n## test\n * GUM_c\n")
    for name in "abc":
        written(tmp_path / "ud-gum" / f"GUM_{name}.conllu", CONLLU.replace("report", name))
    ids = {part: [s.id for s in sources.gum(tmp_path, part)] for part in ("train", "dev", "test")}
    assert ids == {"train": ["a-1-1", "a-1-2"], "dev": ["b-1-1", "b-1-2"], "test": ["c-1-1", "c-1-2"]}


def test_without_the_linking_slice_no_item_has_a_type(tmp_path):
    assert sources.item_types(tmp_path / "corpora") == {}


def test_labels_are_numbered_by_how_often_they_are_seen_and_ties_by_name():
    assert frequent(["b", "a", "c", "c", "d"], 1) == ("c", "a", "b", "d")
    assert frequent(["b", "a", "c", "c"], 2) == ("c",)


def test_the_inventory_keeps_what_was_seen_often_enough():
    sentence = Sentence(["Tanks"], [1], xpos=["NNS"], upos=["NOUN"], lemmas=["tank"], relations=["root"])
    made = inventory([sentence] * 3, {"cues": ("O", "B-asserts", "I-asserts")}, ("place",))
    assert made.tags["lemma"] == (lemma_script("Tanks", "tank"),)
    assert (made.tags["xpos"], made.relations, made.edges) == (("NNS",), ("root",), ("place",))
    assert made.numbers("cues") == {"O": 0, "B-asserts": 1, "I-asserts": 2}
