"""Files on tickets."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from fengong.api.fields import Shown


class Attachment(Shown):
    """A file on a ticket. Its content is at `/attachments/{id}/content` once it is clean."""

    id: int
    ticket_id: int
    message_id: int | None = Field(description="Null for a file that came with no message.")
    name: str
    content_type: str = Field(description="Found by looking into the file.")
    size: int
    sha256: str
    state: Literal["waiting", "clean", "refused"]
    refusal: str = Field(description="Why it is not served, for a refused one.")
    by: str = Field(description="`member:3`, `customer:9` or `system:mail`.")
    at: datetime
