"""Named reads of imports."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from fengong.desk.models import Ticket
from fengong.integrations.imports.models import ImportRun, Refusal
from fengong.integrations.imports.readers.table import guess, names_of
from fengong.kernel import store

WORDED = ("status", "priority")
MOST_WORDS = 60


def sources() -> list[tuple[str, str]]:
    """What can be imported from."""
    return [(value, str(label)) for value, label in ImportRun.Source.choices]


def our_words() -> dict[str, list[tuple[str, str]]]:
    """The states and priorities that words of another desk can mean here."""
    return {
        "status": [(value, str(label)) for value, label in Ticket.Status.choices],
        "priority": [(str(value), str(label)) for value, label in Ticket.Priority.choices],
    }


def runs() -> QuerySet[ImportRun]:
    """All runs, the newest first, with how many records each refused."""
    found = ImportRun.objects.select_related("member").annotate(refused=Count("refusals"))
    return found.order_by("-started_at", "-id")


def run(pk: int) -> ImportRun | None:
    """One run."""
    return runs().filter(pk=pk).first()


def unknown_words(of: ImportRun) -> dict[str, list[str]]:
    """States and priorities of the other desk that nobody has said the meaning of, most frequent first."""
    found = of.refusals.filter(column__in=WORDED).values("column", "excerpt").annotate(times=Count("id"))
    words: dict[str, list[str]] = {column: [] for column in WORDED}
    for row in found.order_by("-times", "excerpt")[:MOST_WORDS]:
        words[row["column"]].append(row["excerpt"])
    return words


def columns_of(run: ImportRun) -> dict[str, str]:
    """The columns of a table and what they mean: as said, else as guessed, else blank; none when its file is gone."""
    file = store.place(run.digest)
    if run.source != ImportRun.Source.TABLE or not file.exists():
        return {}
    names = names_of(file)
    said: dict[str, str] = run.settings.get("columns") or guess(names)
    return {name: said.get(name, "") for name in names if name}


def refusals(of: ImportRun) -> QuerySet[Refusal]:
    """What a run refused, by file and line."""
    return Refusal.objects.filter(run=of).order_by("file", "line", "id")
