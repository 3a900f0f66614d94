"""Whoever works, the same jobs have the same results, and a job that fails is told as it is."""

import pickle

import pytest

from sim.lab.jobs.executor import LOCAL, executor_of
from sim.lab.jobs.simulate import Replications, simulate_all


class Square:
    """A job that tells half of itself before it is done."""

    def __init__(self, number):
        self.number = number

    def __call__(self, tick):
        tick(1)
        return self.number**2


class Fails(Square):
    def __call__(self, tick):
        raise ZeroDivisionError(f"job {self.number}")


WHO = [(1, None), (2, None), pytest.param((2, LOCAL), marks=pytest.mark.slow)]


@pytest.fixture(params=WHO, ids=["here", "processes", "cluster"])
def executor(request):
    with executor_of(*request.param) as found:
        yield found


def test_every_job_is_done_once_and_known_by_its_number(executor):
    assert dict(executor.results(Square(number) for number in range(20))) == {n: n**2 for n in range(20)}
    assert dict(executor.results([])) == {}


def test_a_fault_of_a_job_is_raised_and_others_can_still_be_done(executor):
    with pytest.raises(ZeroDivisionError, match="job 1"):
        dict(executor.results([Square(0), Fails(1), Square(2)]))
    assert dict(executor.results([Square(3)])) == {0: 9}


@pytest.mark.parametrize("workers", [1, 2])
def test_what_jobs_tell_is_heard(workers):
    heard = []
    with executor_of(workers) as executor:
        dict(executor.results([Square(1), Square(2)], heard.append))
        dict(executor.results([Square(3)]))
    assert heard == [1, 1]


def test_replications_have_the_same_tables_whoever_simulates(executor, new):
    scenario = new.with_(replications=3, record=[])
    [alone] = [Replications(scenario, 0, 3)(lambda _: None)]
    [parts] = simulate_all([scenario], executor)
    together = [part.frames["area"] for part in parts]
    assert len(parts) == min(3, executor.number)
    for part in together:
        first = part["replication"].min()
        own = alone.frames["area"][alone.frames["area"]["replication"].isin(part["replication"])]
        assert own.reset_index(drop=True).equals(part.reset_index(drop=True)), first


def test_replications_that_were_sent_once_can_be_sent_on(new):
    sent = pickle.loads(pickle.dumps(Replications(new, 0, 2)))
    assert pickle.loads(pickle.dumps(sent)) == sent
    assert sent.scenario == new.resolved()
