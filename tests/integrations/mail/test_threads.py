"""Where a mail goes on: by token, by the ids it answers, by number and writer; and who may not."""

from __future__ import annotations

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Message, Ticket
from fengong.integrations.mail import addresses, queries
from fengong.integrations.mail.models import Mailbox, Participant
from fengong.kernel.actor import SYSTEM
from fengong.kernel.letters import shown
from tests.integrations.mail.conftest import Receive
from tests.integrations.mail.corpus.case import mail
from tests.integrations.mail.corpus.shapes import CASES
from tests.world import NOW, World


def _token(ticket: Ticket) -> bytes:
    return addresses.tagged("support@desk.example", "t", ticket.pk).encode()


def _first(receive: Receive) -> Ticket:
    taken = receive(mail(b"it does not work", extra=b"Message-ID: <first@beifeng.example>\n"))
    assert taken.ticket is not None
    return taken.ticket


def test_a_mail_opens_a_ticket_by_mail_with_the_mailbox_defaults(
    world: World, mailbox: Mailbox, receive: Receive
):
    mailbox.topic, mailbox.priority = world.topics["api"], 3
    mailbox.save()
    ticket = _first(receive)
    assert (ticket.channel, ticket.topic, ticket.priority) == ("mail", world.topics["api"], 3)
    assert ticket.customer == world.customer
    assert ticket.messages.get().channel == "mail"


def test_a_token_in_the_address_brings_an_answer_home_whatever_its_subject(receive: Receive):
    ticket = _first(receive)
    answer = receive(mail(b"still not", subject=b"something else", to=_token(ticket)))
    assert answer.ticket == ticket
    assert ticket.messages.count() == 2


def test_a_token_survives_an_address_in_capitals(receive: Receive):
    ticket = _first(receive)
    assert receive(mail(b"still not", to=_token(ticket).upper())).ticket == ticket


def test_a_forged_token_opens_a_ticket_of_its_own(receive: Receive):
    ticket = _first(receive)
    forged = b"support+t%d.aaaaaaaa@desk.example" % ticket.pk
    assert receive(mail(b"let me in", sender=b"eve@evil.example", to=forged)).ticket != ticket


def test_an_answer_to_our_id_goes_on_with_its_ticket(receive: Receive):
    ticket = _first(receive)
    ours = b"<ticket-%d.msg-9@desk.example>" % ticket.pk
    assert receive(mail(b"thanks", extra=b"In-Reply-To: " + ours + b"\n")).ticket == ticket
    assert receive(mail(b"thanks!", extra=b"References: <a@b> " + ours + b"\n")).ticket == ticket


def test_our_id_under_a_foreign_host_is_not_ours(receive: Receive):
    ticket = _first(receive)
    foreign = b"<ticket-%d.msg-9@other.example>" % ticket.pk
    assert receive(mail(b"thanks", extra=b"In-Reply-To: " + foreign + b"\n")).ticket != ticket


def test_an_answer_to_their_own_earlier_mail_goes_on_with_its_ticket(receive: Receive):
    ticket = _first(receive)
    assert receive(mail(b"one more thing", extra=b"In-Reply-To: <first@beifeng.example>\n")).ticket == ticket


def test_a_number_in_the_subject_counts_only_for_who_takes_part(receive: Receive):
    ticket = _first(receive)
    numbered = b"Re: Test [#%d]" % ticket.pk
    assert receive(mail(b"me again", subject=numbered)).ticket == ticket
    old_form = b"[T-%d] Test" % ticket.pk
    assert receive(mail(b"me again!", subject=old_form)).ticket == ticket
    assert receive(mail(b"not me", subject=numbered, sender=b"eve@evil.example")).ticket != ticket


def test_who_is_copied_in_takes_part_from_then_on(receive: Receive):
    ticket = receive(
        mail(b"with my colleague", extra=b"Cc: Li Lei <li@beifeng.example>, support@desk.example\n")
    ).ticket
    assert ticket is not None
    assert [row.contact.email for row in queries.participants(ticket)] == ["li@beifeng.example"]
    answer = receive(mail(b"I can add", sender=b"li@beifeng.example", subject=b"Re: Test [#%d]" % ticket.pk))
    assert answer.ticket == ticket
    assert (answer.message.contact.email, answer.message.author_address) == ("li@beifeng.example", "")


def test_a_circular_to_many_makes_nobody_take_part(receive: Receive):
    crowd = b", ".join(b"p%d@many.example" % number for number in range(30))
    receive(mail(b"to all", extra=b"Cc: " + crowd + b"\n"))
    assert not Participant.objects.exists()


