"""When to keep a member free for harder work: prices of free members, worked out group by group.

Each kind of ticket is first split between the groups that can do it so that, with each group a queue of its own, the
cost is least. One step of policy improvement from that split (Krishnan 1987; Sassen, Tijms, Nobel 1997, A heuristic
rule for routing customers to parallel servers; Bhulai 2009, Dynamic routing policies for multiskill call centers) says
what a waiting ticket of a kind costs its home group, and what another ticket costs a group with so many free. The group
that does most of a kind is its home and takes it whenever somebody there is free; another group takes it once enough of
them wait. Nothing here grows with the number of joint states: groups of hundreds are as quick as small ones.

What one step cannot see (that help changes the very flows it was worked out from) is left to a few `Settings`, found by
simulation in `simulation.keeping`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog, minimize

from fengong.engine.routing.arrays import Flags, Floats, Ints
from fengong.engine.routing.kernels.keeping import Keeping
from fengong.engine.staffing.marginal import losses, marginal_costs

ALWAYS = 1e200
FULLEST = 0.99  # of its members' time: no group is planned to be busier
BASE_MOST = 0.7


class Settings(NamedTuple):
    """f64[kinds, groups] each. until: how many of a kind may wait before the last free member of a group takes one, 0 =
    takes it at once · base: the part of that worth which the first ticket already has, 0..1 · offset: how many of the
    kind weigh nothing when a group chooses between kinds · scale: factor on the price by which a ticket chooses between
    groups. leaning: how strongly the choice leans to the groups that are relatively best at a kind, 0 = not at all.
    """

    until: Floats
    base: Floats
    offset: Floats
    scale: Floats
    leaning: float


@dataclass(frozen=True, eq=False)
class Prospect:
    """What is known of a team before any tuning.

    home i64[kinds] · able bool[kinds, groups] · index f64[kinds, groups]: cost times rate, the c-mu rule's · price
    f64[kinds, groups]: points lost by binding the last free member · taper f64[groups, most_free + 1]: that price with
    so many free, as a share of it · efficiency f64[kinds, groups], 0.5..1: 1 where work should flow when all are
    busy · settings: those of one step of policy improvement.
    """

    home: Ints
    able: Floats
    index: Floats
    price: Floats
    taper: Floats
    efficiency: Floats
    power: int
    settings: Settings


def keep_prices(
    *,
    arrivals: Sequence[float],
    members: Sequence[int],
    minutes: Sequence[Sequence[float]],
    costs: Sequence[float],
    power: int = 1,
    most_waiting: int = 50,
) -> Keeping:
    """Prices without tuning. `arrivals` per kind and minute · `members` per group · `minutes[kind][group]` per ticket,
    0 = cannot · `costs` per kind, in points per minute for q waiting: costs * q^power.

    Errors: ValueError if the shapes differ or the team cannot do the work.
    """
    spent = np.array(minutes, dtype=np.float64)
    rates = np.divide(1.0, spent, out=np.zeros_like(spent), where=spent > 0)
    found = prospect(np.array(arrivals), np.array(members), rates, np.array(costs), power)
    return keeping_of(found, found.settings, most_waiting)


def keeping_of(found: Prospect, settings: Settings, most_waiting: int) -> Keeping:
    """The tables of `kernels.keeping` for these settings.

    With r(f) the taper: the group takes a kind of which q wait when base + (1 - base) (q - 1/2) / until > r(f), both
    sides times the price. Its urgency is index * efficiency^leaning * q / (q + offset) for linear costs and index *
    efficiency^leaning * max(q - offset, q / 100) for quadratic ones: generalised c-mu (Mandelbaum, Stolyar 2004) with
    an allowance for tickets that others will take.
    """
    queue = np.arange(most_waiting + 1.0)
    price = found.price * settings.scale
    until = np.maximum(settings.until, 1e-9)[:, :, None]
    base = settings.base[:, :, None]
    gain = price[:, :, None] * (base + (1.0 - base) * (queue - 0.5) / until)
    gain[settings.until == 0] = ALWAYS
    offset = settings.offset[:, :, None]
    shape = queue / (queue + offset + 1e-12) if found.power == 1 else np.maximum(queue - offset, 0.01 * queue)
    weight = found.index * found.efficiency**settings.leaning
    return Keeping(
        gain, price[:, :, None] * found.taper[None], weight[:, :, None] * shape * found.able[:, :, None]
    )


def prospect(arrivals: Floats, members: Ints, rates: Floats, costs: Floats, power: int) -> Prospect:
    """arrivals, costs f64[kinds] · members i64[groups] · rates f64[kinds, groups], 0 = cannot.

    Errors: ValueError if the shapes differ or the team cannot do the work.
    """
    if rates.shape != (len(arrivals), len(members)) or len(costs) != len(arrivals):
        raise ValueError("arrivals, members, rates and costs must agree in their numbers of kinds and groups")
    team = _Team(arrivals, members, rates, costs, power)
    flows = _best_split(team)
    home = np.where(rates > 0, flows, -1.0).argmax(axis=1).astype(np.int64)
    steps = [_steps(team, flows, home, group) for group in range(len(members))]
    length = np.divide(1.0, rates, out=np.zeros_like(rates), where=rates > 0)
    price = np.array(
        [steps[group][members[group]] * _pace(team, flows, group) for group in range(len(members))]
    )
    return Prospect(
        home=home,
        able=(rates > 0).astype(np.float64),
        index=costs[:, None] * rates,
        price=np.maximum(price, 1e-9) * length,
        taper=_taper(team, flows),
        efficiency=_efficiency(team),
        power=power,
        settings=_one_step(team, home, steps, price * length),
    )


class _Team(NamedTuple):
    arrivals: Floats
    members: Ints
    rates: Floats
    costs: Floats
    power: int


def _one_step(team: _Team, home: Ints, steps: list[Floats], price: Floats) -> Settings:
    """Where one step of policy improvement puts the thresholds: gain of the home against price of the helper."""
    until, base = np.zeros_like(team.rates), np.zeros_like(team.rates)
    for kind, group in zip(*np.nonzero(team.rates), strict=True):
        if home[kind] == group:
            continue
        waits = steps[home[kind]][team.members[home[kind]] :]
        enough = np.flatnonzero(waits[1:] > price[kind, group])
        until[kind, group] = float(enough[0]) if len(enough) else float(len(waits))
        first = (2.0 * waits[1] - waits[2]) / max(price[kind, group], 1e-9)
        base[kind, group] = min(max(first, 0.0), BASE_MOST)
    scale = np.ones_like(until)
    scale[np.arange(len(home)), home] = 0.0
    return Settings(until, base, np.zeros_like(until), scale, 0.0)


def _steps(team: _Team, flows: Floats, home: Ints, group: int) -> Floats:
    """D(n) of a group whose tickets wait in order of the c-mu rule.

    With linear costs the kinds up to each rank are a queue of their own, weighed by the drop of the index to the next
    rank (exact for preemptive priorities and equal rates; Federgruen, Groenevelt 1988). With quadratic costs the kinds
    share the queue as generalised c-mu would have it: cost q^2 / sum(1 / costs).
    """
    most, count, pace = 60, int(team.members[group]), _pace(team, flows, group)
    total, planned = np.zeros(count + most + 1), float(flows[:, group].sum())
    if planned < 1e-6:
        return total
    shrink = min(1.0, FULLEST * count * pace / planned)
    for rate, weight in _ranks(team, flows, group, (home == group) & (flows[:, group] > 0)):
        total += (
            weight
            * marginal_costs(
                servers=count, arrival_rate=rate * shrink, service_rate=pace, most=most, power=team.power
            )[0]
        )
    return total


def _ranks(team: _Team, flows: Floats, group: int, own: Flags) -> list[tuple[float, float]]:
    """Arrival rates of the queues that together stand for the group, and the weight of each; own bool[kinds]."""
    flow = np.where(flows[:, group] > 1e-6 * team.arrivals, flows[:, group], 0.0)
    if team.power == 2:
        sharing = own if own.any() else flow > 0
        return [(float(flow.sum()), 1.0 / float((1.0 / team.costs[sharing]).sum()))]
    worth = team.costs * team.rates[:, group] / _pace(team, flows, group)
    order = sorted(np.flatnonzero(flow), key=lambda kind: -float(worth[kind]))
    below = [float(worth[kind]) for kind in order[1:]] + [0.0]
    up_to = np.cumsum(flow[order])
    return [(float(up_to[rank]), float(worth[kind]) - below[rank]) for rank, kind in enumerate(order)]


def _pace(team: _Team, flows: Floats, group: int) -> float:
    """The mean service rate of a group's mix of kinds."""
    able = team.rates[:, group] > 0
    work = float((flows[able, group] / team.rates[able, group]).sum())
    return float(flows[able, group].sum()) / work if work > 1e-12 else float(team.rates[:, group].max())


