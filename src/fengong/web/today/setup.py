"""What an administrator sets up, and whether everything runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from fengong.automation import queries as automation
from fengong.desk import queries as desk
from fengong.desk.reading import fields as filed
from fengong.desk.reading import satisfaction
from fengong.integrations.mail import queries as mail
from fengong.kernel import heartbeat
from fengong.people import queries as people
from fengong.people.reading import duties
from fengong.web.settings.pages import SECTIONS

MINUTE = 60


@dataclass(frozen=True)
class Step:
    """Something to set up on a page of settings; `done` looks whether it was."""

    section: str
    label: Any
    why: Any
    done: Callable[[Any], bool]
    where: str = ""
    """Its page, if not that of the section."""

    @property
    def path(self) -> str:
        return self.where or f"/settings/{self.section}"


STEPS: tuple[Step, ...] = (
    Step(
        "topics",
        _("Name the topics of your work"),
        _("Tickets are graded to a topic, and go to those who know it."),
        lambda _member: people.topics().exists(),
    ),
    Step(
        "members",
        _("Bring people in"),
        _("Each in a team and a position; a position with a tier takes tickets."),
        lambda _member: bool(people.tiers()),
    ),
    Step(
        "members",
        _("Describe who does what"),
        _("Duty lists from a template, with what each position answers for."),
        lambda _member: duties.has_duties(),
        where="/division/positions",
    ),
    Step(
        "mailboxes",
        _("Connect a mailbox"),
        _("What customers write to it becomes tickets, and answers leave from it."),
        lambda _member: mail.mailboxes().exists(),
    ),
    Step(
        "promises",
        _("Promise times to customers"),
        _("Clocks run on every ticket from then on, and warn before a promise breaks."),
        lambda _member: desk.service_levels().exists(),
    ),
    Step(
        "types",
        _("Name the types of your matters"),
        _("Questions, faults, requests: each with its own fields."),
        lambda _member: filed.types().exists(),
    ),
    Step(
        "macros",
        _("Write the answers you give often"),
        _("One key writes them, with what goes with them."),
        lambda member: automation.macros_kept_by(member).exists(),
    ),
    Step(
        "rules",
        _("Let the desk do something by itself"),
        _("Rules are tried on past tickets before they go live."),
        lambda _member: automation.rules().exists(),
    ),
    Step(
        "satisfaction",
        _("Ask customers how it went"),
        _("After closing, by mail, portal and chat; low answers open a follow-up."),
        lambda _member: satisfaction.surveys().exists(),
    ),
)


class SetUp:
    """The administrator's part of Today."""

    def __init__(self, member: Any, at: datetime) -> None:
        self.member, self.at = member, at

    @cached_property
    def steps(self) -> list[tuple[Step, bool]]:
        """What there is a page for, what is open before what is done."""
        known = {section.name for section in SECTIONS}
        found = [(step, step.done(self.member)) for step in STEPS if step.section in known]
        return sorted(found, key=lambda pair: pair[1])

    @property
    def is_new(self) -> bool:
        """Whether nothing can be given to anybody yet."""
        return not (people.topics().exists() and people.tiers())

    @property
    def left(self) -> int:
        return sum(not done for _step, done in self.steps)

    @property
    def worker_lives(self) -> bool:
        newest = heartbeat.newest("worker")
        return newest is not None and self.at - newest.at <= heartbeat.SILENT_AFTER

    @property
    def oldest_wait(self) -> int:
        """Minutes for which the longest waiting ticket has waited."""
        return int(desk.oldest_waiting_seconds(self.at) // MINUTE)
