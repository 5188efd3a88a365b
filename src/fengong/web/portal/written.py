"""What customers write, carried to the desk: new matters, answers, their files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from fengong.desk.actions.attachments import attach
from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.reading import customers as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused
from fengong.web.portal import extra


def write_in(request: HttpRequest, customer: Any, form: Any) -> Any:
    """A new ticket from a valid form, or None with the refusal in the form."""
    given = form.cleaned_data
    try:
        ticket = open_ticket(
            actor=customer,
            customer=customer,
            subject=given["subject"],
            body=given["body"],
            language=get_language() or "",
            external_id=_mark(customer, given),
            fields=extra.values(request.POST),
            at=now(),
        )
    except Refused as refusal:
        return _refused(form, refusal)
    first = reading.conversation(ticket).first()
    _attach(request, customer, ticket, first, given["attached"])
    return ticket


def answer(request: HttpRequest, customer: Any, ticket: Any, form: Any) -> Any:
    """The customer's message from a valid form, or None with the refusal in the form."""
    given = form.cleaned_data
    try:
        message = receive_message(
            actor=customer,
            ticket=ticket,
            contact=customer,
            body=given["body"],
            external_id=_mark(customer, given),
            at=now(),
        )
    except Refused as refusal:
        return _refused(form, refusal)
    _attach(request, customer, ticket, message, given["attached"])
    return message


def attach_files(customer: Any, ticket: Any, message: Any, files: list[Any]) -> list[str]:
    """Put files to a message; returns why those that were refused were. A message sent twice has its files once."""
    if reading.files([message]):
        return []
    refusals = []
    for file in files:
        try:
            attach(
                actor=customer,
                ticket=ticket,
                message=message,
                name=file.name,
                content=file.read(),
                content_type=file.content_type or "",
                at=now(),
            )
        except Refused as refusal:
            refusals.append(refusal.message)
    return refusals


def _attach(request: HttpRequest, customer: Any, ticket: Any, message: Any, files: list[Any]) -> None:
    for sentence in attach_files(customer, ticket, message, files):
        messages.warning(request, sentence)


def _mark(customer: Any, given: dict[str, Any]) -> str:
    """By what a form sent twice is known."""
    return f"portal:{customer.pk}:{given['once']}" if given["once"] else ""


def _refused(form: Any, refusal: Refused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
