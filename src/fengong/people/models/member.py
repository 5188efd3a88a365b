"""A member."""

from __future__ import annotations

from django.db import models

from fengong.people.models.account import Account
from fengong.people.models.position import Position
from fengong.people.models.team import Team


class Member(models.Model):
    """A person on the team, in one position. An account is how they sign in; a member may have none yet."""

    account = models.OneToOneField(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="member"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="holders")
    display_name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=80, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("sort_key", "display_name")

    def __str__(self) -> str:
        return self.display_name

    @property
    def ref(self) -> str:
        """Reference for the spine."""
        return f"member:{self.pk}"

    @property
    def short_name(self) -> str:
        """One or two characters for a badge."""
        first = self.display_name[:1]
        return (
            first
            if not first.isascii()
            else "".join(part[0] for part in self.display_name.split()[:2]).upper()
        )

    def may(self, permission: str) -> bool:
        """Whether the position grants the permission, whatever the object."""
        return self.active and permission in PERMISSIONS[self.position.role]


_EVERYBODY = frozenset({"ticket.read", "ticket.open", "ticket.work", "presence.own"})
_LEAD = _EVERYBODY | {
    "ticket.assign",
    "presence.set",
    "board.read",
    "board.assign",
    "shift.plan",
    "skill.set",
    "desk.curate",
}
"""`desk.curate` is for macros, templates, tags and shared views; `desk.configure` for promises, channels and rules."""
PERMISSIONS: dict[str, frozenset[str]] = {
    Position.Role.AGENT: _EVERYBODY | {"board.read"},
    Position.Role.LEAD: _LEAD,
    Position.Role.HR_PARTNER: frozenset({"presence.own", "member.read", "skill.set"}),
    Position.Role.COUNSELLOR: frozenset({"presence.own"}),
    Position.Role.ADMINISTRATOR: _LEAD | {"people.manage", "spine.read", "desk.configure"},
}
