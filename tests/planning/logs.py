"""Small logs, written as CSV or XES, packed or not."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import quoteattr

import numpy as np

COLUMNS = ("case", "time", "person", "team", "status", "topic", "priority")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

MAPPING = """
[tiers]
column = "team"
rules = [{ match = "3rd", tier = 3 }, { match = "2nd", tier = 2 }]
[topics]
least_cases = 1
[targets]
normal = { first_response_minutes = 30, resolution_minutes = 240 }
"""


def at(minutes):
    """A moment so many minutes after nine on a Monday."""
    return (MONDAY + timedelta(minutes=minutes)).isoformat()


def row(case, minutes, person, team, *rest):
    """One event; `rest` is the status and, where it matters, the topic."""
    status, topic = (*rest, "Mail")[:2]
    return (case, at(minutes), person, team, status, topic, "normal")


def by_hand():
    """Three cases whose figures can be worked out on paper.

    A: queued, taken after 20 minutes, resolved at 60. B: begun at once by Ann, up to the second line through a queue
    (taken after 30), the customer waited for 100 minutes, resolved at 250. C: begun at once, sideways to Ben without a
    queue, back to Ann, resolved at 90, reopened at 120 by Ann, resolved at 150.
    """
    return [
        row("A", 0, "", "Desk", "queued"),
        row("A", 20, "Ann", "Desk", "active"),
        row("A", 60, "Ann", "Desk", "resolved"),
        row("B", 100, "Ann", "Desk", "active"),
        row("B", 120, "Ann", "Net 2nd", "queued"),
        row("B", 150, "Cyd", "Net 2nd", "active"),
        row("B", 200, "Cyd", "Net 2nd", "customer"),
        row("B", 300, "Cyd", "Net 2nd", "active"),
        row("B", 350, "Cyd", "Net 2nd", "resolved"),
        row("C", 400, "Ann", "Desk", "active"),
        row("C", 420, "Ben", "Front", "active"),
        row("C", 460, "Ann", "Desk", "active"),
        row("C", 490, "Ann", "Desk", "resolved"),
        row("C", 520, "Ann", "Desk", "active"),
        row("C", 550, "Ann", "Desk", "resolved"),
        row("C", 900, "", "Desk", "closed"),
    ]


def busy(cases=160, seed=1):
    """A week and more of a three-line desk, with everything a log can hold."""
    dice = np.random.default_rng(seed)
    rows = []
    for i in range(cases):
        start = float(int(dice.integers(0, 10)) * 1440 + dice.integers(0, 420))
        who, topic = f"a{dice.integers(0, 5)}", ("Mail", "Print", "Net")[int(dice.integers(0, 3))]
        rows.append(row(f"T{i}", start, who, "Desk", "active", topic))
        now = start + float(dice.integers(5, 40))
        if dice.random() < 0.35:
            team, who = ("Net 2nd", f"b{dice.integers(0, 3)}") if dice.random() < 0.7 else ("Core 3rd", "c0")
            rows.append(row(f"T{i}", now, "", team, "queued", topic))
            now += float(dice.integers(10, 300))
            rows.append(row(f"T{i}", now, who, team, "active", topic))
            now += float(dice.integers(20, 600))
        else:
            team = "Desk"
        rows.append(row(f"T{i}", now, who, team, "resolved", topic))
    return rows


def as_csv(rows, *, columns=COLUMNS, delimiter=","):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xes(rows, *, columns=COLUMNS):
    """The same as XES: the case is the trace's name, everything else an attribute of the event."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', '<log><string key="made" value="here"/>']
    for case in dict.fromkeys(r[0] for r in rows):
        out.append(f'<trace><string key="concept:name" value={quoteattr(case)}/>')
        for r in rows:
            if r[0] == case:
                pairs = zip(columns[1:], r[1:], strict=True)
                out.append("<event>")
                out.extend(f"<string key={quoteattr(k)} value={quoteattr(v)}/>" for k, v in pairs)
                out.append("</event>")
        out.append("</trace>")
    out.append("</log>")
    return "\n".join(out).encode()


def put(folder, name, data, *, packed=False):
    path = folder / name
    path.write_bytes(gzip.compress(data) if packed else data)
    return path


def mapping(folder, text=MAPPING):
    return put(folder, "mapping.toml", text.encode())
