"""A desk in good order, with room to plant what is wrong; names for its members, positions and topics."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fengong.engine.coverage.team import WEEK, Duty, Part, Rules, Team

ALICE, BO, CHEN, DAI, ERIN = range(5)
FRONT, BACK = range(2)
REFUNDS, NETWORK, LOGIN = range(3)
EFFORT = 5.0

OFFICE = np.zeros((7, 24), dtype=bool)
OFFICE[:5, 9:17] = True
OPEN = OFFICE.ravel()


def team() -> Team:
    """All five work in office hours. Front has login, back has network, all of them skilled in it; refunds belong to
    the back, where only Alice can do them: the one single point of failure.
    """
    skills = np.zeros((5, 3))
    skills[[ALICE, BO], LOGIN] = 3.0
    skills[[CHEN, DAI, ERIN], NETWORK] = 4.0
    skills[ALICE, REFUNDS] = 5.0
    positions = np.zeros((5, 2), dtype=bool)
    positions[[ALICE, BO], FRONT] = True
    positions[[CHEN, DAI, ERIN, ALICE], BACK] = True
    return Team(
        capacity=np.full(5, 50.0),
        positions=positions,
        proficiency=skills,
        duties=(
            Duty(FRONT, (LOGIN,), part=Part.ACCOUNTABLE),
            Duty(BACK, (NETWORK,), part=Part.ACCOUNTABLE),
            Duty(BACK, (REFUNDS,), part=Part.RESPONSIBLE),
        ),
        roster=np.tile(OPEN, (5, 1)).astype(float),
        demand=np.full((3, 3, 1, WEEK), EFFORT) * OPEN,
        open=OPEN[None],
        rules=Rules(most_share=1.0),
    )


def put(team: Team, name: str, where: object, value: object) -> Team:
    values = getattr(team, name).copy()
    values[where] = value
    return replace(team, **{name: values})
