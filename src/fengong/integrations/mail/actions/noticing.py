"""Taking along what customers are told by mail besides answers: links to sign in with, questions how it went."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from fengong.customers import queries as customers
from fengong.customers.actions.notices import mark_sent, put_off
from fengong.customers.models import OutgoingNotice
from fengong.desk.reading import satisfaction
from fengong.integrations.mail import queries, vault
from fengong.integrations.mail.actions.sending import smtp_server
from fengong.integrations.mail.models import Mailbox
from fengong.integrations.mail.wire.server import Unreachable
from fengong.integrations.mail.wire.smtp import Line, Refusal
from fengong.integrations.mail.writing.compose import Outgoing, compose
from fengong.kernel.actor import Actor
from fengong.people.policies import require

AT_ONCE = 50
PAUSE = timedelta(minutes=1)


def send_notices(*, actor: Actor, at: datetime) -> int:
    """Send the notices that wait, from the first mailbox that sends; without one they wait until they expire.

    A notice counts as sent once the server has taken it or refused it for good. One that goes twice, because a worker
    died in between, bears the same Message-ID and says the same.
    """
    require(actor, "ticket.work")
    mailbox = queries.first_that_sends()
    waiting = list(customers.waiting_notices(at=at, limit=AT_ONCE)) if mailbox else []
    if mailbox is None or not waiting:
        return 0
    try:
        with Line(smtp_server(mailbox)) as line:
            return sum(_send(line, mailbox, notice, actor, at) for notice in waiting)
    except Unreachable:
        for notice in waiting:
            put_off(actor=actor, notice=notice, until=at + PAUSE, at=at)
        return 0


def _send(line: Line, mailbox: Mailbox, notice: OutgoingNotice, actor: Actor, at: datetime) -> bool:
    told = _told(notice)
    if told is None:
        mark_sent(actor=actor, notice=notice, at=at)
        return False
    subject, body = told
    address = str(notice.contact.email)
    outgoing = Outgoing(
        message_id=f"<notice-{notice.pk}.{notice.contact_id}@{mailbox.host}>",
        sender=(mailbox.name, mailbox.address),
        to=[address],
        subject=subject,
        body=body,
        signature=mailbox.in_language("signature", notice.contact.language),
        at=at,
        desk_mark=vault.mark("desk", "", 16),
        automatic=True,
    )
    try:
        line.send(compose(outgoing), sender=mailbox.address, recipients=[address])
    except Refusal as refusal:
        if not refusal.permanent:
            put_off(actor=actor, notice=notice, until=at + PAUSE, at=at)
            return False
    return mark_sent(actor=actor, notice=notice, at=at)


def _told(notice: OutgoingNotice) -> tuple[str, str] | None:
    """Subject and words in the contact's language; None when there is nothing left to say."""
    with translation.override(notice.contact.language):
        if notice.kind == OutgoingNotice.Kind.SIGN_IN:
            return _link(notice)
        return _question(notice)


def _link(notice: OutgoingNotice) -> tuple[str, str]:
    address = customers.sign_in_address(str(notice.payload.get("secret")))
    parts = (
        _("Here is the link to your tickets. It is good for 30 minutes and can be used once:"),
        address,
        _("If you did not ask for it, you need not do anything."),
    )
    return _("Your sign-in link"), "\n\n".join(parts)


def _question(notice: OutgoingNotice) -> tuple[str, str] | None:
    rating = satisfaction.rating(notice.payload.get("rating") or 0)
    if rating is None or rating.answered_at is not None:
        return None
    survey, address = rating.survey, satisfaction.address_of(rating)
    scores = [f"{score} – {address}?score={score}" for score in range(survey.highest, survey.lowest - 1, -1)]
    about = f"{rating.ticket.subject} (#{rating.ticket.pk})" if rating.ticket else ""
    ask = _("One press is enough; %(lowest)s is the worst, %(highest)s the best:") % {
        "lowest": survey.lowest,
        "highest": survey.highest,
    }
    parts = [part for part in (about, survey.question, ask, "\n".join(scores)) if part]
    return _("How was it?"), "\n\n".join(parts)
