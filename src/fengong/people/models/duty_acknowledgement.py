"""An acknowledgement of a duty list."""

from __future__ import annotations

from django.db import models

from fengong.people.models.duty_list import DutyList
from fengong.people.models.member import Member


class DutyAcknowledgement(models.Model):
    """That a member has read an edition of the duties of their position."""

    duty_list = models.ForeignKey(DutyList, on_delete=models.CASCADE, related_name="acknowledgements")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["duty_list", "member"], name="duty_acknowledged_once"),
        )

    def __str__(self) -> str:
        return f"{self.duty_list_id} {self.member_id}"
