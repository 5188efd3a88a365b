"""A desk with one of everything that has a page of its own, made on the pages of the settings themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fengong.automation.models import Macro, Rule
from fengong.customers.actions.sign_in import give_link
from fengong.desk.actions.scheduled import schedule_reply
from fengong.desk.actions.sides import start_side
from fengong.desk.actions.surveys import ask
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.models import (
    Calendar,
    Field,
    ServicePolicy,
    Survey,
    Tag,
    Ticket,
    TicketTemplate,
    TicketType,
    View,
)
from fengong.desk.reading.satisfaction import address_of
from fengong.dispatch.models import PolicyEdition
from fengong.emergency.actions.watching import declare_surge
from fengong.emergency.models import Swarm, SwarmTask
from fengong.integrations.imports.models import ImportRun
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.actions.taking import take_due
from fengong.integrations.mail.models import Delivery, Mailbox
from fengong.integrations.webhooks.models import Endpoint
from fengong.integrations.widget.models import Widget
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.actions.invitations import secret_of
from fengong.people.models import DutyList, Member, Topic
from fengong.planning.models import Comparison
from tests.e2e.rostered import rostered
from tests.web.test_automation import RULE
from tests.web.test_faces_settings import SURVEY, WIDGET
from tests.web.test_mailboxes import TYPED
from tests.web.test_promise_settings import OFFICE, POLICY
from tests.web.test_webhooks import GIVEN

TABLE = b"a;b;c\nOdd;2025-01-02T03:04:05Z;ann@example.test\n"
FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("promises/new", POLICY),
    ("calendars/new", OFFICE),
    ("mailboxes/new", TYPED),
    ("macros/new", {**RULE, "name_en": "Thanks", "writes": "reply", "body_en": "Thanks!", "audience": "all"}),
    ("rules/new", RULE),
    ("webhooks/new", GIVEN),
    ("types", {"name_zh": "故障", "slug": "fault", "active": "on"}),
    ("fields", {"name_en": "Severity", "slug": "severity", "kind": "text", "visible_to_customers": "on"}),
    ("templates", {"name_zh": "退款", "subject": "退款", "priority": 3, "tags": "退款，急", "active": "on"}),
    ("views", {"name": "紧急", "query": "priority:urgent"}),
    ("widgets/new", {**WIDGET, "active": "on"}),
    ("surveys/new", SURVEY),
)  # fmt: skip
NOUNS: dict[str, Any] = {
    "promise": ServicePolicy,
    "calendar": Calendar,
    "mailbox": Mailbox,
    "macro-one": Macro,
    "rule": Rule,
    "webhook": Endpoint,
    "settings_type": TicketType,
    "settings_field": Field,
    "settings_tag": Tag,
    "settings_template": TicketTemplate,
    "view": View,
    "import": ImportRun,
    "widget": Widget,
    "survey": Survey,
    "policy-edition": PolicyEdition,
    "swarm": Swarm,
    "swarm-end": Swarm,
    "what-if": Comparison,
}
"""Address by name to the model whose row it shows."""


def furnish(admin: Client, ticket: Ticket, member: Member) -> dict[str, dict[str, Any]]:
    """Make one of each around this ticket; the parameters of every page and dialog, by the name of its address."""
    for page, values in FORMS:
        answer = admin.post(f"/settings/{page}", values)
        assert answer.status_code in (200, 302), f"{page}: {answer.text}"
        assert "/sign-in" not in answer.headers.get("Location", "")
    file = {"source": "table", "account": "old", "zone": "UTC", "file": SimpleUploadedFile("t.csv", TABLE)}
    admin.post("/settings/imports", file)
    tag_ticket(actor=SYSTEM, ticket=ticket, add=["加急"], at=now())
    draft = admin.post("/division/policy/drafts").headers["Location"]
    admin.post(f"{draft}/what-ifs", {"days": 30, "seeds": 10})
    _post(ticket)
    declare_surge(actor=SYSTEM, topic=None, at=now())
    swarm = Swarm.objects.create(title="故障", lead=member, formed_by="x", formed_at=now(), announcement="!")
    SwarmTask.objects.create(
        swarm=swarm, text="?", added_at=now()
    )  # without members, so that nobody is shielded
    shown = {name: {"pk": model.objects.order_by("-pk")[0].pk} for name, model in NOUNS.items()}
    window = Widget.objects.order_by("-pk")[0]
    return {
        **shown,
        **_above(ticket, member),
        **rostered(member),
        **_divided(admin, member),
        "widget_trial": {"pk": window.pk},
        "widget_window": {"token": window.token},
        "portal_ticket": {"pk": ticket.pk},
        "portal_enter": {"secret": give_link(actor=SYSTEM, contact=ticket.customer, at=now())},
        "rate": {"token": _question(ticket)},
    }


def _divided(admin: Client, member: Member) -> dict[str, dict[str, Any]]:
    """Duties of a position, in force and being changed, and somebody who was invited."""
    admin.post("/division/positions/templates/three-tier-desk")
    draft = DutyList.objects.filter(number__isnull=True).order_by("pk")[0]
    place = f"/division/positions/{draft.position_id}"
    admin.post(f"{place}/publication", {"effective_on": timezone.localdate().isoformat()})
    admin.post(f"{place}/draft")
    position, account = {"pk": draft.position_id}, member.account
    assert account is not None
    return {
        **dict.fromkeys(("position", "position_frame", "position_print", "duty_draft", "duty_new"), position),
        "duty": {**position, "task": draft.duties.all()[0].task},
        "duty_edition": {"pk": draft.pk},
        "member": {"pk": member.pk},
        "team": {"pk": member.team_id},
        "topic": {"pk": Topic.objects.order_by("pk")[0].pk},
        "welcome": {"pk": account.pk, "secret": secret_of(account)},
    }


def _above(ticket: Ticket, member: Member) -> dict[str, dict[str, Any]]:
    """What opens above a ticket, a talk with an outsider and an answer to be sent later among it."""
    whose: dict[str, Any] = {"actor": member, "ticket": ticket, "member": member, "at": now()}
    side = start_side(**whose, subject="?", participants=["dev@firm.example"], body="?")
    later = schedule_reply(**whose, body="Later", due_at=now() + timedelta(days=1))
    own = {"pk": ticket.pk}
    bare = ("merge", "split", "links", "children", "macros", "sides", "assignment")
    return {
        **dict.fromkeys(bare, own),
        "side": {**own, "side": side.pk},
        "scheduled": {**own, "scheduled": later.pk},
        "macro_place": {**own, "macro": Macro.objects.order_by("-pk")[0].pk},
        "deed": {"name": "tags"},
    }


def _post(ticket: Ticket) -> None:
    """A mail in each direction, and one nobody could read."""
    mailbox = Mailbox.objects.order_by("-pk")[0]
    for raw in (b"From: a@b.example\nSubject: hello\n\nhello\n", b"Subject: lost\n\nwho am I\n"):
        keep_mail(actor=MAIL, mailbox=mailbox, raw=raw, at=now())
    take_due(actor=MAIL, at=now())
    Delivery.objects.create(
        mailbox=mailbox, ticket=ticket, to=["a@b.example"], smtp_id="<a@b>", state="failed", planned_at=now()
    )


def _question(ticket: Ticket) -> str:
    asked = ask(
        actor=SYSTEM,
        survey=Survey.objects.order_by("-pk")[0],
        contact=ticket.customer,
        ticket=ticket,
        at=now(),
    )
    assert asked is not None
    return address_of(asked).rpartition("/")[2]