def _taper(team: _Team, flows: Floats) -> Floats:
    """r(f) = B(members - 1, a) / B(members - f, a): the price with f free over that of the last one (Krishnan 1987)."""
    taper = np.ones((len(team.members), int(team.members.max()) + 1))
    for group, count in enumerate(team.members):
        able = team.rates[:, group] > 0
        load = float((flows[able, group] / team.rates[able, group]).sum())
        lost = losses(int(count), min(max(load, 0.05 * count), FULLEST * count))
        taper[group, 1 : count + 1] = lost[count - 1] / lost[count - 1 :: -1]
    return taper


def _efficiency(team: _Team) -> Floats:
    """y_i mu_ij / z_j in the dual of the static planning problem (Harrison, Lopez 1999, Heavy traffic resource pooling
    in parallel-server systems): 1 where work flows when all are busy, less where it wastes somebody."""
    kinds, groups = team.rates.shape
    pairs = np.argwhere(team.rates > 0)
    table = np.zeros((len(pairs), kinds + groups))
    table[np.arange(len(pairs)), pairs[:, 0]] = team.rates[pairs[:, 0], pairs[:, 1]]
    table[np.arange(len(pairs)), kinds + pairs[:, 1]] = -1.0
    whole = np.concatenate((np.zeros(kinds), team.members))[None]
    objective = np.concatenate((-team.arrivals, np.zeros(groups)))
    solved = linprog(objective, A_ub=table, b_ub=np.zeros(len(pairs)), A_eq=whole, b_eq=[1.0])
    if -solved.fun >= 1.0:
        raise ValueError(f"the team cannot do the work: it is {-solved.fun:.0%} busy at best")
    worth, hour = solved.x[:kinds, None], solved.x[None, kinds:]
    found = np.divide(worth * team.rates, hour, out=np.ones_like(team.rates), where=hour > 1e-9)
    return np.asarray(np.clip(found, 0.5, 1.0))


