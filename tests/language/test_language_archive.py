import io
import json
import zipfile

import numpy as np
import pytest

from kg.errors import ModelError
from kg.language.archive import Labels, Model, read_model, write_model


def small_model(**changes):
    labels = Labels(
        {"xpos": ("NN", "VB"), "names": ("O", "B-PER", "I-PER")}, ("root", "obj"), ("place",), {"arc_from": 4}
    )
    forms = {"arc": np.arange(9, dtype=np.float32).reshape(1, 3, 3), "label": np.ones((2, 3, 3), np.float32)}
    return Model(**({"encoder": b"\x08onnx", "tokenizer": '{"a": "é"}', "labels": labels, "forms": forms} | changes))


def rewritten(path, **entries):
    """The archive with some entries replaced, or left out where None."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | entries
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)


def test_a_model_comes_back_as_it_was_written(tmp_path):
    write_model(small_model(), tmp_path / "model.zip")
    read = read_model(tmp_path / "model.zip")
    wanted = small_model()
    assert (read.encoder, read.tokenizer, read.labels) == (wanted.encoder, wanted.tokenizer, wanted.labels)
    assert read.forms.keys() == wanted.forms.keys()
    for name, form in wanted.forms.items():
        np.testing.assert_array_equal(read.forms[name], form)
        assert read.forms[name].dtype == np.float32


def test_the_same_model_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_model(small_model(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_hash_is_of_what_is_in_the_model(tmp_path):
    write_model(small_model(), tmp_path / "model.zip")
    assert read_model(tmp_path / "model.zip").hash == small_model().hash


@pytest.mark.parametrize(
    "change",
    [
        {"encoder": b"other"},
        {"tokenizer": "{}"},
        {"forms": {"arc": np.zeros((1, 3, 3), np.float32)}},
        {"labels": Labels({"xpos": ("NN",)}, ("root",), (), {})},
    ],
)
def test_another_model_has_another_hash(change):
    assert small_model(**change).hash != small_model().hash


def test_a_missing_file_is_told_with_its_path_and_a_remedy(tmp_path):
    with pytest.raises(ModelError) as told:
        read_model(tmp_path / "absent.zip")
    assert told.value.input == str(tmp_path / "absent.zip")
    assert "Install" in told.value.remedy


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_archive_is_a_model_error(tmp_path, content):
    (tmp_path / "model.zip").write_bytes(content)
    with pytest.raises(ModelError):
        read_model(tmp_path / "model.zip")


@pytest.mark.parametrize("entry", ["encoder.onnx", "tokenizer.json", "labels.json", "forms.npz"])
def test_an_archive_without_one_of_its_parts_is_a_model_error(tmp_path, entry):
    write_model(small_model(), tmp_path / "model.zip")
    rewritten(tmp_path / "model.zip", **{entry: None})
    with pytest.raises(ModelError):
        read_model(tmp_path / "model.zip")


@pytest.mark.parametrize("labels", [b"{", b"[]", b"{}", json.dumps({"tags": {}}).encode(), b"\xff"])
def test_labels_that_are_none_are_a_model_error(tmp_path, labels):
    write_model(small_model(), tmp_path / "model.zip")
    rewritten(tmp_path / "model.zip", **{"labels.json": labels})
    with pytest.raises(ModelError):
        read_model(tmp_path / "model.zip")


def test_a_cut_file_is_a_model_error(tmp_path):
    write_model(small_model(), tmp_path / "model.zip")
    whole = (tmp_path / "model.zip").read_bytes()
    for size in range(0, len(whole), 97):
        (tmp_path / "cut.zip").write_bytes(whole[:size])
        with pytest.raises(ModelError):
            read_model(tmp_path / "cut.zip")


def test_a_changed_byte_in_a_part_is_a_model_error(tmp_path):
    write_model(small_model(), tmp_path / "model.zip")
    whole = bytearray((tmp_path / "model.zip").read_bytes())
    whole[whole.index(b"onnx", whole.index(b"\x08"))] ^= 1
    (tmp_path / "model.zip").write_bytes(bytes(whole))
    with pytest.raises(ModelError):
        read_model(tmp_path / "model.zip")


def test_forms_that_hold_objects_are_refused(tmp_path):
    write_model(small_model(), tmp_path / "model.zip")
    unsafe = io.BytesIO()
    np.savez(unsafe, arc=np.array([{"any": "object"}], dtype=object))
    rewritten(tmp_path / "model.zip", **{"forms.npz": unsafe.getvalue()})
    with pytest.raises(ModelError):
        read_model(tmp_path / "model.zip")
