"""One reading of a log: its stints, and for each of them who had it, in which line, and what it took."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.process.difficulty import true_difficulty
from fengong.engine.process.effort import segment_minutes, stint_effort
from fengong.engine.process.log import EventLog, Floats, Ints, State, group_rare
from fengong.engine.process.people import Attempts, Skills, attempts, skills
from fengong.engine.process.stints import Stints, cut


@dataclass(frozen=True, slots=True)
class Reading:
    """By stint: `effort`, `customer` (minutes waited for the customer) f64, `tier`, `member` i64 and `attempts`.

    By case of the log: `difficulty`, `topic` i64 (of `topics`, rare ones grouped). `cases` are the cases somebody held,
    in order of arrival; `members` the people who held one, both as indices of the log. `team`, `line` i64 by member.
    """

    log: EventLog
    stints: Stints
    effort: Floats
    customer: Floats
    tier: Ints
    member: Ints
    attempts: Attempts
    difficulty: Ints
    topic: Ints
    topics: tuple[str, ...]
    cases: Ints
    members: Ints
    team: Ints
    line: Ints
    skills: Skills


def read(log: EventLog, *, least_cases: int, rest: str) -> Reading:
    """Read a log. Raises ValueError when no case was held by anyone."""
    stints = _held_only(cut(log))
    if len(stints.case) == 0:
        raise ValueError("no case was ever held by a known person")
    effort, tier = stint_effort(stints), log.team_tier[stints.team]
    cases = np.unique(stints.case)
    members, member = np.unique(stints.person, return_inverse=True)
    topic, topics = group_rare(log.topic, log.topics, least=least_cases, rest=rest)
    difficulty = true_difficulty(stints, effort, log.team_tier, len(log.cases))
    tries = attempts(stints, tier, difficulty)
    team = log.person_team[members]
    line = log.team_tier[team]
    return Reading(
        log=log,
        stints=stints,
        effort=effort,
        customer=segment_minutes(stints, (State.CUSTOMER,)),
        tier=tier,
        member=member,
        attempts=tries,
        difficulty=difficulty,
        topic=topic,
        topics=topics,
        cases=cases[np.argsort(stints.opened[cases], kind="stable")],
        members=members,
        team=team,
        line=line,
        skills=skills(
            member=member,
            topic=topic[stints.case],
            solved=stints.resolved,
            able=tries.able,
            tier=line,
            team=team,
            topics=len(topics),
        ),
    )


def _held_only(stints: Stints) -> Stints:
    """Leave out stints without a known person."""
    known = stints.person >= 0
    inside = known[stints.seg_stint]
    number = np.cumsum(known) - 1
    fields = {name: getattr(stints, name) for name in Stints.__slots__}
    for name in ("case", "person", "team", "start", "end", "queued", "resolved"):
        fields[name] = fields[name][known]
    for name in ("seg_state", "seg_start", "seg_end"):
        fields[name] = fields[name][inside]
    fields["seg_stint"] = number[stints.seg_stint[inside]]
    return Stints(**fields)
