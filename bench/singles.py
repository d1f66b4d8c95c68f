"""Documents one by one, made by peers that are set up and have made some before."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from measure import Cost, FailedError, say
from peers import Peer
from plan import Plan
from prepare import TURN, Kitchen


@dataclass
class Single:
    """What documents took, each (seconds)."""

    peer: Peer
    costs: list[Cost] = field(default_factory=list)


def singles(kitchen: Kitchen, plan: Plan) -> dict[str, Single]:
    """Measure all peers in turn, round by round; those that take long are left out of later rounds."""
    found = {peer.key: Single(peer) for peer in kitchen.peers}
    turn = min(TURN, len(kitchen.documents))
    say(f"single documents: {len(found)} peers, {plan.singles} rounds")
    for number in range(plan.singles):
        for key, server in list(kitchen.servers.items()):
            peer, costs = found[key].peer, found[key].costs
            if costs and sum(cost.wall for cost in costs) * peer.batch > plan.single_allowance:
                continue
            first = 2 + number * peer.batch  # the first two were read, and what a peer keeps is there from now on
            numbers = [place % turn for place in range(first, first + peer.batch)]
            try:
                costs.append(_each(server.make(numbers), numbers))
            except FailedError as error:
                kitchen.drop(peer, str(error))
                found.pop(key)
    kitchen.close()
    return found


def _each(cost: Cost, numbers: Iterable[int]) -> Cost:
    count = len(list(numbers))
    return Cost(cost.cpu / count, cost.wall / count)
