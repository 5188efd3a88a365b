"""What can be chosen in the parameters of deeds."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from fengong.automation.deeds.kinds import Option
from fengong.desk.models import Ticket
from fengong.desk.reading import fields as fields_reading
from fengong.desk.reading import templates as templates_reading
from fengong.people import queries as people

TIERS = (1, 2, 3)
NOBODY = "nobody"
ME = "me"
OWNER, LEAD, TEAM = "owner", "lead", "team"


def priorities() -> Sequence[Option]:
    """Low to urgent."""
    return tuple(Ticket.Priority.choices)


def difficulties() -> Sequence[Option]:
    """Common to hard."""
    return tuple(Ticket.Difficulty.choices)


def tiers() -> Sequence[Option]:
    """The three tiers."""
    return tuple((tier, f"L{tier}") for tier in TIERS)


def topics() -> Sequence[Option]:
    """All topics."""
    return tuple((topic.pk, topic.label) for topic in people.topics())


def teams() -> Sequence[Option]:
    """All teams."""
    return tuple((team.pk, team.label) for team in people.teams())


def members() -> Sequence[Option]:
    """Those who work here."""
    return tuple((member.pk, member.display_name) for member in people.members())


def assignees() -> Sequence[Option]:
    """Who can be given a ticket: whoever does the deed, nobody, or a member by name."""
    return ((ME, _("whoever does this")), (NOBODY, _("nobody: back to the queue")), *members())


def audience() -> Sequence[Option]:
    """Who can be told: people by their part in the ticket, or by name."""
    parts = (
        (OWNER, _("its owner")),
        (LEAD, _("the lead of its team")),
        (TEAM, _("everybody in its team")),
    )
    return (*parts, *members())


def rests() -> Sequence[Option]:
    """What a ticket can wait for."""
    reasons = (Ticket.Reason.CUSTOMER, Ticket.Reason.THIRD_PARTY)
    return tuple((reason.value, reason.label) for reason in reasons)


def outcomes() -> Sequence[Option]:
    """How a matter can end."""
    reasons = (Ticket.Reason.SOLVED, Ticket.Reason.NO_ANSWER, Ticket.Reason.NOT_OURS, Ticket.Reason.SPAM)
    return tuple((reason.value, reason.label) for reason in reasons)


def types() -> Sequence[Option]:
    """Kinds of ticket in use."""
    return tuple((known.pk, known.label) for known in fields_reading.types())


def fields() -> Sequence[Option]:
    """The desk's own fields."""
    return tuple((known.slug, known.label) for known in fields_reading.fields())


def templates() -> Sequence[Option]:
    """Templates of tickets."""
    return tuple((known.pk, known.label) for known in templates_reading.templates())
