"""Shifts, absences and headcounts of a model as tables that kernels follow."""

from __future__ import annotations

from math import inf

import numpy as np

from fengong.engine.simulation.centre.chance import Rows, key_of
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Group, Shift
from fengong.engine.simulation.centre.pool import Pool
from fengong.engine.simulation.centre.state import BACK, COME, ENTRY, GO, GONE, HERE, PAUSE, PAUSED, SQUAD

_ABSENCE = 1 << 40  # apart from the numbers of streams in a key

Entry = tuple[float, int, float]


def plan_people(model: Model, people: Rows, pool: Pool, seed: int) -> tuple[Rows, Rows]:
    """The calendars of all members and the headcounts of all groups that have one, and who follows which."""
    entries: list[Entry] = []
    squads: list[tuple[int, ...]] = []
    member = 0
    for group in model.crew:
        rows = people[member : member + group.count]
        if group.headcount:
            rows["squad"] = len(squads)
            counts = group.headcount.counts
            squads.append((member, member + group.count, pool.add(counts), len(counts)))
        rows["first_entry"] = len(entries)
        entries += _calendar(group, model.cycle)
        rows["last_entry"] = len(entries)
        rows["chance_first"], rows["chance_size"] = pool.add(group.absences), len(group.absences)
        rows["at_start"], rows["off_at_start"] = _at_start(group, model.cycle)
        member += group.count
    people["entry"] = people["first_entry"]
    people["key"] = [key_of(seed, _ABSENCE, number) for number in range(len(people))]
    return _entries(entries), _squads(model, squads)


def _entries(entries: list[Entry]) -> Rows:
    table = np.zeros(len(entries), dtype=ENTRY)
    for row, (at, what, off) in zip(table, entries, strict=True):
        row["at"], row["what"], row["off"] = at, what, off
    return table


def _squads(model: Model, squads: list[tuple[int, ...]]) -> Rows:
    table = np.zeros(len(squads), dtype=SQUAD)
    spans = [group.headcount.period for group in model.crew if group.headcount]
    for row, squad, span in zip(table, squads, spans, strict=True):
        row["begin"], row["end"], row["first"], row["size"] = squad
        row["span"] = span
    return table


def _calendar(group: Group, cycle: float) -> list[Entry]:
    """Entries in the order of the cycle; at one moment goings first."""
    entries = [
        (time % cycle if cycle < inf else time, what, max(0.0, shift.end - time))
        for shift in group.shifts
        for time, what in _edges(shift)
    ]
    return sorted(entries, key=lambda entry: (entry[0], -entry[1]))


def _edges(shift: Shift) -> list[tuple[float, int]]:
    pauses = [edge for begun, over in shift.breaks for edge in ((begun, PAUSE), (over, BACK))]
    return [(shift.start, COME), *pauses, (shift.end, GO)]


def _at_start(group: Group, cycle: float) -> tuple[int, float]:
    """Where a member is just before minute 0, and when the shift ends: one of yesterday may not be over."""
    if group.headcount:
        return GONE, inf
    if not group.shifts:
        return HERE, inf
    for shift in group.shifts:
        if shift.end > cycle:
            pausing = any(begun <= cycle < over for begun, over in shift.breaks)
            return PAUSED if pausing else HERE, shift.end - cycle
    return GONE, inf
