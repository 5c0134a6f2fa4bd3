"""Work in order, in one process or several, that ends with its parent."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import EmptyInput, KgError
from kg.parallel import AHEAD, Workers, in_order


def make_square():
    made = os.getpid()

    def square(number):
        if number < 0:
            raise EmptyInput("below zero", input=str(number))
        return number * number, made

    return square


def make_suicide():
    return lambda _: os._exit(7)


def squares(numbers, jobs):
    with Workers(make_square, jobs) as workers:
        return [result for result, _ in in_order((workers.task(number) for number in numbers), workers.ahead)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs):
    assert squares(range(50), jobs) == [number * number for number in range(50)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_worker_is_made_once_in_each_process(jobs):
    with Workers(make_square, jobs) as workers:
        made = {maker for _, maker in in_order((workers.task(number) for number in range(20)), workers.ahead)}
    assert (os.getpid() in made) == (jobs == 1)
    assert 1 <= len(made) <= jobs


def test_nothing_is_made_where_there_is_nothing_to_do():
    def fail():
        raise AssertionError

    with Workers(fail, 1) as workers:
        assert list(in_order((workers.task(item) for item in ()), workers.ahead)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_comes_out_whole_where_its_result_would(jobs):
    with Workers(make_square, jobs) as workers:
        results = in_order((workers.task(number) for number in (3, -1)), workers.ahead)
        assert next(results)[0] == 9
        with pytest.raises(EmptyInput) as caught:
            next(results)
    assert (caught.value.reason, caught.value.input) == ("below zero", "-1")


def test_a_process_that_dies_is_told():
    with Workers(make_suicide, 2) as workers, pytest.raises(KgError, match="one of the processes was killed"):
        workers.task(1)()


def test_so_many_tasks_are_begun_ahead_and_no_more():
    begun = []

    def tasks():
        for number in range(10):
            begun.append(number)
            yield lambda number=number: number

    for ahead in (0, 3):
        begun.clear()
        results = in_order(tasks(), ahead)
        for used in range(1, 11):
            assert next(results) == used - 1
            assert len(begun) == min(used + ahead, 10)
    assert Workers(make_square, 1).ahead == 0
    assert Workers(make_square, 3).ahead == 3 * AHEAD


def _alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see whether a process lives")
def test_workers_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(
        f"import sys, time\nsys.path[:] = {sys.path!r}\n"
        "from test_parallel import Workers, make_square\n"
        "if __name__ == '__main__':\n"
        "    with Workers(make_square, 1 + 1) as workers:\n"
        "        print(workers.task(2)()[1], flush=True)\n"
        "        time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        worker = int(parent.stdout.readline())
        assert _alive(worker)
        parent.kill()
    deadline = time.monotonic() + 30
    while _alive(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(worker)
