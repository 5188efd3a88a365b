"""The demo shows the whole desk: each kind of thing is there, made through verbs, and made once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from pytest_django import DjangoDbBlocker

from fengong.automation.models import Macro, Rule, RuleRun
from fengong.demo import furniture, past
from fengong.demo.furnish import furnish
from fengong.demo.past import load_past
from fengong.demo.setup import bring_in, build_desk, plan_shifts
from fengong.desk.actions.promises import mark_broken_promises
from fengong.desk.models import (
    Calendar,
    Field,
    LadderStep,
    Rating,
    ServicePolicy,
    SideMessage,
    Signature,
    Tag,
    Ticket,
    TicketTemplate,
    TicketType,
    View,
    Watcher,
)
from fengong.dispatch.models import Escalation
from fengong.integrations.widget.models import Widget
from fengong.kernel import spine
from fengong.kernel.actor import SYSTEM
from tests.demo.books import check_books

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, object]]:
    """A small past, furnished once for all that look at it; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(past, "DAYS", 3)
        everybody = build_desk(password="not a secret", at=NOW - timedelta(days=40))
        load_past(everybody, seed=7, anchor=NOW, tickets=70, tell=lambda _: None)
        plan_shifts(everybody, anchor=NOW, at=NOW)
        bring_in(everybody, at=NOW)
        assert furnish(everybody, at=NOW)
        yield everybody
        transaction.set_rollback(True)


def test_types_fields_tags_and_templates_are_there_and_used(desk: object) -> None:
    assert TicketType.objects.count() == len(furniture.TYPES) and Field.objects.count() == 2
    assert TicketTemplate.objects.filter(topic__isnull=False).count() == 2
    assert Tag.objects.count() > 3
    shown = Ticket.objects.exclude(type=None)
    for status in ("resolved", "open"):
        assert shown.filter(Q(status=status), taggings__isnull=False).exists(), status
    assert any("order-number" in ticket.fields for ticket in shown)


def test_key_accounts_and_urgent_tickets_are_promised_more_and_a_ladder_acts(desk: object) -> None:
    mark_broken_promises(actor=SYSTEM, at=NOW + timedelta(seconds=1))
    urgent, key, default = ServicePolicy.objects.order_by("is_default", "position")
    assert (urgent.calendar, key.calendar, default.is_default) == (None, Calendar.objects.get(), True)
    assert key.calendar.week[0] == [[540, 720], [780, 1080]] and key.calendar.week[5] == []
    does = [deed["deed"] for step in LadderStep.objects.filter(policy=key) for deed in step.deeds]
    assert does == ["notify", "notify", "set_priority", "notify"]
    live = Ticket.objects.exclude(status="resolved").select_related("customer__organization")
    by_policy = {
        policy: [ticket for ticket in live if ticket.policy_id == policy.pk] for policy in (urgent, key)
    }
    assert by_policy[key] and all(
        ticket.customer.organization.grade == "key" and ticket.priority < 4 for ticket in by_policy[key]
    )
    assert all(ticket.priority == 4 for ticket in by_policy[urgent])


def test_macros_speak_both_languages_and_a_rule_has_acted(desk: object) -> None:
    assert all(macro.body_zh and macro.body_en and macro.deeds for macro in Macro.objects.all())
    assert Macro.objects.count() == 3
    assert Rule.objects.get().active
    runs = list(RuleRun.objects.all())
    assert runs and all(run.state == "done" for run in runs)


def test_customers_have_rated_with_words_and_low_scores_are_looked_after(desk: object) -> None:
    ratings = list(Rating.objects.all())
    assert len(ratings) == len(furniture.ANSWERS)
    assert any(rating.comment for rating in ratings)
    assert all(rating.asked_at < rating.answered_at <= NOW for rating in ratings)
    assert all(rating.follow_up_id for rating in ratings if rating.score <= 2)


def test_shared_views_a_signature_and_a_chat_window_are_there(desk: object) -> None:
    assert View.objects.filter(member=None, team=None).count() == len(furniture.VIEWS)
    assert Signature.objects.filter(team__slug="merchant-care").count() == 2
    assert Widget.objects.get().active


def test_tickets_show_merging_parts_a_talk_on_the_side_and_followers(desk: object) -> None:
    assert Ticket.objects.filter(reason="merged", merged_into__isnull=False).count() == 1
    assert Ticket.objects.filter(parent__isnull=False).count() == 1
    assert SideMessage.objects.count() == 2
    following = set(
        Watcher.objects.exclude(ticket__status="resolved").values_list("ticket_id", "member_id")
    )  # those of low ratings follow closed ones
    handed_up = set(Escalation.objects.values_list("ticket_id", "member_id"))
    assert len(following - handed_up) == 2
    check_books()


def test_furnishing_again_changes_nothing(desk: dict[str, object]) -> None:
    before = spine.last_seq()
    assert not furnish(desk, at=NOW + timedelta(days=1))
    assert spine.last_seq() == before
