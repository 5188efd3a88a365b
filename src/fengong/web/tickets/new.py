"""Writing down a new ticket for a customer: what they said on the telephone, at the counter, or anywhere else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from fengong.customers import queries as customers
from fengong.desk.actions.calls import Call, open_on_behalf
from fengong.desk.reading import fields as filed
from fengong.desk.reading import templates
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.own_fields import PREFIX, form_fields, initial_of, values_of

CHANNELS = (
    ("phone", gettext_lazy("Phone")),
    ("web", gettext_lazy("In person")),
    ("chat", gettext_lazy("Chat")),
    ("mail", gettext_lazy("E-mail")),
)
PRIORITIES = (
    (2, pgettext_lazy("priority", "Normal")),
    (1, pgettext_lazy("priority", "Low")),
    (3, pgettext_lazy("priority", "High")),
    (4, pgettext_lazy("priority", "Urgent")),
)
DIFFICULTIES = (
    ("", gettext_lazy("By the text")),
    (1, pgettext_lazy("difficulty", "Common")),
    (2, pgettext_lazy("difficulty", "Medium")),
    (3, pgettext_lazy("difficulty", "Hard")),
)
CALLERS = 6


def _topics() -> list[tuple[Any, Any]]:
    return [("", _("By the text")), *((topic.pk, topic.label) for topic in people.topics())]


def _types() -> list[tuple[Any, Any]]:
    return [("", "–"), *((kind.pk, kind.label) for kind in filed.types())]


class NewForm(forms.Form):
    """Who it is, what they want, what it is filed under; then the desk's own fields of the type chosen."""

    WHO = ("name", "phone", "email", "organization")
    MATTER = ("subject", "body", "note")
    FILED = ("channel", "minutes", "topic", "difficulty", "priority", "type", "tags")

    customer = forms.IntegerField(min_value=1, required=False)
    name = forms.CharField(max_length=120, required=False, label=pgettext_lazy("person", "Name"))
    phone = forms.CharField(max_length=40, required=False, label=gettext_lazy("Phone number"))
    email = forms.CharField(max_length=254, required=False, label=gettext_lazy("E-mail address"))
    organization = forms.CharField(max_length=160, required=False, label=gettext_lazy("Organisation"))
    subject = forms.CharField(max_length=240, label=pgettext_lazy("ticket", "Subject"))
    body = forms.CharField(
        max_length=20_000, label=gettext_lazy("What they want"), widget=forms.Textarea(attrs={"rows": 6})
    )
    note = forms.CharField(
        max_length=20_000,
        required=False,
        label=gettext_lazy("For colleagues only"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    channel = forms.ChoiceField(choices=CHANNELS, label=gettext_lazy("How they came"))
    minutes = forms.IntegerField(
        min_value=0, max_value=1440, required=False, label=gettext_lazy("Minutes of the call")
    )
    topic = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, choices=_topics, label=gettext_lazy("Topic")
    )
    difficulty = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, choices=DIFFICULTIES, label=gettext_lazy("Difficulty")
    )
    priority = forms.TypedChoiceField(coerce=int, choices=PRIORITIES, label=gettext_lazy("Priority"))
    type = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, choices=_types, label=gettext_lazy("Type")
    )
    tags = forms.CharField(max_length=400, required=False, label=gettext_lazy("Tags, with commas"))
    take = forms.BooleanField(required=False, label=gettext_lazy("I take it myself"))

    def __init__(self, *given: Any, type_id: int | None, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in (*self.WHO, *self.MATTER, *self.FILED):
            self.fields[name].widget.attrs.setdefault("class", "input")
        self.fields.update(form_fields(filed.fields_of(type_id)))

    @property
    def who(self) -> list[Any]:
        """The fields that name the customer."""
        return [self[name] for name in self.WHO]

    @property
    def matter(self) -> list[Any]:
        """The fields of what they want."""
        return [self[name] for name in self.MATTER]

    @property
    def filed(self) -> list[Any]:
        """The fields of what it is filed under."""
        return [self[name] for name in self.FILED]

    @property
    def own(self) -> list[Any]:
        """The desk's own fields."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]


@require_http_methods(["GET", "POST"])
@for_members
def page(request: MemberRequest) -> HttpResponse:
    """The form, begun with a template or for a customer named in the address; POST writes the ticket down."""
    require(request.member, "ticket.work")
    if request.method == "POST":
        form = NewForm(request.POST, type_id=_number(request.POST, "type"))
        if form.is_valid() and (ticket := _written_down(request, form)):
            return redirect(f"/tickets?view=all&ticket={ticket.pk}")
        return render(request, "tickets/new.html", _shown(form), status=422)
    initial = _begun(request.GET)
    return render(request, "tickets/new.html", _shown(NewForm(initial=initial, type_id=initial.get("type"))))


@require_safe
@for_members
def own(request: MemberRequest) -> HttpResponse:
    """The desk's own fields for the type now chosen, with what is filled in already."""
    require(request.member, "ticket.work")
    form = NewForm(initial=request.GET.dict(), type_id=_number(request.GET, "type"))
    return render(request, "tickets/new_own.html", {"form": form})


@require_safe
@for_members
def callers(request: MemberRequest) -> HttpResponse:
    """Customers known by the name, number or address typed so far."""
    require(request.member, "ticket.work")
    typed = [request.GET.get(name, "").replace("\x00", "").strip() for name in ("email", "phone", "name")]
    text = next((part for part in typed if len(part) > 1), "")
    known = customers.search(text)[:CALLERS] if text else []
    return render(request, "tickets/callers.html", {"callers": known})


def _begun(query: QueryDict) -> dict[str, Any]:
    """What the form begins with: a template's parts, and the customer named."""
    begun: dict[str, Any] = {"channel": "phone", "priority": 2}
    template = templates.template(_number(query, "template") or 0)
    if template is not None:
        begun |= {name: getattr(template, name) for name in ("subject", "body", "difficulty")}
        begun |= {"topic": template.topic_id, "type": template.type_id, "tags": ", ".join(template.tags)}
        begun |= {"priority": template.priority or 2, **initial_of(template.fields)}
    known = customers.contact(_number(query, "customer") or 0)
    if known is not None:
        begun |= {"customer": known.pk, "name": known.display_name, "email": known.email or ""}
        begun |= {"phone": known.phone}
    return begun


def _shown(form: NewForm) -> dict[str, Any]:
    return {"form": form, "templates": templates.templates()}


def _written_down(request: MemberRequest, form: NewForm) -> Any:
    """The ticket; None where it was refused, which the form then says."""
    said, member = form.cleaned_data, request.member
    try:
        ticket = open_on_behalf(
            actor=member,
            member=member,
            call=_call(said),
            subject=said["subject"],
            body=said["body"],
            note=said["note"],
            channel=said["channel"],
            topic=people.topic(said["topic"] or 0),
            difficulty=said["difficulty"] if said["topic"] else None,
            priority=said["priority"],
            type=filed.ticket_type(said["type"] or 0),
            fields=values_of(said),
            tags=[tag for tag in said["tags"].replace("，", ",").split(",") if tag.strip()],
            at=now(),
        )
    except Refused as refusal:
        field = refusal.field.replace("fields.", PREFIX)
        form.add_error(field if field in form.fields else None, refusal.message)
        return None
    messages.success(request, _("Written down. It waits for its owner."))
    if said["take"]:
        _take(request, ticket)
    return ticket


def _call(said: dict[str, Any]) -> Call:
    return Call(
        contact=customers.contact(said["customer"] or 0),
        phone=said["phone"],
        name=said["name"],
        email=said["email"],
        organization=said["organization"],
        minutes=said["minutes"],
    )


def _take(request: MemberRequest, ticket: Any) -> None:
    """Give it to whoever wrote it down; without room for it, it waits for somebody else."""
    try:
        assign_ticket(actor=request.member, ticket=ticket, member=request.member, at=now())
    except Refused as refusal:
        messages.warning(request, refusal.message)


def _number(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None
