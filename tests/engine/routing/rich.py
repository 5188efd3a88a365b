"""Scenes with teams, channels and limits on open tickets, rules that use them, and those rules said in plain words."""

from __future__ import annotations

from dataclasses import replace
from math import floor, inf

from hypothesis import strategies as st

from fengong.engine.routing.arrays import Scene
from fengong.engine.routing.rules import Easing, Lending, Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from tests.engine.routing.scenes import arrays_of, reason_against, scenes

CHANNELS = (0, 7)
TEAMS = (None, 4, 9)


@st.composite
def rich_scenes(draw) -> Situation:
    """Any scene, with teams, channels and limits; half the members free of each limit."""
    situation = draw(scenes)
    members = [replace(each, **draw(_of_member)) for each in situation.members]
    tickets = [replace(each, **draw(_of_ticket)) for each in situation.tickets]
    return replace(situation, members=tuple(members), tickets=tuple(tickets))


_counts = st.dictionaries(st.sampled_from(CHANNELS), st.integers(0, 3))
_of_member = st.fixed_dictionaries(
    {
        "team": st.sampled_from(TEAMS),
        "held": _counts,
        "slots": _counts,
        "most": st.sampled_from([None, None, 2, 4]),
        "idled": st.sampled_from([0.0, 30.0, 45.5]),
    }
)
_of_ticket = st.fixed_dictionaries(
    {"team": st.sampled_from(TEAMS), "channel": st.sampled_from(CHANNELS)},
)
rich_rules = st.builds(
    Rules,
    reach=st.integers(0, 2),
    need=st.sampled_from([(1.0, 2.0, 3.0), (1.3, 2.7, 4.9), (0.5, 4.0, 5.0)]),
    easing=st.sampled_from([Easing(), Easing(every=7.0), Easing(every=60.0, step=0.7, floor=1.2)]),
    lending=st.sampled_from(
        [Lending(), Lending(waiting=0.5), Lending(at_risk=0.0), Lending(waiting=2.0, at_risk=1.0)]
    ),
)


def scene_of(situation: Situation, rules: Rules) -> Scene:
    return Scene(*arrays_of(situation), situation.now, rules)


def plain_reason(situation: Situation, ticket: WaitingTicket, member: Candidate, rules: Rules) -> str | None:
    """The first reason against a match by all rules, without arrays."""
    asked = replace(rules, need=_eased(situation, ticket, rules))
    first = reason_against(member, ticket, situation.now, asked)
    if first in ("absent", "barred", "below_tier", "above_reach", "no_skill"):
        return first
    if _is_foreign(ticket, member) and not _can_lend(situation, member.team, rules):
        return "not_lent"
    return first or ("no_slot" if _hands_full(ticket, member) else None)


def _eased(situation: Situation, ticket: WaitingTicket, rules: Rules) -> tuple[float, float, float]:
    easing, waited = rules.easing, situation.now - ticket.waiting_since
    steps = floor(waited / easing.every) if easing.every < inf else 0
    return tuple(max(min(need, easing.floor), need - steps * easing.step) - 1e-6 for need in rules.need)


def _is_foreign(ticket: WaitingTicket, member: Candidate) -> bool:
    return None not in (ticket.team, member.team) and ticket.team != member.team


def _can_lend(situation: Situation, team: int | None, rules: Rules) -> bool:
    own = [each for each in situation.tickets if each.team == team]
    here = sum(each.present for each in situation.members if each.team == team)
    risky = [each for each in own if each.due_at < situation.now + rules.patience + each.effort]
    crowded = here > 0 and len(own) / here > rules.lending.waiting
    return not crowded and len(risky) <= rules.lending.at_risk


def _hands_full(ticket: WaitingTicket, member: Candidate) -> bool:
    here = member.held.get(ticket.channel, 0) >= member.slots.get(ticket.channel, inf)
    return here or sum(member.held.values()) >= (inf if member.most is None else member.most)
