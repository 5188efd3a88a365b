"""What an answer rests on and what it does not say, in the language that is active."""

from __future__ import annotations

from math import isnan

from django.utils.translation import gettext as _

from fengong.planning.whatif.outline import weeks_of
from fengong.planning.whatif.results import Expected, Outlook


def trust_lines(outlook: Outlook) -> list[str]:
    """Return the notes below an answer."""
    return [
        _met(outlook),
        _history() if outlook.expected is None else _forecast(outlook, outlook.expected),
        _(
            "Both sides meet the same tickets and the same luck in each run, so what differs is the division of "
            "labour."
        ),
        _(
            "A difference counts as certain where the paired t-test over runs gives p < 0.05 after Holm's correction: "
            "over all figures of everything together, and figure by figure over the groups, over the tiers and over "
            "the members. Each interval is that of its figure alone."
        ),
        _(
            "Assigning a ticket does not make people faster: they begin, work and leave tickets lying as the log "
            "shows. Effort, presence, difficulty and skill are estimated from the log; the guide to the replay says "
            "how."
        ),
    ]


def _met(outlook: Outlook) -> str:
    held = outlook.held
    kept = 100.0 * (held["resolve_kept"].simulated - held["resolve_kept"].recorded)
    return _(
        "The recorded ways, simulated, against the record, on tickets they were not fitted on: time to resolution "
        "mean %(mean)s, median %(median)s; time without an owner %(ownerless)s; resolved in time %(kept)s points."
    ) % {
        "mean": _error(held["resolved_mean"].error),
        "median": _error(held["resolved_median"].error),
        "ownerless": _error(held["ownerless_mean"].error),
        "kept": f"{kept:+.1f}".replace("-", "−"),
    }


def _error(value: float) -> str:
    return "–" if isnan(value) else f"{value:+.0f} %".replace("-", "−")


def _history() -> str:
    return _(
        "Every run has the same tickets, those of the log, so the intervals hold for the luck of working on them. "
        "Another month would bring other tickets; a [forecast] draws them anew in each run."
    )


def _forecast(outlook: Outlook, expected: Expected) -> str:
    demand = outlook.scenario.demand
    return _(
        "Each run draws its own tickets: by topic, difficulty, priority and hour of the week as in the last %(weeks)s "
        "of the log, times %(factor)s; how busy a day is varies by a gamma factor of variance %(busyness)s. "
        "Everything else about a ticket is that of one of its kind in the log; the roster is that of the log's last "
        "weeks."
    ) % {
        "weeks": weeks_of(expected.measured),
        "factor": f"{demand.factor:g}" if demand else "1",
        "busyness": f"{expected.busyness:.2f}",
    }
