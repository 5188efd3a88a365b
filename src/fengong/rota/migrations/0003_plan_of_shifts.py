"""Shifts that were planned before there were plans get one, so that leave can be taken out of them and given back."""

from __future__ import annotations

from typing import Any

from django.db import migrations

AT_ONCE = 1000


def give_plans(apps: Any, schema_editor: Any) -> None:
    Shift = apps.get_model("rota", "Shift")
    PlannedShift = apps.get_model("rota", "PlannedShift")
    while rows := list(Shift.objects.filter(planned__isnull=True).order_by("pk")[:AT_ONCE]):
        plans = PlannedShift.objects.bulk_create(
            PlannedShift(member_id=row.member_id, starts_at=row.starts_at, ends_at=row.ends_at)
            for row in rows
        )
        for row, plan in zip(rows, plans, strict=True):
            row.planned = plan
        Shift.objects.bulk_update(rows, ["planned"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("rota", "0002_patterns_leave_standby")]

    operations = [migrations.RunPython(give_plans, migrations.RunPython.noop)]
