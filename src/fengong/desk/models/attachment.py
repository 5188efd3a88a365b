"""A file on a ticket."""

from __future__ import annotations

from urllib.parse import quote

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models.message import Message
from fengong.desk.models.ticket import Ticket

IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif")
INLINE = (*IMAGES, "application/pdf", "text/plain")


class Attachment(models.Model):
    """A file somebody attached. Its content is kept by digest in `kernel.store` and served only when it is clean.

    Without a message it lies on the ticket itself, or waits in somebody's composer. `content_type` was found by
    looking into the file; `content_id` is the name under which a mail's text shows it inline.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("attachment state", "Being checked")
        CLEAN = "clean", pgettext_lazy("attachment state", "Checked")
        REFUSED = "refused", pgettext_lazy("attachment state", "Refused")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_id = models.CharField(max_length=255, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    refusal = models.CharField(max_length=300, default="", blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=["id"], condition=Q(state="waiting"), name="attachment_unchecked"),
            models.Index(fields=["sha256"], name="attachment_content"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where it is served; the name is there for people who save it."""
        return f"/files/{self.pk}/{quote(self.name, safe='')}"

    @property
    def is_inline(self) -> bool:
        """Whether a browser may show it by itself; everything else is saved to disk."""
        return self.content_type.partition(";")[0] in INLINE

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture in a conversation."""
        return self.state == self.State.CLEAN and self.content_type in IMAGES
