"""A swarm's account, drafted from what stands in its room: whoever stands it down writes on from there."""

from __future__ import annotations

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fengong.emergency import queries
from fengong.emergency.models import Swarm, SwarmEntry


def drafted(swarm: Swarm) -> str:
    """What happened when, who was there, what was done and what is left, as Markdown."""
    tasks = list(queries.tasks_of(swarm))
    people = ", ".join(one.member.display_name for one in queries.members_of(swarm))
    done = [f"- {task.text}" for task in tasks if task.done_at] or ["- –"]
    left = [f"- {task.text}" for task in tasks if not task.done_at] or ["- –"]
    parts = (
        (_("What happened"), _said(swarm)),
        (_("Who was there"), [people]),
        (_("Done"), done),
        (_("Left to do"), left),
        (_("What we learn from it"), [""]),
    )
    return "\n\n".join("\n".join((f"## {title}", *lines)) for title, lines in parts)


def _said(swarm: Swarm) -> list[str]:
    spoken = (SwarmEntry.Kind.SAID, SwarmEntry.Kind.ANNOUNCED)
    lines = [f"- {localtime(swarm.formed_at):%H:%M} {swarm.title}"]
    for entry in queries.timeline(swarm).filter(kind__in=spoken):
        name = f"{entry.member.display_name}: " if entry.member else ""
        lines.append(f"- {localtime(entry.at):%H:%M} {name}{entry.body}")
    return lines
