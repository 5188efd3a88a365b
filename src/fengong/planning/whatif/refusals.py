"""What is wrong with a scenario, in words, with file, line and column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.utils.translation import gettext as _

from fengong.planning.whatif.problems import BadScenario

_MOST_NAMES = 12


def refusal(problem: BadScenario) -> str:
    """Return the sentence for a scenario that cannot be run, in the language that is active."""
    facts = dict(problem.detail)
    told = _sentences()[problem.code] % facts
    if facts.get("near"):
        told = _("%(told)s Did you mean “%(near)s”?") % {"told": told, "near": facts["near"]}
    elif facts.get("known"):
        names = _listed(cast("Sequence[str]", facts["known"]))
        told = _("%(told)s There are: %(names)s.") % {"told": told, "names": names}
    path = {"path": problem.path, "told": told}
    if problem.place is None:
        return _("%(path)s: %(told)s") % path
    where = path | {"line": problem.place.line, "column": problem.place.column}
    return _("%(path)s, line %(line)s, column %(column)s: %(told)s") % where


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} …" if len(names) > _MOST_NAMES else shown


def _sentences() -> dict[str, str]:
    return _of_files() | _of_values() | _of_names()


def _of_files() -> dict[str, str]:
    return {
        "unreadable": _("the file cannot be read: %(reason)s."),
        "not-utf8": _("the file is not UTF-8 text."),
        "broken": _("this cannot be read: %(reason)s."),
        "twice": _("“%(key)s” is there twice."),
        "unknown-key": _("“%(key)s” means nothing here."),
        "missing": _("“%(what)s” is missing."),
        "one-of": _("say either “%(one)s” or “%(other)s”, not both."),
        "needs": _("“%(key)s” only goes with “%(other)s”."),
    }


def _of_values() -> dict[str, str]:
    return {
        "wants-table": _("a table is wanted here."),
        "wants-list": _("a list of tables is wanted here: [[…%(key)s]]."),
        "wants-text": _("“%(key)s” must be a text."),
        "wants-number": _("“%(key)s” must be a number, at least %(least)s."),
        "wants-between": _("“%(key)s” must be a number from %(least)s to %(most)s."),
        "wants-whole": _("“%(key)s” must be a whole number from %(least)s to %(most)s."),
        "wants-day": _("“%(key)s” must be a day such as 2026-03-09."),
        "wants-later": _("this is before the first day, %(first)s."),
        "wants-hours": _("“hours” must be like 09:00-17:30."),
        "wants-days": _("“days” must be a list of weekdays."),
    }


def _of_names() -> dict[str, str]:
    return {
        "unknown-member": _("there is no member “%(name)s” in the log."),
        "unknown-team": _("there is no team “%(name)s” in the log."),
        "unknown-topic": _("there is no topic “%(name)s” in the log."),
        "unknown-policy": _("there is no policy “%(name)s”."),
        "unknown-rule": _("there is no rule “%(name)s” that is a number."),
        "unknown-groups": _("tickets cannot be grouped by “%(name)s”."),
        "already-there": _("“%(name)s” is in the log already, so cannot join."),
        "bad-rule": _("the rules do not fit together: %(reason)s."),
        "outside": _("this lies outside the time that is simulated, %(first)s to %(last)s."),
        "too-short": _("the log has %(most)s whole weeks, not %(weeks)s."),
        "no-demand": _("with these factors there is no demand to forecast."),
        "nobody-may": _("nobody may take the %(tickets)s tickets on “%(topic)s” that come to L%(tier)s."),
        "stuck": _("this division gets stuck: %(reason)s."),
        "nobody-left": _("nobody is left on the team."),
    }
