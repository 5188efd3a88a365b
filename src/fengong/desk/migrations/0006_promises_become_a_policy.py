"""What was promised so far becomes the default policy; open tickets are looked at once by the sweep."""

from typing import Any

from django.db import migrations
from django.db.models import F


def keep_promises(apps: Any, schema_editor: Any) -> None:
    level, policy = apps.get_model("desk", "ServiceLevel"), apps.get_model("desk", "ServicePolicy")
    if level.objects.filter(policy=None).exists():
        default, _ = policy.objects.get_or_create(
            is_default=True, defaults={"name": "Default", "pauses": ["customer", "third_party"]}
        )
        level.objects.filter(policy=None).update(policy=default)
        apps.get_model("desk", "PromiseEdition").objects.update_or_create(pk=1, defaults={"token": "first"})
        ticket = apps.get_model("desk", "Ticket")
        ticket.objects.filter(next_due_at__isnull=False).update(next_step_at=F("opened_at"))


class Migration(migrations.Migration):
    dependencies = [("desk", "0005_promises_and_calendars")]

    operations = [migrations.RunPython(keep_promises, migrations.RunPython.noop)]
