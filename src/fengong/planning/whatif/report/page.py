"""Writes the report."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from string import Template

from django.utils.translation import gettext as _

from fengong.planning.replay.problems import Problem
from fengong.planning.replay.report import page as replay_page
from fengong.planning.replay.report.tables import two
from fengong.planning.whatif import outline, terminal
from fengong.planning.whatif.report import tables
from fengong.planning.whatif.report.tables import say
from fengong.planning.whatif.results import Outlook
from fengong.planning.whatif.trust import trust_lines
from fengong.planning.whatif.words import both

_HERE = Path(__file__).parent
_STYLE = Path(replay_page.__file__).with_name("page.css")  # both reports look alike
_TILES = ("wait", "resolution", "kept", "effort")
_MARKED = {1: " class=gain", -1: " class=pay", 0: ""}
_OF_GROUPS = ("wait", "resolution", "kept", "handovers")
_OF_TIERS = ("wait", "resolution", "kept", "right_first", "handovers", "effort")


def check_target(path: Path) -> None:
    """Refuse a place where no file can be written, before the long part. Raises `Problem`."""
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        reason = os.strerror(21 if path.is_dir() else 13 if path.parent.exists() else 2)
        raise Problem("unreadable", path=path, reason=reason)


def write(path: Path, outlook: Outlook, language: str) -> None:
    """Write the report beside its place and put it there at once. Raises `Problem` when that cannot be done."""
    text = page(outlook, language)
    made: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            made = Path(file.name)
            file.write(text)
        made.chmod(0o644)
        made.replace(path)
    except OSError as error:
        if made is not None:
            made.unlink(missing_ok=True)
        raise Problem("unreadable", path=path, reason=error.strerror or error) from error


def page(outlook: Outlook, language: str) -> str:
    """Return the whole page, opening in this language."""
    everything = {row.figure: row for row in outlook.of("all")}
    short = "zh" if language.startswith("zh") else "en"
    parts = {
        "lang": short,
        "title": escape(outlook.source.name),
        "css": _file(_STYLE) + _file(_HERE / "page.css"),
        "script": _file(_HERE / "page.js"),
        "heading": say(lambda: _("What if")) + " · " + escape(outlook.source.name),
        "over": say(lambda: outline.over_line(outlook)),
        "language": two("中文", "English"),
        "theme": say(lambda: _("Light / dark")),
        "tiles": "".join(tables.tile(everything[figure]) for figure in _TILES),
        "before": _lines(lambda: outline.side_lines(outlook.scenario.before)),
        "after": _lines(lambda: outline.side_lines(outlook.scenario.after)),
        "findings": _findings(outlook),
        "unclear": _unclear(outlook),
        "trust": _lines(lambda: trust_lines(outlook)),
        "legend": say(terminal.legend),
    }
    return Template(_file(_HERE / "page.html")).substitute(parts | _titles() | _tables(outlook))


def _titles() -> dict[str, str]:
    return {
        "before_title": say(lambda: _("Before")),
        "after_title": say(lambda: _("After")),
        "findings_title": say(lambda: _("Findings")),
        "figures_title": say(lambda: _("All figures")),
        "gains_title": say(lambda: _("Who gains")),
        "pays_title": say(lambda: _("Who pays")),
        "groups_title": say(lambda: _("Customer groups")),
        "tiers_title": say(lambda: _("Tiers")),
        "tiers_note": say(
            lambda: _(
                "Times and promises are those of the tickets that need the tier; effort is that of each member."
            )
        ),
        "members_title": say(lambda: _("Members")),
        "trust_title": say(lambda: _("What this rests on")),
    }


def _tables(outlook: Outlook) -> dict[str, str]:
    nobody = say(lambda: _("nobody for certain"))
    gains, pays = (terminal.stand(outlook, standing) for standing in (1, -1))
    return {
        "figures": tables.figures(outlook.of("all")),
        "gains": tables.standing(gains, outlook) if gains else f"<p>{nobody}</p>",
        "pays": tables.standing(pays, outlook) if pays else f"<p>{nobody}</p>",
        "groups": tables.matrix(outlook, "group", _OF_GROUPS),
        "tiers": tables.matrix(outlook, "tier", _OF_TIERS),
        "members": tables.members(outlook),
    }


def _findings(outlook: Outlook) -> str:
    """Return the findings, marked where somebody gains or pays."""
    marks = [_MARKED[told.row.standing] if told.row else "" for told in terminal.certain(outlook)]
    lines = list(zip(*both(lambda: terminal.finding_lines(outlook)), strict=True))
    marks = [*marks[: terminal.TOLD], ""][: len(lines)]
    return "".join(f"<li{mark}>{two(*line)}</li>" for line, mark in zip(lines, marks, strict=True))


def _unclear(outlook: Outlook) -> str:
    title = say(lambda: _("What cannot be seen"))
    lines = _lines(lambda: terminal.unclear_lines(outlook))
    return f"<section><h2>{title}</h2><ul>{lines}</ul></section>" if lines else ""


def _lines(tell: Callable[[], list[str]]) -> str:
    return "".join(f"<li>{two(*line)}</li>" for line in zip(*both(tell), strict=True))


def _file(path: Path) -> str:
    return path.read_text(encoding="utf-8")
