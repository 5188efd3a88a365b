"""Why this person, in words and bars. The engine stores figures; the reader's sentences are made here."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from fengong.dispatch.reading.moves import move_behind
from fengong.web import moves, notes, words

TERMS = {
    "lateness": pgettext_lazy("term", "Risk of being late"),
    "skill_fit": pgettext_lazy("term", "Missing proficiency"),
    "over_qualification": pgettext_lazy("term", "Higher tier than needed"),
    "load_spread": pgettext_lazy("term", "Load already held"),
    "continuity": pgettext_lazy("term", "Knows the customer"),
    "growth": pgettext_lazy("term", "Room to learn"),
}
REASONS = {
    "absent": gettext_lazy("Not here now"),
    "barred": gettext_lazy("Passed this ticket on before"),
    "not_asked": gettext_lazy("Not asked yet"),
    "below_tier": gettext_lazy("Tier too low"),
    "above_reach": gettext_lazy("Kept for harder work"),
    "no_skill": gettext_lazy("Not skilled enough in the topic"),
    "shift_ending": gettext_lazy("Shift ends too soon"),
    "no_capacity": gettext_lazy("Capacity used up"),
    "no_slot": gettext_lazy("As many tickets open as allowed"),
    "not_lent": gettext_lazy("Needed by their own team"),
    "on_break": gettext_lazy("On a break"),
    "break_soon": gettext_lazy("Break about to begin"),
    "off_shift": gettext_lazy("Not on shift"),
    "on_leave": gettext_lazy("On leave"),
    "ramp_in": gettext_lazy("Just arrived; work is given little by little"),
}
STANDING = {"below_tier", "above_reach", "no_skill"}
"""Reasons that do not pass by themselves; those that do are told first."""
WAITS = {
    "nobody_eligible": gettext_lazy("Nobody can take it now"),
    "outbid": gettext_lazy("Other waiting tickets needed that capacity more"),
    "held_back": gettext_lazy("Kept for its own tier, which will be free soon"),
    "outside_policy": gettext_lazy("The routing policy does not use those who could"),
}
SCALE = 40.0
"""Points of disadvantage after which a bar has shrunk to about a third."""


@dataclass(frozen=True)
class Line:
    """One person in the comparison: bar length, and the points against the winner."""

    name: str
    tier: int | None
    won: bool
    share: int
    points: str
    reason: str


@dataclass(frozen=True)
class Group:
    """Those left out for one reason."""

    label: Any
    count: int
    people: list[tuple[str, str]]


@dataclass(frozen=True)
class Explanation:
    """The panel: who won against whom, in sentences, figures and counts."""

    kind: str
    headline: str
    sentences: list[str]
    lines: list[Line]
    columns: list[str]
    table: list[tuple[Any, list[str]]]
    groups: list[Group]
    left_out: int
    at: Any


def explain(why: Any) -> Explanation:
    """Put a decision of `dispatch.queries.why` into words."""
    choices = [why.winner, *[other for other in why.alternatives if other.member]]
    matched = why.decision.kind == "matched" or (why.decision.kind == "moved" and why.decision.eligible > 0)
    return Explanation(
        kind=why.decision.kind,
        headline=_("Why %(name)s") % {"name": why.decision.winner.display_name},
        sentences=_told(why, matched=matched),
        lines=_lines(choices) if matched else [],
        columns=[words.initials(choice.member.display_name) for choice in choices],
        table=_table(choices) if matched else [],
        groups=_groups(why.excluded),
        left_out=why.excluded_count,
        at=why.decision.at,
    )


def waiting_reason(wait: Any) -> str:
    """Why a ticket waits, with who was ruled out by count."""
    if wait is None:
        return _("Being matched now")
    counts = sorted(wait.excluded.items(), key=lambda item: (item[0] in STANDING, -item[1]))
    parts = [
        _("%(reason)s: %(count)s") % {"reason": REASONS.get(code, code), "count": n} for code, n in counts[:2]
    ]
    return " · ".join([str(WAITS.get(wait.reason, wait.reason)), *parts, *notes.of_waiting(wait.notes)])


def _told(why: Any, *, matched: bool) -> list[str]:
    """What a rule saw, where one moved it; then why this person and nobody else."""
    compared = _sentences(why) if matched else []
    if why.decision.kind == "moved":
        move = move_behind(why.decision)
        return [*([moves.sentence(move)] if move else []), *compared]
    return compared or [_by_hand(why)]


def _by_hand(why: Any) -> str:
    name = why.decision.winner.display_name
    if why.decision.kind == "taken":
        return _("%(name)s took it.") % {"name": name}
    return _("Assigned to %(name)s by hand.") % {"name": name}


def _sentences(why: Any) -> list[str]:
    decision, terms = why.decision, why.winner.terms
    found = [
        ngettext(
            "%(n)s of %(all)s members could take it.",
            "%(n)s of %(all)s members could take it.",
            decision.eligible,
        )
        % {"n": decision.eligible, "all": decision.considered}
    ]
    if terms.get("continuity", 0) < 0:
        found.append(_("Served this customer last."))
    if terms.get("skill_fit", 0) <= 0:
        found.append(_("As proficient in the topic as the difficulty asks for."))
    if terms.get("over_qualification", 0) >= 10:
        found.append(
            _("A higher tier helps out, because the ticket's own tier is pressed or the matter is urgent.")
        )
    if terms.get("growth", 0) < 0:
        found.append(_("A safe step to learn from."))
    if any(other.cost < why.winner.cost - 0.05 for other in why.alternatives):
        found.append(
            _(
                "Somebody fits this ticket better taken alone, but the best division of all waiting work is this one."
            )
        )
    found += notes.of_decision(decision.notes)
    return found


def _lines(choices: list[Any]) -> list[Line]:
    best = min(choice.cost for choice in choices)
    return [_line(choice, choices[0], best) for choice in choices]


def _line(choice: Any, winner: Any, best: float) -> Line:
    won = choice is winner
    extra = choice.cost - winner.cost
    return Line(
        name=choice.member.display_name,
        tier=choice.member.position.tier,
        won=won,
        share=round(100 * exp((best - choice.cost) / SCALE)),
        points=_("chosen") if won else f"{extra:+.1f}".replace("-", "−"),
        reason="" if won else _against(choice, winner),
    )


def _against(choice: Any, winner: Any) -> str:
    """The term that speaks most against this person compared with the winner."""
    extra = {name: choice.terms.get(name, 0) - winner.terms.get(name, 0) for name in TERMS}
    name, value = max(extra.items(), key=lambda item: item[1])
    return str(AGAINST[name]) if value > 0.05 else _("Fits as well; needed for other work")


AGAINST = {
    "lateness": pgettext_lazy("against", "Would get to it later"),
    "skill_fit": pgettext_lazy("against", "Less proficient in the topic"),
    "over_qualification": pgettext_lazy("against", "More skill or a higher tier than needed"),
    "load_spread": pgettext_lazy("against", "Holds or was given more work"),
    "continuity": pgettext_lazy("against", "Does not know the customer"),
    "growth": pgettext_lazy("against", "Would learn less from it"),
}


def _table(choices: list[Any]) -> list[tuple[Any, list[str]]]:
    rows = [(TERMS[name], [f"{choice.terms.get(name, 0):.1f}" for choice in choices]) for name in TERMS]
    return [*rows, (_("Sum"), [f"{choice.cost:.1f}" for choice in choices])]


def _groups(excluded: list[Any]) -> list[Group]:
    groups = [
        Group(
            label=REASONS.get(group.reason, group.reason),
            count=len(group.members),
            people=[
                (member.display_name, _figures(group.reason, figures)) for member, figures in group.members
            ],
        )
        for group in excluded
    ]
    return sorted(groups, key=lambda group: -group.count)


def _figures(reason: str, figures: list[Any]) -> str:
    """The figures behind one exclusion, in words; the order is that in which the engine states them."""
    if reason in ("no_capacity", "ramp_in") and len(figures) >= 2:
        return _("%(load)s of %(capacity)s min held") % {
            "load": round(figures[0]),
            "capacity": round(figures[1]),
        }
    if reason == "no_slot" and len(figures) >= 2:
        return _("%(open)s of %(most)s tickets open") % {"open": figures[0], "most": figures[1]}
    if reason == "no_skill" and len(figures) >= 2:
        return _proficiency(figures)
    if reason in ("below_tier", "above_reach") and figures:
        return f"L{figures[0]}"
    return notes.until(reason, figures) if figures else ""


def _proficiency(figures: list[Any]) -> str:
    known, need = f"{figures[0]:g}", f"{figures[1]:g}"
    if len(figures) < 3:
        return _("proficiency %(known)s, needs %(need)s") % {"known": known, "need": need}
    return _("proficiency %(known)s, needs %(need)s, at first %(first)s") % {
        "known": known,
        "need": need,
        "first": f"{figures[2]:g}",
    }
