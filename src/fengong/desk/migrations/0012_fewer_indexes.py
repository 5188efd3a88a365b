"""Every index costs each new ticket; those that others cover, or that nothing asks, go.

They are dropped by name: altering the columns would write SQLite's tables anew.
"""

import django.db.models.deletion
from django.db import migrations, models

NEEDLESS = (
    ("desk_ticket_customer_id_e1c6dc73", "desk_ticket", "customer_id"),
    ("desk_ticket_merged_into_id_23004089", "desk_ticket", "merged_into_id"),
    ("desk_ticket_owner_id_d4bd7f0e", "desk_ticket", "owner_id"),
    ("desk_ticket_parent_id_dfc7ae9e", "desk_ticket", "parent_id"),
    ("desk_ticket_policy_id_716d311a", "desk_ticket", "policy_id"),
    ("desk_ticket_preferred_id_ba1c85a4", "desk_ticket", "preferred_id"),
    ("desk_message_ticket_id_2fbacc05", "desk_message", "ticket_id"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0004_contact_of_number"),
        ("desk", "0011_owner_newest"),
        ("people", "0002_access_token"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f'DROP INDEX IF EXISTS "{name}"',
                    f'CREATE INDEX IF NOT EXISTS "{name}" ON "{table}" ("{column}")',
                )
                for name, table, column in NEEDLESS
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="message",
                    name="ticket",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="desk.ticket",
                    ),
                ),
                migrations.AlterField(
                    model_name="ticket",
                    name="customer",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.contact",
                    ),
                ),
                migrations.AlterField(
                    model_name="ticket",
                    name="merged_into",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="absorbed",
                        to="desk.ticket",
                    ),
                ),
                migrations.AlterField(
                    model_name="ticket",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                migrations.AlterField(
                    model_name="ticket",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="desk.ticket",
                    ),
                ),
                migrations.AlterField(
                    model_name="ticket",
                    name="policy",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="desk.servicepolicy",
                    ),
                ),
                migrations.AlterField(
                    model_name="ticket",
                    name="preferred",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("owner__isnull", False)),
                fields=["customer", "-opened_at"],
                name="ticket_last_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("parent__isnull", False)), fields=["parent"], name="ticket_parent"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="ticket_merged_into",
            ),
        ),
    ]
