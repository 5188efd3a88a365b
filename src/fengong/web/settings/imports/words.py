"""What columns can mean, and what is counted, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MEANINGS = {
    "id": pgettext_lazy("column", "Number"),
    "subject": _("Subject"),
    "body": pgettext_lazy("column", "Message"),
    "customer_email": _("Customer’s e-mail"),
    "customer_name": _("Customer’s name"),
    "customer_phone": _("Customer’s phone"),
    "organization": _("Organisation"),
    "status": _("Status"),
    "priority": _("Priority"),
    "topic": _("Topic"),
    "tags": _("Tags"),
    "owner_email": _("Owner’s e-mail"),
    "channel": _("Channel"),
    "opened_at": _("Opened"),
    "resolved_at": _("Resolved"),
    "language": _("Language"),
    "author": _("Author of the message"),
    "note": _("Internal note, yes or no"),
}
COUNTED = (
    ("new", pgettext_lazy("import", "New tickets")),
    ("changed", pgettext_lazy("import", "Changed since last time")),
    ("same", pgettext_lazy("import", "Here already, unchanged")),
    ("people", pgettext_lazy("import", "New contacts")),
    ("files", pgettext_lazy("import", "Files named, not in the export")),
)
WORDS = {"status": _("Status"), "priority": _("Priority")}
