"""A hundred workbooks in habits that people have, written by three libraries: each gives the right values, or an error."""

import pytest
from habits import PLAN, WRITERS, make

from genplan.diagnostics import has_errors
from genplan.people.load import load_results

SEEDS = range(100)


@pytest.fixture
def read(make_plan, tmp_path):
    plan = make_plan(text=PLAN.replace("period:", "results: r-2026-Q3.xlsx\nperiod:"))

    def read(data: bytes):
        (tmp_path / "plans" / "r-2026-Q3.xlsx").write_bytes(data)
        return load_results(plan, tmp_path)

    return read


def shown(actual):
    return f"{actual.value.written.normalize():f}" + ("%" if actual.value.percent else "")


def test_a_hundred_workbooks_give_the_right_values_or_an_error(read):
    silent, refused_in_vain, used = [], [], []
    for seed in SEEDS:
        made = make(seed)
        people, found = read(made.data)
        values = {person.id: tuple(shown(actual) for actual in person.actuals.values()) for person in people}
        if has_errors(found):
            if not made.refused:
                refused_in_vain.append((seed, made.habits, [f"{d.code} {d.message}" for d in found]))
        elif made.refused or values != made.people:
            silent.append((seed, made.habits, values, made.people))
        else:
            used.append(seed)
    assert silent == []
    assert refused_in_vain == []
    assert len(used) >= 25


def test_the_habits_are_all_there():
    habits = {habit for seed in SEEDS for habit in make(seed).habits}
    assert {writer.__name__ for writer in WRITERS} <= habits
    assert len(habits) >= 30
