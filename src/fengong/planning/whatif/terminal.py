"""Shows a comparison on a terminal: what was compared, the findings, the figures, who gains and who pays."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fengong.planning.whatif import numbers, outline, words
from fengong.planning.whatif.results import Outlook, Row, Told
from fengong.planning.whatif.sentences import sentence
from fengong.planning.whatif.trust import trust_lines

TOLD = 16  # findings shown; the tables hold the rest
_ROWS = 12  # of each table of those who gain or pay
_STYLES = {1: "green", -1: "red", 0: ""}
_MARKS = {1: "▲", -1: "▼", 0: ""}


def show(console: Console, outlook: Outlook) -> None:
    """Print everything in the language that is active."""
    console.print(Text(f"{outlook.source.name}: {outline.over_line(outlook)}", style="bold"))
    _lines(console, _("Before"), outline.side_lines(outlook.scenario.before))
    _lines(console, _("After"), outline.side_lines(outlook.scenario.after))
    _lines(console, _("Findings"), finding_lines(outlook))
    if unclear_lines(outlook):
        _lines(console, _("What cannot be seen"), unclear_lines(outlook))
    if not outlook.identical:
        console.print(_table(_("All figures"), outlook.of("all"), outlook, named=False))
        console.print()
        _standing(console, _("Who gains"), outlook, 1)
        _standing(console, _("Who pays"), outlook, -1)
        console.print(Text(legend(), style="dim"))
    _lines(console, _("What this rests on"), trust_lines(outlook))
    console.print(Text(_("%(seconds)s s in all") % {"seconds": f"{outlook.seconds:.1f}"}, style="dim"))


def legend() -> str:
    """Return what the marks and columns mean."""
    return _("▲ gains, ▼ pays, for certain. Difference with its 95 % interval; p after Holm.")


def certain(outlook: Outlook) -> list[Told]:
    """Return the findings that are certain, the most important first."""
    return [told for told in outlook.told if told.code != "unclear"]


def finding_lines(outlook: Outlook) -> list[str]:
    """Return what is certain as sentences; beyond the first ones, how many more there are."""
    found = certain(outlook)
    lines = [sentence(told, outlook) for told in found[:TOLD]]
    if len(found) > TOLD:
        lines.append(_("… and %(count)s more, in the tables.") % {"count": len(found) - TOLD})
    return lines or [_("Nothing differs for certain.")]


def unclear_lines(outlook: Outlook) -> list[str]:
    """Return in what no difference can be seen, as sentences."""
    return [sentence(told, outlook) for told in outlook.told if told.code == "unclear"]


def stand(outlook: Outlook, standing: int) -> list[Row]:
    """Return who gains (1) or pays (-1) for certain: groups, tiers and members, the largest change first.

    What members do is told by their effort; busy time says the same again.
    """
    found = [row for row in outlook.rows if row.standing == standing and row.kind != "all"]
    found = [row for row in found if row.figure != "busy"]
    return sorted(found, key=lambda row: (("group", "tier", "member").index(row.kind), -abs(row.relative)))


def _standing(console: Console, title: str, outlook: Outlook, standing: int) -> None:
    rows = stand(outlook, standing)
    if not rows:
        nobody = _("nobody for certain")
        console.print(Text(f"{title}: {nobody}\n"))
        return
    shown = [
        row for kind in ("group", "tier", "member") for row in [r for r in rows if r.kind == kind][:_ROWS]
    ]
    console.print(_table(title, shown, outlook, named=True))
    if len(rows) > len(shown):
        more = _("… and %(count)s more in the report.") % {"count": len(rows) - len(shown)}
        console.print(Text(more, style="dim"))
    console.print()


def _table(title: str, rows: list[Row], outlook: Outlook, *, named: bool) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, header_style="bold",
        pad_edge=False, padding=(0, 2, 0, 0),
    )  # fmt: skip
    if named:
        table.add_column(_("Who"), overflow="fold", max_width=34)
    table.add_column(_("Figure"), overflow="fold", max_width=34)
    for heading in (_("Before"), _("After"), _("Difference"), _("95 % interval"), "p"):
        table.add_column(heading, justify="right")
    for row in rows:
        cells: list[str | Text] = [
            words.figure(row.figure),
            numbers.before(row),
            numbers.after(row),
            Text(
                f"{numbers.difference(row)} {_MARKS[row.standing]}",
                style=_STYLES[row.standing],
            ),
            numbers.interval(row, unit=False),
            numbers.chance(row.p),
        ]
        who = words.whose(row, outlook.scenario.groups)
        table.add_row(*([who, *cells] if named else cells))
    return table


def _lines(console: Console, heading: str, lines: list[str]) -> None:
    console.print()
    console.print(Text(heading, style="bold"))
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print()
