"""A turn of a side conversation."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.message import Message
from fengong.desk.models.side_conversation import SideConversation


class SideMessage(models.Model):
    """Puts a message of kind `side` into its conversation."""

    conversation = models.ForeignKey(SideConversation, on_delete=models.CASCADE, related_name="turns")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="side")

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.message_id}"
