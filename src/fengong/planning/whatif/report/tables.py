"""The tables of the report. Everything a reader sees stands in both languages, one of them hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import inf, isfinite

from django.utils.translation import gettext as _

from fengong.planning.replay.report.tables import two
from fengong.planning.whatif import numbers, words
from fengong.planning.whatif.report.strip import scale_of, strip
from fengong.planning.whatif.results import Outlook, Row
from fengong.planning.whatif.words import both

ARROWS = {1: ' <span class="up">▲</span>', -1: ' <span class="down">▼</span>', 0: ""}
_SHOWN = 12  # rows of a long table before the rest is folded away
_MOST_MEMBERS = 300


def say(phrase: Callable[[], str]) -> str:
    """Return a phrase in both languages, as HTML."""
    return two(*both(phrase))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; the first column names the row."""

    def cell(tag: str, i: int, content: str) -> str:
        return f"<{tag}{' scope=col' if tag == 'th' and i else ''}>{content}</{tag}>"

    head = "".join(cell("th", i, content) for i, content in enumerate(heads))
    body = "".join(
        "<tr>" + "".join(cell("td" if i else "th", 0, content) for i, content in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def folded(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose rows after the first ones are folded away."""
    if len(rows) <= _SHOWN:
        return table(heads, rows)
    more = say(lambda: _("%(count)s more") % {"count": len(rows) - _SHOWN})
    rest = table(heads, rows[_SHOWN:])
    return f"{table(heads, rows[:_SHOWN])}<details><summary>{more}</summary>{rest}</details>"


def tile(row: Row) -> str:
    """Return one large figure: what it would be, what it is, and the difference."""
    before = say(lambda: _("before: %(before)s") % {"before": numbers.before(row)})
    return (
        f'<div class="tile"><h3>{_figure(row)}</h3><strong>{_after(row)}{ARROWS[row.standing]}</strong>'
        f"<p>{before}<br>{_difference(row)} <small>({_interval(row)})</small></p></div>"
    )


def figures(rows: Sequence[Row]) -> str:
    """Return every figure of everything; pictures are drawn in shares of what was before."""
    sizes = [abs(row.before) or 1.0 for row in rows]
    most = max((scale_of([row]) / size for row, size in zip(rows, sizes, strict=True)), default=0.0)
    heads = [say(lambda: _("Figure")), *_heads()]
    cells = [[_figure(row), *_cells(row, most * size)] for row, size in zip(rows, sizes, strict=True)]
    return table(heads, cells)


def standing(rows: Sequence[Row], outlook: Outlook) -> str:
    """Return who gains or pays; pictures of one figure have one scale."""
    scales = {
        figure: scale_of(row for row in rows if row.figure == figure) for figure in {r.figure for r in rows}
    }
    cells = [
        [_below(_who(row, outlook), _figure(row)), *_cells(row, scales[row.figure])] for row in _fairly(rows)
    ]
    return folded([say(lambda: _("Who")), *_heads()], cells)


def _fairly(rows: Sequence[Row]) -> list[Row]:
    """Put as many of each kind before the fold, so that many groups do not hide every member."""
    kinds = [[row for row in rows if row.kind == kind] for kind in ("group", "tier", "member")]
    first = [row for kind in kinds for row in kind[: _SHOWN // 3]]
    return first + [row for kind in kinds for row in kind[_SHOWN // 3 :]]


def matrix(outlook: Outlook, kind: str, names: Sequence[str]) -> str:
    """Return every subject of a kind with some figures, before → after, those of most tickets first."""
    columns = [outlook.of(kind, figure) for figure in names]
    order = sorted(range(len(columns[0])), key=lambda i: -columns[0][i].reach)
    heads = [say(lambda: _("Who")), *(say(partial(words.figure, figure)) for figure in names)]
    rows = [
        [_who(columns[0][i], outlook), *(_from_to(column[i]) for column in columns)]
        for i in order
        if any(isfinite(value) for column in columns for value in (column[i].before, column[i].after))
    ]
    return folded(heads, rows)


def members(outlook: Outlook) -> str:
    """Return what every member works before and after, the largest differences first."""
    effort, busy = outlook.of("member", "effort"), outlook.of("member", "busy")
    scale = scale_of(effort)
    order = sorted(range(len(effort)), key=lambda i: _by_size(effort[i]))
    heads = [say(lambda: _("Member")), *_heads(), say(lambda: words.figure("busy"))]
    shown = order[:_MOST_MEMBERS]
    rows = [[_who(effort[i], outlook), *_cells(effort[i], scale), _from_to(busy[i])] for i in shown]
    if len(order) == len(shown):
        return folded(heads, rows)
    rest = say(
        lambda: _("%(count)s members change less than these.") % {"count": f"{len(order) - len(shown):,}"}
    )
    return f"{folded(heads, rows)}<p class=muted>{rest}</p>"


def _by_size(row: Row) -> float:
    return -abs(row.change) if isfinite(row.change) else -inf  # who joins or leaves comes first


def _heads() -> list[str]:
    before, after = say(lambda: _("Before")), say(lambda: _("After"))
    return [say(lambda: _("Difference")), "", f"{before} → {after}", "p"]


def _cells(row: Row, scale: float) -> list[str]:
    return [
        _below(f"{_difference(row)}{ARROWS[row.standing]}", _interval(row)),
        strip(row, scale),
        f"{_before(row)} → {_after(row)}",
        f"<small>{two(*[numbers.chance(row.p)] * 2)}</small>",
    ]


def _below(content: str, small: str) -> str:
    return f"{content}<br><small>{small}</small>"


def _from_to(row: Row) -> str:
    return f"{_before(row)} → {_after(row)}{ARROWS[row.standing]}"


def _who(row: Row, outlook: Outlook) -> str:
    return say(lambda: words.whose(row, outlook.scenario.groups))


def _figure(row: Row) -> str:
    return say(lambda: words.figure(row.figure))


def _before(row: Row) -> str:
    return say(lambda: numbers.before(row))


def _after(row: Row) -> str:
    return say(lambda: numbers.after(row))


def _difference(row: Row) -> str:
    return say(lambda: numbers.difference(row))


def _interval(row: Row) -> str:
    return say(lambda: numbers.interval(row, unit=False))
