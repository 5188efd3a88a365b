"""Compile what live dispatch calls, so that the first decision of a server does not wait for the compiler.

`python -m fengong.engine.warm`, once after an installation; what is compiled is kept on disk (see `compiled`).
"""

from __future__ import annotations

from fengong.engine.routing.decide import decide
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket


def warm() -> None:
    """Decides over one ticket and over two, as live dispatch does: both ways through the matching, both explained."""
    members = tuple(Candidate(number, 1, {1: 3.0}, capacity=60.0) for number in (1, 2))
    tickets = tuple(WaitingTicket(number, 1, 1, 2, 1, effort=20.0, waiting_since=0.0) for number in (1, 2))
    for waiting in (tickets[:1], tickets):
        decide(Situation(0.0, waiting, members), policy="fengong", rules=Rules())


if __name__ == "__main__":
    warm()