def test_a_stranger_with_the_token_writes_as_an_outsider(receive: Receive):
    ticket = _first(receive)
    answer = receive(mail(b"I am his colleague", sender=b"Zhao <zhao@beifeng.example>", to=_token(ticket)))
    assert (answer.ticket, answer.reason) == (ticket, "outsider")
    assert (answer.message.kind, answer.message.author_address) == ("public", "zhao@beifeng.example")


def test_a_stranger_without_the_token_is_held_as_a_note_and_wakes_nobody(receive: Receive):
    ticket = _first(receive)
    before = Ticket.objects.get(pk=ticket.pk)
    answer = receive(
        mail(b"psst", sender=b"eve@evil.example", extra=b"In-Reply-To: <first@beifeng.example>\n")
    )
    assert (answer.ticket, answer.reason) == (ticket, "held")
    assert (answer.message.kind, answer.message.author_address) == (Message.Kind.NOTE, "eve@evil.example")
    assert Ticket.objects.get(pk=ticket.pk).status == before.status


def test_a_stranger_to_a_resolved_ticket_opens_their_own(receive: Receive):
    ticket = _first(receive)
    resolve_ticket(actor=SYSTEM, ticket=ticket, at=NOW)
    answer = receive(
        mail(b"psst", sender=b"eve@evil.example", extra=b"In-Reply-To: <first@beifeng.example>\n")
    )
    assert answer.ticket != ticket
    assert Ticket.objects.get(pk=ticket.pk).status == "resolved"


def test_the_customer_wakes_a_resolved_ticket(receive: Receive):
    ticket = _first(receive)
    resolve_ticket(actor=SYSTEM, ticket=ticket, at=NOW)
    receive(mail(b"not solved", to=_token(ticket)))
    assert Ticket.objects.get(pk=ticket.pk).status != "resolved"


def test_an_answer_to_a_merged_ticket_goes_to_where_it_was_merged(world: World, receive: Receive):
    first = _first(receive)
    target = world.ticket("the other one")
    Ticket.objects.filter(pk=first.pk).update(merged_into=target)
    assert receive(mail(b"and now?", to=_token(first))).ticket == target


def test_the_same_mail_twice_is_one_message_and_another_under_its_id_is_another(receive: Receive):
    raw = mail(b"once", extra=b"Message-ID: <twice@beifeng.example>\n")
    first = receive(raw)
    again = receive(b"Received: from elsewhere\r\n" + raw)
    other = receive(mail(b"something else entirely", extra=b"Message-ID: <twice@beifeng.example>\n"))
    assert first == again
    assert other.pk != first.pk
    assert Message.objects.filter(body="once").count() == 1
    assert Message.objects.filter(body="something else entirely").count() == 1


def test_a_mail_to_two_mailboxes_of_ours_is_one_ticket(world: World, mailbox: Mailbox, receive: Receive):
    from_two = Mailbox.objects.create(name="Sales", address="sales@desk.example", token_salt="x")
    raw = mail(b"to both", extra=b"Message-ID: <both@beifeng.example>\n")
    first, second = receive(raw), receive(raw, into=from_two)
    assert (second.state, second.reason, second.ticket) == ("taken", "duplicate", first.ticket)
    assert Ticket.objects.count() == 1


def test_older_mails_fold_away_and_formatting_is_kept_clean(receive: Receive):
    html = b"<p onclick='x()'>still <b>no</b></p><script>y()</script><blockquote>older</blockquote>"
    taken = receive(mail(html, kind="text/html"))
    assert "<b>no</b>" in taken.message.html
    assert "onclick" not in taken.message.html
    assert "script" not in taken.message.html
    folded = receive(
        mail('好的\n\n------------------ 原始邮件 ------------------\n发件人: "a"\n旧文'.encode())
    )
    assert folded.message.body == "好的"
    assert "旧文" in folded.message.quoted


def test_an_inline_picture_is_shown_by_its_content_id(receive: Receive):
    case = next(case for case in CASES if case.name == "picture_inside")
    taken = receive(case.raw)
    picture = taken.message.attachments.get()
    assert shown(taken.message.html, {picture.content_id: picture.path}).visible.count(picture.path) == 1


def test_a_new_customer_is_written_down_in_the_language_they_write(receive: Receive):
    chinese = receive(mail("登录不上".encode(), sender=b"zhang@new.example"))
    english = receive(mail(b"I cannot sign in to my account since today", sender=b"john@new.example"))
    assert (chinese.ticket.language, english.ticket.language) == ("zh-hans", "en")
    assert find_or_add_contact(actor=SYSTEM, email="zhang@new.example", at=NOW) == chinese.ticket.customer
