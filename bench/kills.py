"""Builds that are killed at any moment, and what they leave."""

import random
import time
from collections.abc import Callable

import store_of_faults
from site_of_faults import BUILD, SCENARIOS, Scenario, Site, kill_group, not_whole, undisturbed

KILLS = {"cold": 0.2, "changed": 0.2, "prune": 0.15, "damaged": 0.05, "workers": 0.1, "watch": 0.2, "store": 0.1}
"""What is killed, and how large a share of all kills that is."""


def kill(site: Site, name: str, seed: int) -> tuple[int, str]:
    """Kill a build, then build undisturbed; gives how the first ended, and what is wrong, if something is."""
    if name == "store":
        return store_of_faults.kill_store(site, seed)
    chance = random.Random(seed)
    scenario = SCENARIOS.get(name, SCENARIOS["changed"])
    site.enter(scenario.before if name == "watch" else scenario.after)
    site.begin(scenario.before, damage=scenario.damage)
    code = _KILLED.get(name, _plain)(site, scenario, chance)
    return code, not_whole(site, scenario) or undisturbed(site, scenario)


def _plain(site: Site, scenario: Scenario, chance: random.Random) -> int:
    child = site.start(*BUILD, *scenario.options)
    return kill_group(site, child, chance.uniform(0, _duration(site, scenario)))


def _with_workers(site: Site, scenario: Scenario, chance: random.Random) -> int:
    child = site.start("build", "--format", "html", "--jobs", "2", *scenario.options)
    site.wait_for("built ")
    return kill_group(site, child, chance.uniform(0, 0.3))


def _watching(site: Site, scenario: Scenario, chance: random.Random) -> int:
    child = site.start(*BUILD, "--watch")
    assert site.wait_for("watching; stop with")
    site.enter(scenario.after)
    site.wait_for("changed: ")
    return kill_group(site, child, chance.uniform(0, _duration(site, scenario)))


_KILLED: dict[str, Callable[[Site, Scenario, random.Random], int]] = {"workers": _with_workers, "watch": _watching}
_durations: dict[Scenario, float] = {}


def _duration(site: Site, scenario: Scenario) -> float:
    """Say how long such a build takes here, which is found out once."""
    if scenario not in _durations:
        started = time.monotonic()
        site.build(*scenario.options)
        _durations[scenario] = time.monotonic() - started
        site.begin(scenario.before, damage=scenario.damage)
    return _durations[scenario]
