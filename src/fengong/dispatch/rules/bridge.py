"""From the rules a lead describes to the dials of the engine."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache

from django.utils.translation import gettext as _

from fengong.desk.models import Ticket
from fengong.dispatch.policy_rules import PolicyRules
from fengong.engine.routing.rules import Easing, Interrupting, Lending, Rules, Weights
from fengong.kernel.errors import Invalid

CHANNELS = {channel: number for number, channel in enumerate(Ticket.Channel.values)}
"""Channels as the engine counts them."""
MOST_RAMP = 24 * 60


@lru_cache(maxsize=64)
def engine_rules(rules: PolicyRules) -> Rules:
    """The dials these rules set; raises Invalid for what the engine will not take."""
    try:
        return Rules(
            weights=Weights(**asdict(rules.weights)),
            **asdict(rules.tiers),
            **asdict(rules.skills),
            **asdict(rules.scales),
            **asdict(rules.matching),
            guard=rules.shifts.guard,
            easing=Easing(**asdict(rules.relaxation)),
            lending=Lending(**asdict(rules.lending)),
            interrupting=Interrupting(
                over=rules.interrupting.over,
                sheltered=frozenset(CHANNELS[channel] for channel in rules.interrupting.sheltered),
            ),
        )
    except (KeyError, ValueError) as refused:
        raise Invalid(_("These rules contradict themselves: %(why)s") % {"why": refused}) from refused


def check_rules(rules: PolicyRules) -> None:
    """Raise Invalid, naming the field, for rules that nobody should publish."""
    engine_rules(rules)
    for name, refused, field in _faults(rules):
        if refused:
            raise Invalid(name, field=field)
    known = set(CHANNELS)
    for place, group in enumerate(rules.groups):
        field = f"groups.{place}"
        if not group.teams:
            raise Invalid(_("A group begins with at least one team."), field=field)
        if not set(group.channels) <= known:
            raise Invalid(_("There is no such channel."), field=field)
        afters = [ring.after for ring in group.rings]
        if afters != sorted(afters) or any(after <= 0 for after in afters):
            raise Invalid(_("Rings open one after the other, later than at once."), field=field)


def _faults(rules: PolicyRules) -> list[tuple[str, bool, str]]:
    offers, shifts, known = rules.offers, rules.shifts, set(CHANNELS)
    named = {limit.channel for limit in rules.limits if limit.channel}
    return [
        (_("There is no such channel."), not set(offers.channels) <= known, "offers.channels"),
        (_("There is no such channel."), not named <= known, "limits"),
        (_("A limit is at least one ticket."), any(limit.most < 1 for limit in rules.limits), "limits"),
        (_("An offer stands for at least five seconds."), offers.seconds < 5, "offers.seconds"),
        (_("Give this as a number from 0 on."), min(offers.apart, offers.missed) < 0, "offers"),
        (_("Give this as a number from 0 on."), min(shifts.ramp, shifts.before_break) < 0, "shifts"),
        (_("The first share lies between 0 and 1."), not 0 < shifts.first <= 1, "shifts.first"),
        (_("Give this as a number from 0 on."), rules.preferred.hold < 0, "preferred.hold"),
        (_("An endless ramp never ends."), shifts.ramp > MOST_RAMP, "shifts.ramp"),
    ]
