"""The parts of a dataset by themselves: records, changes of the store, snapshots, the lock, failures of the disk."""

import errno
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
from dataset_fixtures import BASE, LINKS, entry, extraction, quad
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from kg.dataset import Dataset, Snapshot, snapshots
from kg.dataset.changes import Change, apply, digest, graph_quads, statement
from kg.dataset.folder import FORMAT, Folder, Format, read_format, told_by, write_format, write_whole
from kg.dataset.lock import Lock
from kg.dataset.records import Draft, Records
from kg.errors import DatasetError, DatasetInUse, DiskFull
from kg.records import Document

# Records


@pytest.fixture
def records(tmp_path):
    opened = Records(tmp_path / "records.sqlite", writing=True)
    yield opened
    opened.close()


def draft(name, *shared, text="One.", digest="d", configuration="one"):
    return Draft(f"{BASE}version/{name}", digest, configuration, entry(name, text).extraction, shared)


def test_a_record_comes_back_as_it_was_written(records):
    written = draft("a", "<s> <p> <o> <g>", '<s> <p> "line \\n and \u2028 \x85" <g>')
    records.add([written])
    (row,) = records.rows()
    assert (row.graph, row.digest, row.id, row.configuration) == (written.graph, "d", "a", "one")
    assert row.sha256 == written.extraction.document.sha256
    assert records.extraction(row.key) == written.extraction
    assert records.shared(row.key) == list(written.shared)


def test_records_of_one_document_come_from_oldest_to_newest(records):
    records.add([draft("b"), draft("a", digest="1")])
    records.add([draft("a", digest="2")])
    assert [row.digest for row in records.of("a")] == ["1", "2"]
    assert [row.id for row in records.rows()] == ["a", "a", "b"]
    assert records.of("c") == []


def test_a_deleted_record_is_gone_with_what_it_gave(records):
    records.add([draft("a", "<s> <p> <o> <g>"), draft("b")])
    key = records.of("a")[0].key
    records.delete([key, 999])
    assert [row.id for row in records.rows()] == ["b"]
    with pytest.raises(KeyError):
        records.extraction(key)
    assert records._database.execute("SELECT count(*) FROM shared").fetchone() == (0,)


def test_the_key_of_a_deleted_record_is_not_given_again(records):
    records.add([draft("a")])
    first = records.of("a")[0].key
    records.delete([first])
    records.add([draft("a")])
    assert records.of("a")[0].key > first


def test_records_that_fail_in_the_middle_are_not_written_at_all(records):
    with pytest.raises(AttributeError):
        records.add([draft("a"), None])
    assert records.rows() == []


def test_a_text_with_half_a_character_comes_back(records):
    half = extraction(Document(id="a", text="half \ud800 of one", source="a.txt"))
    written = Draft(f"{BASE}version/a", "d", "one", half, ())
    records.add([written])
    assert records.extraction(records.rows()[0].key) == written.extraction


def test_a_reader_cannot_write_and_sees_what_was_committed(records, tmp_path):
    records.add([draft("a")])
    reader = Records(tmp_path / "records.sqlite", writing=False)
    assert [row.id for row in reader.rows()] == ["a"]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.delete([1])
    records.add([draft("b")])
    assert [row.id for row in reader.rows()] == ["a", "b"]
    reader.close()


STATEMENTS = [f"<s{number}> <p> <o> <g>" for number in range(4)]


def test_a_statement_stands_while_a_live_record_gives_it(records):
    records.add([draft("a", *STATEMENTS[:3]), draft("b", STATEMENTS[1]), draft("c", STATEMENTS[2])])
    (key,) = (row.key for row in records.of("a"))
    live = {f"{BASE}version/a", f"{BASE}version/b"}
    assert records.unsupported(STATEMENTS, {key}, live.__contains__) == {STATEMENTS[0], STATEMENTS[2], STATEMENTS[3]}
    assert records.unsupported(STATEMENTS, set(), live.__contains__) == {STATEMENTS[3]}
    assert records.unsupported([], {key}, live.__contains__) == set()


def test_many_statements_are_looked_up_at_once(records):
    many = [f"<s{number}> <p> <o> <g>" for number in range(40_000)]
    records.add([draft("a", *many[::2])])
    assert len(records.unsupported(many, set(), lambda _: True)) == 20_000


# Changes of the store

GRAPHS = st.sampled_from([LINKS, f"{BASE}graph/other"])
QUADS = st.builds(
    quad, st.sampled_from("abc"), st.just("p"), st.text(st.characters(exclude_categories=["Cs"]), max_size=8), GRAPHS
)


@settings(max_examples=60)
@given(st.sets(QUADS, max_size=12), st.sets(QUADS, max_size=6), st.sets(GRAPHS, max_size=1), st.sets(QUADS, max_size=6))
def test_a_change_drops_then_takes_away_then_adds(before, removed, dropped, added):
    store = Store()
    store.extend(before)
    apply(store, Change(dropped, {statement(one) for one in removed}, list(added)), bulk=False)
    left = {one for one in before if one.graph_name.value not in dropped and one not in removed}
    assert set(store) == left | added


@pytest.mark.parametrize("bulk", [True, False])
def test_a_change_that_only_adds_adds_each_quad_once(bulk, tmp_path):
    store = Store(str(tmp_path / "store"))
    quads = [quad("a", "p", str(number % 3), LINKS) for number in range(6)]
    for _ in range(2):
        apply(store, Change(added=quads), bulk=bulk)
    assert list(store.quads_for_pattern(None, None, None, None)) == list(dict.fromkeys(store))
    assert len(store) == 3


