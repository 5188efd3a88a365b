"""The search words of tickets: a table of SQLite's FTS5, or of PostgreSQL's tsvector."""

from typing import Any

from django.db import migrations

SQLITE = """
    CREATE VIRTUAL TABLE desk_ticketwords
    USING fts5(words, content='', columnsize=0, detail=none, tokenize="ascii")
"""
POSTGRESQL = """
    CREATE TABLE desk_ticketwords (ticket_id bigint PRIMARY KEY, words tsvector NOT NULL);
    ALTER TABLE desk_ticketwords ALTER COLUMN words SET STATISTICS 1000;
    CREATE INDEX ticketwords_words ON desk_ticketwords USING gin (words) WITH (gin_pending_list_limit = 512);
"""


def create(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(SQLITE if is_sqlite else POSTGRESQL, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE desk_ticketwords", params=None)


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_promises_become_a_policy")]

    operations = [migrations.RunPython(create, drop)]
