"""The desk: is it quick, does it stay quick as it grows to a million tickets, and how does it stand beside a peer?

First server time of what people do all day, on a small and on a large desk in turns, on SQLite and on PostgreSQL. Then
HTTP beside django-helpdesk from PyPI, on one PostgreSQL, with 500 live streams open on our side.
"""

from __future__ import annotations

from benchmarks.desk.contest import contest
from benchmarks.desk.growth import Sizes, grow
from benchmarks.desk.places import postgresql, sqlite
from benchmarks.shape import Figure, Options, Report, Value
from tools import postgres

QUICK = Sizes(small=300, large=600, times=2, turns=1)
FULL = Sizes(small=20_000, large=1_000_000, times=12, turns=3)
NOTES = (
    "server time: the whole request inside one process, from address to last byte, with sign-in and templates",
    "growth: the same desk after more years; three messages and two events a ticket; 2,000 tickets live at any size",
    "asked for: every p95 below 100 ms, and the large desk within 1.5 times the small one",
    "a member opens lists, saved views, filters and tickets, replies, and searches for rare, medium and common words in"
    " Chinese and English",
    "contest: 4 web processes each, 4 clients that keep connections open, one PostgreSQL with its defaults, in turns of"
    " seconds; our owner is chosen from all 60 members by the worker that runs beside; theirs is given",
    "their list and search are the page and the rows which that page fetches; their search does not look into replies",
)


def run(options: Options) -> Report:
    """Measure growth on each database there is, then the contest."""
    sizes = QUICK if options.quick else FULL
    notes, figures = list(NOTES), list[Figure]()
    summary: dict[str, Value] = {}
    for name, place in (("sqlite", sqlite), ("postgresql", postgresql)):
        if name == "postgresql" and postgres.programs() is None:
            notes.append("SKIPPED: PostgreSQL is not installed here, so there is no contest either")
            return Report(tuple(figures), summary, tuple(notes))
        if name == "postgresql" and options.quick:
            continue  # the contest shows that it works there
        found, told = grow(name, place, sizes)
        figures += found
        summary |= told
    found, told = contest(300, 0.5, 1, streams=20) if options.quick else contest(20_000, 6.0, 3)
    return Report((*figures, *found), summary | told, tuple(notes))
