"""One open ticket as its page shows it: conversation, promises, why its owner has it, the customer, what happened."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from fengong.desk import policies
from fengong.desk import queries as desk
from fengong.dispatch import queries as dispatch
from fengong.integrations.widget import queries as widgets
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.web import explain, feed
from fengong.web.promises import next_promise
from fengong.web.tickets.rights import Rights
from fengong.web.tickets.snoozing import Snoozing
from fengong.web.tickets.talk import Talk

ENDINGS = (
    ("no_answer", pgettext_lazy("ticket reason", "The customer did not answer")),
    ("not_ours", pgettext_lazy("ticket reason", "Not for this desk")),
    ("spam", pgettext_lazy("ticket reason", "Spam")),
)
"""How a ticket may end that was not solved."""
KINDS = ("reply", "note", "escalate")


class Opened:
    """A ticket before the eyes of a member. `form` is what they typed and could not be done."""

    endings = ENDINGS

    def __init__(self, pk: int, member: Any, *, form: Any = None, heard: int | None = None) -> None:
        ticket = desk.ticket(pk)
        if ticket is None or not policies.may_read(member, ticket):
            raise Missing(_("This ticket does not exist."))
        self.ticket, self.member, self.form = ticket, member, form
        self.now, self.heard = now(), heard

    @cached_property
    def talk(self) -> Talk:
        return Talk(self.ticket, self.member, self.now)

    @cached_property
    def told(self) -> list[feed.Told]:
        """Everything that happened, oldest first."""
        known = (self.ticket.owner, self.member, self.ticket.customer)
        return feed.tell(self.talk.events, known=known)

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What happened after the writer of a stopped answer had looked."""
        return [] if self.heard is None else self.talk.changes(self.heard)

    @cached_property
    def thread(self) -> list[dict[str, Any]]:
        """Messages, hand-overs upwards and turns of ownership, by time."""
        return self.talk.turns(self.told)

    @property
    def customer_writes(self) -> bool:
        """Whether the customer is writing in a chat just now."""
        return self.ticket.channel == "chat" and widgets.is_typing(self.ticket.pk, at=self.now)

    @cached_property
    def why(self) -> explain.Explanation | None:
        found = dispatch.why(self.ticket) if self.ticket.owner_id else None
        return explain.explain(found) if found else None

    @property
    def waiting(self) -> str:
        return (
            explain.waiting_reason(dispatch.wait_of(self.ticket)) if self.ticket.status == "waiting" else ""
        )

    @cached_property
    def offer(self) -> Any:
        """What the member before the page has to answer: this ticket is theirs on trial."""
        ticket = self.ticket
        mine = ticket.owner_id == self.member.pk and ticket.status == ticket.Status.OPEN
        said, given = ticket.last_member_at, ticket.assigned_at
        begun = said is not None and given is not None and said >= given
        return dispatch.offer_of(ticket) if mine and not begun else None

    @property
    def promise(self) -> Any:
        return next_promise(self.ticket, self.now)

    @property
    def kind(self) -> str:
        """The tab of the composer to show."""
        if self.form is not None and self.form.kind in KINDS:
            return str(self.form.kind)
        return next((kind for kind in KINDS if kind in self.talk.drafts), "reply")

    @cached_property
    def snooze(self) -> Snoozing:
        """Times until which it could rest."""
        return Snoozing(self.now)

    @property
    def may(self) -> Rights:
        return Rights(self.member, self.ticket)
