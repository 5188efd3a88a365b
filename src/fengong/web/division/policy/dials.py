"""The dials of a policy in the order in which a lead reads them, each with what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.planning.coverage.naming import CHANNEL_NAMES
from fengong.web import words


@dataclass(frozen=True)
class Dial:
    """One setting: where it stands in the rules, its name, what it does. `kind`: points, minutes, count, level, share,
    yes, channels; minutes may be `endless`.
    """

    path: str
    label: Any
    kind: str
    help: Any = ""
    endless: bool = False

    @property
    def field(self) -> str:
        """Its name in the form."""
        return self.path.replace(".", "-")


@dataclass(frozen=True)
class Section:
    """Dials that belong together."""

    title: Any
    about: Any
    dials: tuple[Dial, ...]


SECTIONS = (
    Section(
        gettext_lazy("What counts"),
        gettext_lazy(
            "Points of disadvantage. The division of all waiting work with the fewest points wins; 0 switches a "
            "consideration off."
        ),
        (
            Dial("weights.lateness", pgettext_lazy("term", "Risk of being late"), "points"),
            Dial("weights.skill_fit", pgettext_lazy("term", "Missing proficiency"), "points"),
            Dial("weights.surplus_skill", gettext_lazy("More skill than the ticket needs"), "points"),
            Dial("weights.over_qualification", gettext_lazy("A higher tier helps out"), "points"),
            Dial(
                "weights.reserve",
                gettext_lazy("A higher tier while the ticket's own copes"),
                "points",
                gettext_lazy("Above the points of waiting, the ticket waits for its own tier."),
            ),
            Dial("weights.load_spread", pgettext_lazy("term", "Load already held"), "points"),
            Dial("weights.given", gettext_lazy("Was given most today"), "points"),
            Dial(
                "weights.continuity",
                pgettext_lazy("term", "Knows the customer"),
                "points",
                gettext_lazy("Taken off."),
            ),
            Dial(
                "weights.growth", pgettext_lazy("term", "Room to learn"), "points", gettext_lazy("Taken off.")
            ),
            Dial("weights.waiting", gettext_lazy("Leaving a ticket waiting"), "points"),
            Dial("weights.age", gettext_lazy("Each hour a ticket has waited"), "points"),
        ),
    ),
    Section(
        gettext_lazy("Tiers and skills"),
        gettext_lazy("Who may take what, and how that widens while nobody does."),
        (
            Dial("tiers.reach", gettext_lazy("Tiers above its own that may take a ticket"), "count"),
            Dial(
                "tiers.overflow",
                gettext_lazy("Waiting tickets per member from which higher tiers help"),
                "level",
            ),
            Dial("skills.need.0", gettext_lazy("Least proficiency for common work"), "level"),
            Dial("skills.need.1", gettext_lazy("Least proficiency for medium work"), "level"),
            Dial("skills.need.2", gettext_lazy("Least proficiency for hard work"), "level"),
            Dial(
                "relaxation.every",
                gettext_lazy("It falls each time a ticket has waited"),
                "minutes",
                gettext_lazy("Empty: never. A declined offer begins this anew."),
                endless=True,
            ),
            Dial("relaxation.step", gettext_lazy("By how much"), "level"),
            Dial("relaxation.floor", gettext_lazy("But not below"), "level"),
            Dial("skills.calm", gettext_lazy("Stretch work only up to this load"), "share"),
        ),
    ),
    Section(
        gettext_lazy("Shifts"),
        gettext_lazy("What the roster means for who is given work."),
        (
            Dial("shifts.guard", gettext_lazy("Kept free before a shift ends"), "minutes"),
            Dial("shifts.before_break", gettext_lazy("Kept free before a break"), "minutes"),
            Dial(
                "shifts.ramp",
                gettext_lazy("Room grows at the start of a shift for"),
                "minutes",
                gettext_lazy("So that the first to arrive do not get all that gathered in the night."),
            ),
            Dial("shifts.first", gettext_lazy("It begins with this share of the capacity"), "share"),
            Dial("shifts.on_shift_only", gettext_lazy("Who has a roster gets work on shift only"), "yes"),
        ),
    ),
    Section(
        gettext_lazy("Asking first"),
        gettext_lazy("Whom a ticket is kept for, and how long somebody has to accept."),
        (
            Dial("preferred.hold", gettext_lazy("Kept for who knows the customer, at most"), "minutes"),
            Dial(
                "offers.channels",
                gettext_lazy("Channels on which members accept or decline"),
                "channels",
                gettext_lazy("None: a ticket is given outright."),
            ),
            Dial("offers.seconds", pgettext_lazy("policy", "Seconds to accept an offer"), "count"),
            Dial("offers.apart", gettext_lazy("Who declined is not asked again for"), "minutes"),
            Dial("offers.missed", gettext_lazy("Missed offers in a row that put a member to rest"), "count"),
            Dial(
                "lending.waiting",
                gettext_lazy("A team lends its people while at most so many of its tickets wait per member"),
                "level",
                gettext_lazy("Empty: always."),
                endless=True,
            ),
        ),
    ),
)
NAMES = {
    "groups": gettext_lazy("Who is asked first"),
    "limits": gettext_lazy("Tickets open at once"),
}
"""What is not a dial."""
DIALS = {dial.path: dial for section in SECTIONS for dial in section.dials}


def value_at(rules: Mapping[str, Any], path: str) -> Any:
    """What stands at a path of the rules."""
    found: Any = rules
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list | tuple) else found[part]
    return found


def shown(path: str, value: Any) -> str:
    """A value as people read it."""
    dial = DIALS.get(path)
    if value is None:
        return _("never")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_called(one) for one in value) or _("none")
    if dial and dial.kind == "minutes":
        return words.effort(value)
    if dial and dial.kind == "share":
        return f"{value:.0%}"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _called(one: Any) -> str:
    """A group by its name, a limit by its channel and number, a channel by its own."""
    if not isinstance(one, dict):
        return str(CHANNEL_NAMES.get(one, one))
    if "most" in one:
        return f"{CHANNEL_NAMES.get(one['channel'], _('In all'))} ≤ {one['most']}"
    return str(one.get("name", one))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """What two sets of rules do not share: name, before, after."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    paths = [path for path in {**old, **new} if old.get(path) != new.get(path)]
    return [
        (
            DIALS[path].label if path in DIALS else NAMES.get(path, path),
            shown(path, old.get(path)),
            shown(path, new.get(path)),
        )
        for path in paths
    ]


def _leaves(rules: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its path; the dials' lists of numbers number by number, other lists whole."""
    if isinstance(rules, dict):
        for name, value in rules.items():
            yield from _leaves(value, f"{path}.{name}" if path else name)
    elif isinstance(rules, list) and f"{path}.0" in DIALS:
        yield from ((f"{path}.{place}", value) for place, value in enumerate(rules))
    else:
        yield path, rules