def _best_split(team: _Team) -> Floats:
    """f64[kinds, groups]: the split of each kind's arrivals that costs least with each group a queue of its own."""
    able = team.rates > 0
    shares = _even(team)
    tried = [
        minimize(
            lambda logits: _split_cost(team, _softmax(logits.reshape(able.shape), able)),
            np.log(
                np.where(able, (1.0 - mix) * shares + mix * able / able.sum(axis=1)[:, None], 1.0) + 1e-9
            ).ravel(),
            method="Nelder-Mead",
            options={"maxfev": 3000, "xatol": 1e-3, "fatol": 1e-6},
        )
        for mix in (0.02, 0.2)
    ]
    best = min(tried, key=lambda each: float(each.fun))
    found: Floats = team.arrivals[:, None] * _softmax(best.x.reshape(able.shape), able)
    return found


def _softmax(logits: Floats, able: Flags) -> Floats:
    raised = np.where(able, np.exp(logits - np.where(able, logits, -np.inf).max(axis=1, keepdims=True)), 0.0)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _even(team: _Team) -> Floats:
    """Shares of each kind that load all groups as evenly as can be: f64[kinds, groups] (static planning problem)."""
    kinds, groups = team.rates.shape
    pairs = np.argwhere(team.rates > 0)
    every = np.arange(len(pairs))
    served, busy = np.zeros((kinds, len(pairs) + 1)), np.zeros((groups, len(pairs) + 1))
    served[pairs[:, 0], every] = team.rates[pairs[:, 0], pairs[:, 1]]
    busy[pairs[:, 1], every] = 1.0
    busy[:, -1] = -team.members
    objective = np.concatenate((np.zeros(len(pairs)), [1.0]))
    solved = linprog(objective, A_ub=busy, b_ub=np.zeros(groups), A_eq=served, b_eq=team.arrivals)
    shares = np.zeros((kinds, groups))
    shares[pairs[:, 0], pairs[:, 1]] = solved.x[:-1]
    return shares * team.rates / team.arrivals[:, None]


def _split_cost(team: _Team, shares: Floats) -> float:
    """The cost of a split; far above any real one, and rising, where a group could not do its part."""
    flows = team.arrivals[:, None] * shares
    work = np.divide(flows, team.rates, out=np.zeros_like(flows), where=team.rates > 0).sum(axis=0)
    beyond = float(np.maximum(work - 0.999 * team.members, 0.0).sum())
    if beyond > 0:
        return 1e9 * (1.0 + beyond)
    return sum(
        weight * _mean(team, group, rate, _pace(team, flows, group))
        for group in range(len(work))
        if flows[:, group].sum() > 1e-6
        for rate, weight in _ranks(team, flows, group, flows[:, group] > 1e-6 * team.arrivals)
    )


def _mean(team: _Team, group: int, rate: float, pace: float) -> float:
    count = int(team.members[group])
    return marginal_costs(servers=count, arrival_rate=rate, service_rate=pace, most=2, power=team.power)[1]
