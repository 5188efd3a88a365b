"""A plain sentence for each finding, in the language that is active."""

from __future__ import annotations

from math import inf, isfinite

from django.utils.translation import gettext as _

from fengong.planning.whatif import words
from fengong.planning.whatif.numbers import after, before, chance, difference, interval, percent
from fengong.planning.whatif.results import Outlook, Row, Told

_LARGE = 2.0  # times: beyond that a per cent says less than the numbers


def sentence(told: Told, outlook: Outlook) -> str:
    """Return one finding as a sentence."""
    if told.code == "identical":
        return _("The two divisions of labour do the same: no figure differs in any of the runs.")
    if told.code == "balance":
        return _balance(told, outlook)
    if told.row is None:
        return ""
    return _unclear(told.row, outlook.runs) if told.code == "unclear" else change(told.row, outlook)


def change(row: Row, outlook: Outlook) -> str:
    """Return what changes for one subject in one figure."""
    if row.figure in ("effort", "spread"):
        return _of_people(row)
    facts = {
        "who": words.tickets_of(row, outlook.scenario.groups),
        "by": percent(row.relative) if abs(row.relative) < _LARGE else difference(row, sign=False),
        "before": before(row),
        "after": after(row),
        "interval": interval(row),
    }
    return _of_tickets(row.figure, row.change > 0) % facts


def _of_tickets(figure: str, more: bool) -> str:
    less_and_more = {
        "wait": (
            _("%(who)s wait %(by)s less until work begins: %(after)s instead of %(before)s (%(interval)s)."),
            _("%(who)s wait %(by)s longer until work begins: %(after)s instead of %(before)s (%(interval)s)."),
        ),
        "resolution": (
            _("%(who)s are solved in %(by)s less time: %(after)s instead of %(before)s (%(interval)s)."),
            _("%(who)s take %(by)s longer to solve: %(after)s instead of %(before)s (%(interval)s)."),
        ),
        "answered": (
            _("%(who)s are begun in time less often: %(after)s instead of %(before)s (%(interval)s)."),
            _("%(who)s are begun in time more often: %(after)s instead of %(before)s (%(interval)s)."),
        ),
        "kept": (
            _("%(who)s are solved in time less often: %(after)s instead of %(before)s (%(interval)s)."),
            _("%(who)s are solved in time more often: %(after)s instead of %(before)s (%(interval)s)."),
        ),
        "right_first": (
            _("%(who)s go to the right tier first less often: %(after)s instead of %(before)s (%(interval)s)."),
            _("%(who)s go to the right tier first more often: %(after)s instead of %(before)s (%(interval)s)."),
        ),
        "handovers": (
            _("%(who)s change hands %(by)s less: %(after)s times instead of %(before)s (%(interval)s)."),
            _("%(who)s change hands %(by)s more: %(after)s times instead of %(before)s (%(interval)s)."),
        ),
    }  # fmt: skip
    return less_and_more[figure][more]


def _of_people(row: Row) -> str:
    facts = {
        "who": words.whose(row, ""),
        "before": before(row),
        "after": after(row),
        "change": difference(row),
        "interval": interval(row, unit=False),
    }
    more = row.change > 0
    if row.figure == "spread":
        less_even = _(
            "Work is spread less evenly over the members: Gini %(after)s instead of %(before)s (%(interval)s)."
        )
        more_even = _(
            "Work is spread more evenly over the members: Gini %(after)s instead of %(before)s (%(interval)s)."
        )
        return (less_even if more else more_even) % facts
    if row.kind == "all":
        rises = _("All together work more for the same tickets: %(change)s (%(interval)s), now %(after)s.")
        falls = _("All together work less for the same tickets: %(change)s (%(interval)s), now %(after)s.")
        return (rises if more else falls) % facts
    if row.kind == "tier":
        pays = _("%(who)s pays: %(change)s each (%(interval)s), now %(after)s.")
        gains = _("%(who)s gains: %(change)s each (%(interval)s), now %(after)s.")
        return (pays if more else gains) % facts
    pays = _("%(who)s pays: %(change)s (%(interval)s), now %(after)s.")
    gains = _("%(who)s gains: %(change)s (%(interval)s), now %(after)s.")
    return (pays if more else gains) % facts


def _balance(told: Told, outlook: Outlook) -> str:
    facts = {
        "count": told.count,
        "gains": told.gains,
        "pays": told.pays,
        "rest": told.count - told.gains - told.pays,
        "groups": words.groups(outlook.scenario.groups),
    }
    told_of = _("Of %(count)s %(groups)s %(gains)s are solved sooner and %(pays)s later.")
    if told.kind == "member":
        told_of = _("Of %(count)s members %(gains)s work less and %(pays)s work more.")
    elif told.figure == "wait":
        told_of = _("Of %(count)s %(groups)s %(gains)s wait less and %(pays)s wait longer.")
    if told.count > told.gains + told.pays:
        told_of += _(" For the other %(rest)s no difference can be seen.")
    return told_of % facts


def _unclear(row: Row, runs: int) -> str:
    facts = {
        "figure": words.figure(row.figure),
        "interval": interval(row),
        "before": before(row),
        "p": chance(row.p),
        "runs": f"{row.runs:,.0f}" if isfinite(row.runs) else "",
    }
    if not row.change and row.low == row.high:
        return _("%(figure)s: the same in every run, %(before)s.") % facts
    if row.low * row.high > 0:
        return (
            _("%(figure)s: perhaps %(interval)s; certain on its own, but not among all figures (p = %(p)s).")
            % facts
        )
    if row.runs == inf:
        return _("%(figure)s: no difference can be seen (%(interval)s).") % facts
    if row.runs <= runs:
        return (
            _(
                "%(figure)s: no difference can be seen (%(interval)s); one of 5 %% would have shown in these runs."
            )
            % facts
        )
    return (
        _(
            "%(figure)s: no difference can be seen (%(interval)s); to see one of 5 %%, about %(runs)s runs are needed."
        )
        % facts
    )
