"""Naming colleagues in a note: `@李娜`, `@North` or `@北区组` for all of a team."""

from __future__ import annotations

from datetime import datetime

from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.events import MemberMentioned
from fengong.desk.models import Mention, Message, Watcher
from fengong.desk.reading.mentions import named_in
from fengong.kernel.actor import Actor
from fengong.kernel.spine import record_all


def mention_named(*, actor: Actor, message: Message, at: datetime) -> list[Mention]:
    """Tell those whom a note names, themselves or by their team, and let them follow its ticket.

    A step of the verbs that write notes. Who writes is not told of their own words.
    """
    named = {member.pk: (member, team) for member, team in named_in(message.body)}
    named.pop(message.member_id or 0, None)
    found = [
        Mention(message=message, ticket_id=message.ticket_id, member=member, team=team, at=at)
        for member, team in named.values()
        if member.may("ticket.read")
    ]
    if not found:
        return []
    Mention.objects.bulk_create(found)
    for mention in found:
        watch_ticket(
            actor=actor,
            ticket=message.ticket,
            member=mention.member,
            at=at,
            reason=Watcher.Reason.MENTIONED,
        )
    facts = [
        MemberMentioned(ticket=message.ticket_id, member=mention.member_id, message=message.pk)
        for mention in found
    ]
    record_all([(fact, actor) for fact in facts], at=at)
    return found
