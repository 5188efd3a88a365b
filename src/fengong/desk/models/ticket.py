"""A ticket."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengong.customers.models import Contact
from fengong.desk.models.service_policy import ServicePolicy
from fengong.desk.models.ticket_type import TicketType
from fengong.people.models import Member, Topic


class Ticket(models.Model):
    """One customer matter. Its owner holds `held` minutes of capacity for it; nobody else does.

    A ticket without a topic has not been graded yet. `tier` is the lowest tier that may take it now.

    Of its promises (`*_due`, `*_broken`), `next_due_at` is the nearest that can still be kept; `next_step_at` is when
    the sweep looks at it next, for that or for a step of a ladder. While `paused_at` is set they all stand still, and
    what is due moves on. `clock` remembers what they follow from: `turns` and `marks` (see `desk.bridge`).
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("ticket status", "Waiting for an owner")
        OPEN = "open", pgettext_lazy("ticket status", "Open")
        PENDING = "pending", pgettext_lazy("ticket status", "Waiting for the customer")
        RESOLVED = "resolved", pgettext_lazy("ticket status", "Resolved")

    class Difficulty(models.IntegerChoices):
        COMMON = 1, pgettext_lazy("difficulty", "Common")
        MEDIUM = 2, pgettext_lazy("difficulty", "Medium")
        HARD = 3, pgettext_lazy("difficulty", "Hard")

    class Priority(models.IntegerChoices):
        LOW = 1, pgettext_lazy("priority", "Low")
        NORMAL = 2, pgettext_lazy("priority", "Normal")
        HIGH = 3, pgettext_lazy("priority", "High")
        URGENT = 4, pgettext_lazy("priority", "Urgent")

    class Channel(models.TextChoices):
        WEB = "web", _("Web form")
        MAIL = "mail", _("E-mail")
        CHAT = "chat", _("Chat")
        PHONE = "phone", _("Phone")
        API = "api", _("API")

    class Reason(models.TextChoices):
        """Why a ticket rests in its state."""

        CUSTOMER = "customer", pgettext_lazy("ticket reason", "Waiting for the customer")
        THIRD_PARTY = "third_party", pgettext_lazy("ticket reason", "Waiting for somebody else")
        SNOOZED = "snoozed", pgettext_lazy("ticket reason", "Snoozed")
        SOLVED = "solved", pgettext_lazy("ticket reason", "Solved")
        NO_ANSWER = "no_answer", pgettext_lazy("ticket reason", "The customer did not answer")
        NOT_OURS = "not_ours", pgettext_lazy("ticket reason", "Not for this desk")
        SPAM = "spam", pgettext_lazy("ticket reason", "Spam")
        MERGED = "merged", pgettext_lazy("ticket reason", "Merged into another")

    subject = models.CharField(max_length=240)
    customer = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    difficulty = models.PositiveSmallIntegerField(choices=Difficulty.choices, default=Difficulty.COMMON)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    effort = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    tier = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    reason = models.CharField(max_length=20, choices=Reason.choices, default="", blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="absorbed", db_index=False
    )
    type = models.ForeignKey(TicketType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=dict, blank=True)
    tags = models.ManyToManyField("desk.Tag", through="desk.Tagging", related_name="tickets")
    owner = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    preferred = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    language = models.CharField(max_length=10, default="zh-hans")
    external_id = models.CharField(max_length=200, default="", blank=True)
    opened_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    assigned_at = models.DateTimeField(null=True, blank=True)
    first_response_due = models.DateTimeField(null=True, blank=True)
    first_responded_at = models.DateTimeField(null=True, blank=True)
    resolution_due = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    first_response_broken = models.BooleanField(default=False)
    resolution_broken = models.BooleanField(default=False)
    policy = models.ForeignKey(
        ServicePolicy, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    next_response_due = models.DateTimeField(null=True, blank=True)
    update_due = models.DateTimeField(null=True, blank=True)
    ownership_due = models.DateTimeField(null=True, blank=True)
    next_response_broken = models.BooleanField(default=False)
    update_broken = models.BooleanField(default=False)
    ownership_broken = models.BooleanField(default=False)
    unanswered_since = models.DateTimeField(null=True, blank=True)
    last_update_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    clock = models.JSONField(default=dict, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    next_step_at = models.DateTimeField(null=True, blank=True)
    last_customer_at = models.DateTimeField(null=True, blank=True)
    last_member_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(status="waiting", owner__isnull=True, held=0)
                | Q(status__in=("open", "pending"), owner__isnull=False)
                | Q(status="resolved", held=0),
                name="ticket_one_owner_or_waiting",
            ),
            models.CheckConstraint(
                condition=Q(difficulty__range=(1, 3), tier__range=(1, 3), priority__range=(1, 4)),
                name="ticket_grades",
            ),
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="ticket_once"),
        )
        indexes = (
            models.Index(fields=["status", "waiting_since"], name="ticket_queue"),
            models.Index(fields=["owner", "status", "next_due_at"], name="ticket_of_owner"),
            models.Index(fields=["next_due_at"], name="ticket_next_due"),
            models.Index(
                fields=["next_step_at"], condition=Q(next_step_at__isnull=False), name="ticket_next_step"
            ),
            models.Index(fields=["customer", "-opened_at"], name="ticket_of_customer"),
            models.Index(
                fields=["customer", "-opened_at"], condition=Q(owner__isnull=False), name="ticket_last_owner"
            ),
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="ticket_parent"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="ticket_merged_into"
            ),
            models.Index(fields=["-opened_at", "-id"], name="ticket_newest"),
            models.Index(fields=["owner", "-opened_at", "-id"], name="ticket_owner_newest"),
            models.Index(
                fields=["resolved_at"], condition=Q(resolved_at__isnull=False), name="ticket_resolved"
            ),
            models.Index(
                fields=["snoozed_until"], condition=Q(snoozed_until__isnull=False), name="ticket_snoozed"
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def is_owned(self) -> bool:
        """Whether somebody holds capacity for it."""
        return self.status in (self.Status.OPEN, self.Status.PENDING)
