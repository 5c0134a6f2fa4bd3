import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import spacy
import torch
import training_examples as examples
from click.testing import CliRunner

from kg.language.archive import read_model
from kg.language.component import FACTORY
from kg.language.training import __main__ as command
from kg.language.training import train as training


@pytest.fixture(autouse=True)
def short_run(monkeypatch):
    """Two rounds of small batches, all of each source in each."""
    monkeypatch.setitem(training.SETTINGS, "rounds", {"constant": 1, "decay": 1})
    monkeypatch.setitem(training.SETTINGS, "share", dict.fromkeys(examples.sources(), 1.0))
    monkeypatch.setitem(training.SETTINGS, "pieces_per_batch", 200)


def weights(state):
    return {name: value.detach().clone() for name, value in state.network.state_dict().items()}


def same(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def run(pretrained, path):
    state = training.new_state(examples.sources(), pretrained)
    training.train(state, examples.sources(), [examples.parsed(), examples.named()], path)
    return state


def test_a_seed_gives_the_same_weights_each_time(pretrained, tmp_path):
    assert same(weights(run(pretrained, tmp_path / "a.pt")), weights(run(pretrained, tmp_path / "b.pt")))


def test_training_moves_the_weights_and_leaves_the_word_embeddings(pretrained, tmp_path):
    fresh = weights(training.new_state(examples.sources(), pretrained))
    done = weights(run(pretrained, tmp_path / "a.pt"))
    moved = {name for name in fresh if not torch.equal(fresh[name], done[name])}
    assert "heads.tags.xpos.weight" in moved
    assert "forms.arc.weight" in moved
    assert not any("word_embeddings" in name for name in moved)


def test_an_interrupted_run_ends_with_the_weights_of_one_that_was_not(pretrained, tmp_path, monkeypatch):
    whole = run(pretrained, tmp_path / "whole.pt")

    def interrupted(state, planned, mask):
        if state.rounds == 1:
            raise KeyboardInterrupt
        return run_round(state, planned, mask)

    run_round = training.run_round
    with monkeypatch.context() as patch:
        patch.setattr(training, "run_round", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(pretrained, tmp_path / "cut.pt")
    state = training.resumed(tmp_path / "cut.pt", pretrained)
    assert state.rounds == 1
    training.train(state, examples.sources(), [examples.parsed()], tmp_path / "cut.pt")
    assert same(weights(state), weights(whole))


def test_a_run_that_is_done_trains_no_more(pretrained, tmp_path):
    state = run(pretrained, tmp_path / "a.pt")
    before = weights(state)
    training.train(state, examples.sources(), [examples.parsed()], tmp_path / "a.pt")
    assert same(before, weights(state))


def test_the_rate_warms_up_stays_and_falls(pretrained, monkeypatch):
    monkeypatch.setitem(training.SETTINGS, "warmup_steps", 2)
    state = training.new_state(examples.sources(), pretrained)
    told = []
    for state.steps in range(8):
        state.rounds = state.steps // 4
        told.append(training.rate_scale(state, 4))
    assert told == pytest.approx([0.5, 1, 1, 1, 1, 0.75, 0.5, 0.25])


def test_a_round_tells_its_time_and_scores(pretrained, tmp_path, capsys):
    run(pretrained, tmp_path / "a.pt")
    lines = [line for line in capsys.readouterr().out.splitlines() if "uas=" in line]
    assert [line.split()[:2] for line in lines] == [["round", "1"], ["round", "2"]]
    assert all("s " in line and "names=" in line for line in lines)


# torch warns of its own exporter, which alone writes what onnxruntime quantises, and of each traced branch.
@pytest.mark.filterwarnings("ignore")
def test_the_trained_model_is_exported_and_read_by_the_component(pretrained, tmp_path):
    export = pytest.importorskip("kg.language.training.export", reason="onnx is not installed")
    state = run(pretrained, tmp_path / "a.pt")
    export.export(state, tmp_path / "model.zip")
    assert read_model(tmp_path / "model.zip").labels.tags == state.inventory.tags
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY, config={"path": str(tmp_path / "model.zip"), "threads": 1})
    doc = nlp("Guards fled. Aldergate fell again.")
    assert doc._.words_read == len(doc)
    assert {token.tag_ for token in doc} <= set(state.inventory.tags["xpos"])


def test_the_command_says_which_corpus_is_not_there(tmp_path):
    result = CliRunner().invoke(command.main, ["--corpora", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "no corpus ud-ewt" in result.output


def test_the_command_goes_on_with_the_run_that_is_there(pretrained, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "pretrained_folder", lambda: pretrained)
    sources = examples.sources()
    assert command.begun_or_resumed(sources, tmp_path / "none.pt").rounds == 0
    run(pretrained, tmp_path / "a.pt")
    assert command.begun_or_resumed(sources, tmp_path / "a.pt").rounds == 2
