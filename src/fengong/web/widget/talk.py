"""What a window shows: the talk so far, who is there, what may be asked of the visitor."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from fengong.desk.reading import satisfaction
from fengong.integrations.widget import queries as widgets
from fengong.kernel.clock import now
from fengong.kernel.tail import settled_seq
from fengong.rota import queries as rota
from fengong.web.portal.scale import scale_of
from fengong.web.portal.talk import Turn, state_of, turns_of

FILE = "fengong.web.widget.file"
LINK_GOOD_FOR = 3600


def shown(visitor: Any) -> dict[str, Any]:
    """All of it, as JSON. `since` was read first, so that nothing said meanwhile is missed."""
    since = settled_seq(at=now())
    ticket = widgets.ticket_of(visitor)
    turns = [_turn(visitor, turn) for turn in turns_of(ticket)] if ticket else []
    return {
        "since": since,
        "topic": f"conversation:{ticket.pk}" if ticket else "",
        "turns": turns,
        "read": visitor.read,
        "address": bool(visitor.contact and visitor.contact.email),
        "online": bool(rota.online()),
        "state": str(state_of(ticket).label) if ticket else "",
        "rating": _question(ticket),
        "solved": bool(ticket and ticket.status == "resolved"),
    }


def _question(ticket: Any) -> dict[str, Any] | None:
    survey = satisfaction.question_for(ticket, "widget") if ticket else None
    if survey is None:
        return None
    scale = scale_of(survey)
    return {"id": f"{survey.pk}-{ticket.pk}", "text": survey.question, "scale": scale}


def _turn(visitor: Any, turn: Turn) -> dict[str, Any]:
    paths = {file.pk: _path(visitor, file) for file in turn.files}
    html = str(turn.html)
    for file in turn.files:
        html = html.replace(f'="/portal{file.path}"', f'="{paths[file.pk]}"')
    return {
        "id": turn.message.pk,
        "ours": turn.is_ours,
        "author": turn.author if turn.is_ours else _("You"),
        "at": turn.message.at.isoformat(),
        "html": html,
        "files": [{"name": file.name, "path": paths[file.pk]} for file in turn.files],
    }


def _path(visitor: Any, file: Any) -> str:
    """Where the visitor, who has no cookie, reads a file: an address signed for them for an hour."""
    signed = signing.dumps([visitor.pk, file.pk], salt=FILE)
    return f"/widget/{visitor.widget.token}/files/{signed}"


def file_of(signed: str) -> tuple[int, int] | None:
    """Whose address this is and of which file; None when it is made up or too old."""
    try:
        visitor, file = signing.loads(signed, salt=FILE, max_age=LINK_GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(visitor), int(file)
