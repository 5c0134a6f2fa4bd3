"""A build that is killed at any moment leaves whole documents, and the next one goes on from there."""

import contextlib
import dataclasses
import multiprocessing
import random
import time
from collections import defaultdict

import pytest
from reading_fakes import STAGES

from kg.dataset import Dataset
from kg.errors import DatasetMissing
from kg.pipeline import Options, build
from kg.settings import load

DOCUMENTS, KILLS, KILLS_OF_ONE = 40, 20, 5


def write_articles(folder, version):
    """Reports that share places; every third of them differs between versions."""
    folder.mkdir()
    for number in range(DOCUMENTS):
        changed = f"Version {version}." if number % 3 == 0 else ""
        words = " ".join(f"Place{'abcdefgh'[(number + step) % 8]}" for step in range(4))
        text = f"SLOW Gunners shelled Duskar. {changed} {words} {number} people died."
        (folder / f"report-{number:02d}.txt").write_text(text)
    return folder


def by_document(dataset):
    """The quads of each document's own graph, by document id."""
    graphs = defaultdict(set)
    for quad in dataset.store:
        graphs[quad.graph_name.value].add(str(quad))
    return {row.id: frozenset(graphs[row.graph]) for row in dataset.documents()}


def shared(dataset, name):
    return {str(quad) for quad in dataset.store if quad.graph_name.value == f"{dataset.base}graph/{name}"}


def built(path, articles):
    with Dataset.create(path, load().base) as dataset:
        build([str(articles)], dataset, Options(load(), STAGES))
        return by_document(dataset), {name: shared(dataset, name) for name in ("links", "catalogue")}


def build_and_tell(articles, path, progress):
    """What the process does that is killed: a build that says after each document that it is done."""
    settings = dataclasses.replace(load(), batch=3)
    progress.send(0)
    with Dataset.open_or_create(path, settings.base) as dataset:
        build([str(articles)], dataset, Options(settings, STAGES, on_progress=lambda now: progress.send(now.done)))


def killed_build(articles, path, documents, seconds):
    """Kill a build so long after it is through with so many documents, or let it end if it has fewer to do."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.pipeline"])
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=build_and_tell, args=(articles, path, sender))
    process.start()
    sender.close()
    with contextlib.suppress(EOFError):
        while receiver.recv() < documents:
            pass
    time.sleep(seconds)
    process.kill()
    process.join()
    receiver.close()


def check_whole(dataset, clean):
    """Every document in the dataset is as one of the clean builds has it."""
    found = by_document(dataset)
    for name, quads in found.items():
        assert quads in [graphs[name] for graphs, _ in clean], name
        assert dataset.record(name).document.id == name
    listed = {line.split()[0] for line in shared(dataset, "catalogue")}
    assert len(listed) == len(found)
    assert shared(dataset, "links") <= set().union(*(rest["links"] for _, rest in clean))


@pytest.mark.timeout(900)
def test_a_build_killed_at_any_moment_leaves_whole_documents(tmp_path):
    versions = [write_articles(tmp_path / f"articles-{version}", version) for version in "ab"]
    clean = [built(tmp_path / f"clean-{version.name}", version) for version in versions]
    moments = random.Random(20261122)
    for kill in range(KILLS):
        path = tmp_path / f"kg-data-{kill // KILLS_OF_ONE}"
        articles = versions[kill % KILLS_OF_ONE // 2 % 2]
        killed_build(articles, path, moments.randint(0, DOCUMENTS * 5 // 4), moments.uniform(0, 0.1))
        check_what_readers_get(path, clean)
        with Dataset.open_or_create(path, load().base) as dataset:
            check_whole(dataset, clean)
            if kill % KILLS_OF_ONE == KILLS_OF_ONE - 1:
                check_the_next_build(dataset, versions[1], clean[1])


def check_what_readers_get(path, clean):
    with contextlib.suppress(DatasetMissing), Dataset.open(path) as published:
        check_whole(published, clean)


def check_the_next_build(dataset, articles, clean):
    build([str(articles)], dataset, Options(load(), STAGES))
    assert (by_document(dataset), {name: shared(dataset, name) for name in ("links", "catalogue")}) == clean
