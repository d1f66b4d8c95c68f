"""What follows from the kind of a rater."""

from genplan.plan.model import RaterKind

SINGLE = frozenset({RaterKind.SELF, RaterKind.SUPERVISOR})
"""Raters of whom a person has one; there may be any number of peers, subordinates, customers and members of a panel."""
ANONYMOUS = frozenset({RaterKind.PEER, RaterKind.SUBORDINATE, RaterKind.PANEL})
"""Raters of whom nobody is to know who gave what."""
FEWEST_ANONYMOUS = 3
"""What they gave is shown only as a mean of at least so many."""