def test_a_bulk_load_that_fails_in_the_middle_leaves_nothing(tmp_path):
    store = Store(str(tmp_path / "store"))
    with pytest.raises(TypeError):
        apply(store, Change(added=[*(quad("a", "p", str(n), LINKS) for n in range(5000)), "no quad"]), bulk=True)
    assert len(store) == 0


@given(st.lists(QUADS, max_size=8))
def test_a_digest_is_that_of_the_set(quads):
    assert digest(quads) == digest([*reversed(quads), *quads])
    assert digest([*quads, quad("z", "p", "new", LINKS)]) != digest(quads)


def test_the_quads_of_one_graph_are_those_of_it_alone():
    store = Store()
    here, elsewhere = quad("a", "p", "x", LINKS), quad("a", "p", "x", f"{BASE}graph/other")
    store.extend([here, elsewhere])
    assert graph_quads(store, LINKS) == [here]
    assert statement(here) == f'<{BASE}a> <{BASE}ontology#p> "x" {NamedNode(LINKS)}'


# Snapshots


def test_there_is_no_snapshot_before_the_first(tmp_path):
    assert snapshots.current(Folder(tmp_path)) is None
    assert snapshots.kept(Folder(tmp_path)) == []
    snapshots.delete_old(Folder(tmp_path))


def test_a_number_is_never_given_twice_even_after_a_kill_before_the_flip(tmp_path):
    folder, store = Folder(tmp_path), Store(str(tmp_path / "store"))
    (tmp_path / "snapshots" / "000007").mkdir(parents=True)
    made = snapshots.publish(folder, store)
    assert made == snapshots.current(folder) == Snapshot(8, tmp_path / "snapshots" / "000008")


def test_a_moved_dataset_is_still_whole(dataset, tmp_path):
    dataset.put([entry("a")])
    dataset.publish()
    path = dataset.path
    dataset.close()
    path.rename(tmp_path / "moved")
    with Dataset.open(tmp_path / "moved") as reader:
        assert [row.id for row in reader.documents()] == ["a"]
        assert reader.published.resolve() == reader.snapshot().path.resolve()


def test_two_datasets_of_the_same_relative_path_do_not_get_in_each_others_way(tmp_path, monkeypatch):
    opened = []
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        monkeypatch.chdir(tmp_path / place)
        opened.append(Dataset.create(Path("kg-data"), BASE))
        opened[-1].put([entry(place)])
    assert [row.id for one in opened for row in one.documents()] == ["here", "there"]
    for one in opened:
        one.close()


# The folder and its lock


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "file"
    write_whole(path, "first\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "x" * 100_000 + "\ud800")
    assert path.read_text() == "first\n"


def test_the_format_file_comes_back(tmp_path):
    write_format(Folder(tmp_path), Format(BASE))
    assert read_format(Folder(tmp_path)) == Format(BASE)
    assert f'"format": {FORMAT}' in Folder(tmp_path).format_file.read_text()


def test_the_lock_is_free_again_when_it_is_released(tmp_path):
    path = tmp_path / "lock"
    first = Lock(path)
    with pytest.raises(DatasetInUse, match=f"process {os.getpid()} is writing"):
        Lock(path)
    first.release()
    Lock(path).release()


def test_a_lock_file_that_says_nothing_is_told_as_an_unknown_holder(tmp_path):
    path = tmp_path / "lock"
    first = Lock(path)
    path.write_text("")
    with pytest.raises(DatasetInUse, match="process unknown is writing"):
        Lock(path)
    first.release()


def sqlite_full():
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


@pytest.mark.parametrize(
    ("failure", "kind", "remedy"),
    [
        (OSError(errno.ENOSPC, "x"), DiskFull, "Make room"),
        (OSError(errno.EDQUOT, "x"), DiskFull, "Make room"),
        (OSError(errno.EFBIG, "x"), DiskFull, "Make room"),
        (OSError("IO error: No space left on device: While appending"), DiskFull, "Make room"),
        (sqlite_full(), DiskFull, "Make room"),
        (PermissionError(errno.EACCES, "Permission denied"), DatasetError, "Check that you may write there"),
        (OSError(errno.EIO, "Input/output error"), DatasetError, "Delete the folder"),
        (sqlite3.DatabaseError("file is not a database"), DatasetError, "Delete the folder"),
    ],
)
def test_failures_of_the_disk_are_told_with_what_to_do(tmp_path, failure, kind, remedy):
    with pytest.raises(kind, match=remedy) as caught, told_by(Folder(tmp_path)):
        raise failure
    assert type(caught.value) is kind
    assert caught.value.input == str(tmp_path)


def test_faults_of_the_code_are_not_taken_for_those_of_the_disk(tmp_path):
    with pytest.raises(ZeroDivisionError), told_by(Folder(tmp_path)):
        raise ZeroDivisionError


@pytest.fixture
def small_disk(tmp_path):
    """A disk of three megabytes; skipped where one may not be mounted."""
    path = tmp_path / "disk"
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(path)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk can be mounted by root only")
    yield path
    subprocess.run(["umount", "--lazy", str(path)], check=True)


def put_until_it_fails(dataset, put):
    for number in range(1000):
        made = entry(f"report-{number:03}", " ".join(f"word{place}-{number}" for place in range(400)))
        dataset.put([made])
        put.append(made)


def test_a_disk_that_fills_up_leaves_every_document_that_was_put_and_no_half_of_another(small_disk):
    put = []
    with Dataset.create(small_disk / "kg-data", BASE) as dataset:
        with pytest.raises(DiskFull, match="Make room"):
            put_until_it_fails(dataset, put)
        found = {one.graph_name.value: one for one in dataset.store}
        assert [row.id for row in dataset.documents()] == [one.extraction.document.id for one in put]
        assert len([graph for graph in found if "/version/" in graph]) == len(put)
        for one in put:
            assert set(one.quads) <= set(dataset.store)
