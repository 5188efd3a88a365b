"""What is done about a bounce: the delivery, the address and the ticket learn of it."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from fengong.desk.actions.correspondence import file_note
from fengong.desk.models import Message, Ticket
from fengong.integrations.mail import queries
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.events import MailBounced
from fengong.integrations.mail.models import BouncingAddress, Delivery, RawMail
from fengong.integrations.mail.reading.letter import Letter, Report
from fengong.kernel.spine import record


def take_report(row: RawMail, letter: Letter, at: datetime) -> tuple[Ticket | None, Message | None]:
    """Find the mail that came back and say so where it was written; nothing when it was none of ours."""
    report = letter.report
    delivery = _delivery(report, at) if report else None
    if report is None or delivery is None:
        return None, None
    address = report.recipient or next(iter(delivery.to), "")
    if report.action == "delayed":
        Delivery.objects.filter(pk=delivery.pk).update(bounce_text=_delay(report, address, row))
        return delivery.ticket, None
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.BOUNCED, bounce_text=_why(report), next_try_at=None
    )
    if address and not report.status.startswith("4"):
        BouncingAddress.objects.update_or_create(
            address=address, defaults={"since": at, "text": _why(report)}
        )
    message = tell(delivery, address, _why(report), at=at, external_id=f"mail:{row.key}", bounced=True)
    record(MailBounced(ticket=delivery.ticket_id, delivery=delivery.pk, address=address), actor=MAIL, at=at)
    return delivery.ticket, message


def tell(
    delivery: Delivery, address: str, why: str, *, at: datetime, external_id: str, bounced: bool
) -> Message:
    """A note in the ticket that a mail did not arrive, and a fact on the spine."""
    with translation.override(delivery.mailbox.language):
        came_back = _("The mail to %(address)s came back: %(why)s")
        sentence = came_back if bounced else _("The mail to %(address)s could not be sent: %(why)s")
        body = sentence % {"address": address or "?", "why": why or _("no reason given")}
        name = _("Mail delivery")
    return file_note(
        actor=MAIL,
        ticket=delivery.ticket,
        body=body,
        author_name=name,
        channel=Ticket.Channel.MAIL,
        external_id=external_id,
        at=at,
    )


def _delivery(report: Report, at: datetime) -> Delivery | None:
    if report.original_id:
        return queries.delivery_by_id(report.original_id)
    return queries.latest_delivery_to(report.recipient, at) if report.recipient else None


def _why(report: Report) -> str:
    return " ".join(f"{report.status} {report.text}".split())[:500]


def _delay(report: Report, address: str, row: RawMail) -> str:
    with translation.override(row.mailbox.language):
        said = _("Not yet delivered to %(address)s; their server keeps trying.") % {"address": address}
    return f"{said} {_why(report)}".strip()[:500]
