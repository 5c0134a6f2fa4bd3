"""A dataset holds documents entirely or not at all, and what it holds does not depend on how it came about."""

import json
import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest
from dataset_fixtures import BASE, LINKS, clean, entry, quad, statements
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.dataset import Dataset, Entry
from kg.dataset.folder import Folder
from kg.errors import (
    DatasetError,
    DatasetInUse,
    DatasetMissing,
    DatasetVersion,
    DiskFull,
    NotInDataset,
)


def ids(dataset: Dataset) -> list[str]:
    return [row.id for row in dataset.documents()]


# Putting and removing


def test_a_document_that_is_put_is_there_with_its_record_and_all_its_quads(dataset):
    made = entry("a", things=("Duskar",))
    dataset.put([made])
    assert ids(dataset) == ["a"]
    assert dataset.record("a") == made.extraction
    assert statements(dataset) == {str(quad) for quad in made.quads}


def test_the_order_and_the_size_of_batches_make_no_difference(dataset, tmp_path):
    entries = [entry(name, f"Report {name} from Duskar.", things=("Duskar", name)) for name in "abcd"]
    dataset.put([entries[3], entries[1]])
    dataset.put([entries[0], entries[2]])
    assert statements(dataset) == clean(tmp_path, *entries)


def test_a_document_put_again_with_other_content_takes_the_place_of_the_old(dataset, tmp_path):
    dataset.put([entry("a", "Two were killed.", things=("Duskar", "Velm"))])
    new = entry("a", "Three were killed.", things=("Duskar",))
    dataset.put([new])
    assert ids(dataset) == ["a"]
    assert dataset.record("a") == new.extraction
    assert statements(dataset) == clean(tmp_path, new)


def test_a_document_read_again_by_another_configuration_takes_the_place_of_the_old_in_the_same_graph(dataset, tmp_path):
    dataset.put([entry("a", things=("Duskar",), configuration="one")])
    new = entry("a", things=("Velm",), configuration="two")
    dataset.put([new])
    assert [row.configuration for row in dataset.documents()] == ["two"]
    assert statements(dataset) == clean(tmp_path, new)


def test_the_same_document_put_twice_changes_nothing(dataset, tmp_path):
    made = entry("a", things=("Duskar",))
    dataset.put([made])
    dataset.put([made])
    assert statements(dataset) == clean(tmp_path, made)


def test_a_removed_document_takes_with_it_what_no_other_gives(dataset, tmp_path):
    first, second = entry("a", "First.", things=("Duskar", "Velm")), entry("b", "Second.", things=("Duskar",))
    dataset.put([first, second])
    dataset.remove("a")
    assert ids(dataset) == ["b"]
    assert statements(dataset) == clean(tmp_path, second)


def test_a_document_that_was_removed_can_be_put_again(dataset, tmp_path):
    made = entry("a", things=("Duskar",))
    dataset.put([made])
    dataset.remove("a")
    assert statements(dataset) == set()
    dataset.put([made])
    assert statements(dataset) == clean(tmp_path, made)


def test_two_documents_of_one_batch_that_replace_each_other_are_refused_before_anything_is_written(dataset):
    with pytest.raises(ValueError, match="given twice in one batch"):
        dataset.put([entry("a", "One."), entry("a", "Two.")])
    assert ids(dataset) == []


def test_quads_of_no_document_or_of_two_are_refused(dataset):
    made = entry("a")
    other = entry("b", "Other.")
    for quads in ([], [*made.quads, *other.quads]):
        with pytest.raises(ValueError, match="quads of one graph under"):
            dataset.put([Entry(made.extraction, quads)])
    assert statements(dataset) == set()


def test_removing_or_showing_what_is_not_there_names_the_document_and_a_remedy(dataset):
    for ask in (dataset.remove, dataset.record, dataset.row):
        with pytest.raises(NotInDataset, match=r"there is no document 'zzz'\. kg query documents"):
            ask("zzz")


def test_unchanged_looks_at_content_and_configuration(dataset):
    made = entry("a", "One.", configuration="one")
    dataset.put([made])
    other = entry("a", "Two.").extraction.document
    assert dataset.unchanged(made.extraction.document, "one")
    assert not dataset.unchanged(made.extraction.document, "two")
    assert not dataset.unchanged(other, "one")
    assert dataset.holds("a")
    assert not dataset.holds("b")


def test_a_graph_of_no_document_is_replaced_whole_and_left_alone_when_equal(dataset):
    name = f"{BASE}graph/ontology"
    dataset.replace_graph(name, [quad("x", "label", "old", name)])
    new = [quad("x", "label", "new", name)]
    dataset.replace_graph(name, new)
    assert statements(dataset) == {str(quad) for quad in new}
    first = dataset.publish()
    dataset.replace_graph(name, new)
    assert dataset.publish() == first


def test_a_documents_graph_cannot_be_replaced_by_name(dataset):
    with pytest.raises(ValueError, match="is a document's graph"):
        dataset.replace_graph(f"{BASE}version/abc", [])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
            st.frozensets(st.sampled_from(["Duskar", "Velm", "Ost"])),
        ),
        max_size=8,
    )
)
def test_any_sequence_of_puts_and_removals_ends_as_a_clean_build_of_what_is_left(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("steps")
    left: dict[str, Entry] = {}
    with Dataset.create(folder / "kg-data", BASE) as dataset:
        for name, text, things in steps:
            if name in left and not text:
                dataset.remove(name)
                del left[name]
            else:
                left[name] = entry(name, text, things=tuple(sorted(things)))
                dataset.put([left[name]])
        assert ids(dataset) == sorted(left)
        assert statements(dataset) == clean(folder, *left.values())


def test_a_document_put_again_after_its_removal_can_be_removed_again(dataset):
    for _ in range(3):
        dataset.put([entry("a", "")])
        dataset.remove("a")
    assert statements(dataset) == set()


@pytest.mark.parametrize(
    "text",
    [
        'quoted " }} ; DROP ALL ; INSERT DATA { <x:a> <x:b> <x:c> } #',
        "backslashes \\u0041 \\n \\\\ \\",
        "line ends \n \r \u2028 \x85 and \x1b[31m and \x00",
        "'''\"\"\" 😀 \ufffe",
    ],
)
def test_hostile_words_stand_in_the_store_as_they_are_and_do_nothing(dataset, tmp_path, text):
    dataset.put([entry("a", "Old.", things=("Duskar",)), entry("b", "Kept.")])
    new = entry("a", text, things=("Velm",))
    dataset.put([new])
    assert statements(dataset) == clean(tmp_path, new, entry("b", "Kept."))
    assert dataset.record("a").document.text == text


# Publishing and reading


def test_a_reader_sees_what_was_published_and_not_what_was_put_later(dataset):
    dataset.put([entry("a", "One.")])
    published = dataset.publish()
    dataset.put([entry("b", "Two.")])
    with Dataset.open(dataset.path) as reader:
        assert reader.snapshot() == published
        assert ids(reader) == ["a"]


def test_a_reader_of_an_old_snapshot_finishes_on_it(dataset):
    old = entry("a", "One.", things=("Duskar",))
    dataset.put([old])
    dataset.publish()
    with Dataset.open(dataset.path) as reader:
        dataset.put([entry("a", "Two."), entry("b", "Three.")])
        dataset.publish()
        assert statements(reader) == {str(quad) for quad in old.quads}
        assert reader.record("a") == old.extraction
    with Dataset.open(dataset.path) as reader:
        assert ids(reader) == ["a", "b"]


def test_each_publication_of_a_change_has_the_next_number(dataset):
    numbers = []
    for name in "abc":
        dataset.put([entry(name, f"Report {name}.")])
        numbers.append(dataset.publish().number)
    assert numbers == [1, 2, 3]


def test_publishing_without_a_change_gives_the_same_snapshot(dataset):
    dataset.put([entry("a")])
    first = dataset.publish()
    path = dataset.path
    dataset.close()
    with Dataset.open(path, "write") as again:
        assert again.publish() == first


def test_a_change_of_a_writer_that_did_not_publish_is_published_by_the_next(dataset):
    dataset.put([entry("a", "One.")])
    dataset.publish()
    dataset.put([entry("b", "Two.")])
    path = dataset.path
    dataset.close()
    with Dataset.open(path, "write") as again:
        assert again.publish().number == 2
    with Dataset.open(path) as reader:
        assert ids(reader) == ["a", "b"]


def test_only_the_last_snapshots_are_kept_and_records_only_as_long_as_one_has_them(dataset):
    for number in range(6):
        dataset.put([entry("a", f"Version {number}.")])
        dataset.publish()
    kept = sorted(path.name for path in (dataset.path / "snapshots").iterdir())
    assert kept == ["000004", "000005", "000006"]
    with sqlite3.connect(dataset.path / "records.sqlite") as records:
        assert records.execute("SELECT count(*) FROM record").fetchone() == (3,)
    records.close()


def test_a_published_snapshot_opens_as_a_store_of_its_own(dataset):
    made = entry("a", things=("Duskar",))
    dataset.put([made])
    snapshot = dataset.publish()
    assert {str(quad) for quad in Store.read_only(str(snapshot.path))} == {str(quad) for quad in made.quads}


def test_what_a_killed_publication_left_behind_does_not_stand_in_the_way(dataset):
    dataset.put([entry("a")])
    unfinished = dataset.path / "snapshots" / "000001.new"
    unfinished.mkdir(parents=True)
    (unfinished / "CURRENT").write_text("half")
    (dataset.path / "current.new").symlink_to("nowhere")
    snapshot = dataset.publish()
    assert snapshot.number == 1
    assert sorted(path.name for path in (dataset.path / "snapshots").iterdir()) == ["000001"]


# Opening


def test_a_folder_without_a_dataset_is_told_with_a_remedy(tmp_path):
    for path in (tmp_path, tmp_path / "none", Path(__file__)):
        with pytest.raises(DatasetMissing, match=r"there is no dataset here.*kg build"):
            Dataset.open(path)


def test_a_dataset_that_nobody_has_published_is_told_as_such(dataset):
    with pytest.raises(DatasetMissing, match="nothing has been published here yet"):
        Dataset.open(dataset.path)


def test_a_dataset_of_another_format_is_told_with_both_numbers(tmp_path):
    (tmp_path / "dataset.json").write_text(json.dumps({"format": 99, "base": BASE}))
    with pytest.raises(DatasetVersion, match="format 99, this version of kg reads format 1"):
        Dataset.open(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\xff\xfe"])
def test_a_format_file_that_cannot_be_read_is_told(tmp_path, content):
    (tmp_path / "dataset.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(DatasetError, match=r"dataset\.json: the format file cannot be read"):
        Dataset.open(tmp_path)


def test_a_dataset_of_another_base_is_refused(dataset):
    path = dataset.path
    dataset.close()
    with pytest.raises(DatasetVersion, match=r"named under https://example\.org/kg/, the settings say https://other/"):
        Dataset.open_or_create(path, "https://other/")
    Dataset.open_or_create(path, BASE).close()


def test_a_dataset_is_not_made_among_other_files(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(DatasetError, match="not empty and no dataset"):
        Dataset.create(tmp_path, BASE)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_dataset_whose_making_was_killed_is_made_again(tmp_path):
    (tmp_path / "dataset.json.new").write_text('{"for')
    with Dataset.create(tmp_path, BASE) as dataset:
        assert ids(dataset) == []


def test_a_second_writer_is_told_who_is_writing_and_gets_in_when_that_one_has_ended(dataset):
    with pytest.raises(DatasetInUse, match=f"process {os.getpid()} is writing"):
        Dataset.open(dataset.path, "write")
    dataset.close()
    Dataset.open(dataset.path, "write").close()


def _try_to_write(path, results):
    try:
        Dataset.open(path, "write").close()
        results.put("opened")
    except DatasetInUse as error:
        results.put(str(error))


def test_a_writer_in_another_process_is_told_too(dataset):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    other = context.Process(target=_try_to_write, args=(dataset.path, results))
    other.start()
    told = results.get(timeout=60)
    other.join()
    assert f"process {os.getpid()} is writing to the dataset. Wait" in told
    results.close()
    results.join_thread()


def test_a_failed_opening_leaves_the_dataset_free(dataset):
    path = dataset.path
    dataset.close()
    (path / "records.sqlite").write_bytes(b"this is no database" * 100)
    for _ in range(2):
        with pytest.raises(DatasetError, match=r"cannot be used .*not a database"):
            Dataset.open(path, "write")


def test_documents_that_have_lost_their_record_are_detected(dataset):
    dataset.put([entry("a", "One."), entry("b", "Two.")])
    dataset.publish()
    path = dataset.path
    dataset.close()
    with sqlite3.connect(path / "records.sqlite") as records:
        records.execute("DELETE FROM record WHERE id = 'a'")
    records.close()
    for mode in ("read", "write"):
        with pytest.raises(DatasetError, match="1 of its documents have lost their record"):
            Dataset.open(path, mode)


def test_a_records_file_that_is_gone_is_detected_and_not_made_anew_by_a_reader(dataset):
    dataset.put([entry("a")])
    dataset.publish()
    path = dataset.path
    dataset.close()
    (path / "records.sqlite").unlink()
    with pytest.raises(DatasetError, match="cannot be used"):
        Dataset.open(path)
    assert not (path / "records.sqlite").exists()


# Killed between the record and the store


class Killed(BaseException):
    """Stands for the end of the process."""


def killed_in(monkeypatch, name, dataset, act):
    def die(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(name, die)
        with pytest.raises(Killed):
            act()
    path = dataset.path
    dataset.close()
    return Dataset.open(path, "write")


APPLY, DELETE = "kg.dataset.dataset.apply", "kg.dataset.records.Records.delete"


@pytest.mark.parametrize("name", [APPLY, DELETE])
@pytest.mark.parametrize("new", [entry("a", "Two.", things=("Velm",)), entry("a", "One.", configuration="two")])
def test_a_replacement_that_was_killed_is_done_entirely_or_not_at_all(dataset, tmp_path, monkeypatch, name, new):
    old = entry("a", "One.", things=("Duskar",))
    dataset.put([old])
    with killed_in(monkeypatch, name, dataset, lambda: dataset.put([new])) as again:
        there = old if name == APPLY else new
        assert again.record("a") == there.extraction
        assert [row.configuration for row in again.documents()] == [there.configuration]
        assert statements(again) == clean(tmp_path, there)
        again.put([new])
        assert statements(again) == clean(tmp_path, new)
        again.publish()
        again.put([entry("a", "Three.")])
        assert statements(again) == clean(tmp_path, entry("a", "Three."))


def test_a_new_document_that_was_killed_before_the_store_has_it_is_not_there(dataset, monkeypatch):
    with killed_in(monkeypatch, APPLY, dataset, lambda: dataset.put([entry("a")])) as again:
        assert ids(again) == []
        assert statements(again) == set()
        assert not again.unchanged(entry("a").extraction.document, "one")
        again.publish()
    with sqlite3.connect(dataset.path / "records.sqlite") as records:
        assert records.execute("SELECT count(*) FROM record").fetchone() == (0,)
    records.close()


def test_a_graph_that_fits_none_of_two_records_is_told_as_damage(dataset, monkeypatch):
    dataset.put([entry("a", "One.")])
    again = killed_in(monkeypatch, DELETE, dataset, lambda: dataset.put([entry("a", "One.", configuration="two")]))
    path = again.path
    again.close()
    with sqlite3.connect(path / "records.sqlite") as records:
        records.execute(
            "INSERT INTO record SELECT key + 10, graph, 'x', id, sha256, '', extraction, shared FROM record"
        )
        records.execute("UPDATE record SET digest = 'y' WHERE key < 10")
    records.close()
    with pytest.raises(DatasetError, match="is not what any of its records says"):
        Dataset.open(path, "write")


# A full disk


@pytest.mark.parametrize(
    "failure",
    [
        OSError("IO error: No space left on device: While appending to file: 000046.sst"),
        OSError(28, "No space left on device"),
        OSError(122, "Disk quota exceeded"),
    ],
)
def test_a_full_disk_is_told_and_leaves_what_was_there(dataset, tmp_path, monkeypatch, failure):
    kept = entry("a", "One.")
    dataset.put([kept])

    def fail(*_args, **_kwargs):
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr("kg.dataset.dataset.apply", fail)
        with pytest.raises(DiskFull, match=r"kg-data: there is no room left on the disk\. Make room"):
            dataset.put([entry("b", "Two.")])
    assert ids(dataset) == ["a"]
    assert statements(dataset) == clean(tmp_path, kept)


def test_a_full_disk_under_the_records_is_told(dataset):
    dataset._records._database.execute("PRAGMA max_page_count = 30")
    with pytest.raises(DiskFull):
        dataset.put([entry(str(number), os.urandom(40_000).hex()) for number in range(20)])
    assert ids(dataset) == []


def test_another_failure_of_the_disk_is_told_as_itself(dataset, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("kg.dataset.dataset.apply", fail)
    with pytest.raises(DatasetError, match="Input/output error"):
        dataset.put([entry("b", "Two.")])


def test_links_stand_in_their_own_graph(dataset):
    dataset.put([entry("a", things=("Duskar",))])
    assert LINKS in {graph.value for graph in dataset.store.named_graphs()}


def test_nothing_lies_in_the_folder_but_what_the_folder_names(dataset):
    dataset.put([entry("a")])
    dataset.publish()
    folder = Folder(dataset.path)
    named = {folder.format_file, folder.store, folder.records, folder.lock, folder.snapshots, folder.current}
    assert set(dataset.path.iterdir()) == named
