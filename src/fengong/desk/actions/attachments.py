"""Verbs on files: attaching them, checking them, sending them with a message, removing them."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import locked
from fengong.desk.facts import FileAdded, FileChecked, FileRemoved
from fengong.desk.models import Attachment, Message, Ticket
from fengong.desk.policies import may_read_file, may_remove_file, require_reading
from fengong.desk.reading import attachments as reading
from fengong.kernel import store
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied, Invalid, Refused
from fengong.kernel.sniffing import sniff
from fengong.kernel.spine import record

CHECK_AT_ONCE = 20
LONGEST_NAME = 200
State = Attachment.State
logger = logging.getLogger(__name__)


def attach(
    *,
    actor: Actor,
    ticket: Ticket,
    name: str,
    content: bytes,
    content_type: str,
    at: datetime,
    message: Message | None = None,
    content_id: str = "",
    keep_refused: bool = False,
) -> Attachment:
    """Keep a file on a ticket, with a message or by itself. What it is, is found by looking into it.

    `content_type` is what its sender says; it is used for nothing. A file that breaks a rule is Invalid, or with
    `keep_refused`, as for what comes by mail, it is kept as refused: its name and the reason are shown, nothing is
    served. Raises Denied unless the actor may read the ticket.
    """
    require_reading(actor, ticket)
    file = Attachment(
        ticket=message.ticket if message else ticket,
        message=message,
        name=cleaned_name(name),
        content_type=sniff(content, name),
        size=len(content),
        content_id=content_id.strip("<> ")[:255],
        by=actor.ref,
        at=at,
    )
    try:
        _check_rules(file)
        file.sha256 = store.put(content)
        _scan(file, content)
    except Invalid as refusal:
        if not keep_refused:
            raise
        file.state, file.refusal = State.REFUSED, refusal.message
        file.sha256 = store.put(content) if file.size <= settings.ATTACHMENT_MOST_BYTES else ""
    return _written_down(file, actor, keep_refused)


def send_with(
    *, actor: Actor, message: Message, attachments: Iterable[int], at: datetime
) -> list[Attachment]:
    """Send files that the actor has uploaded to the ticket before with a message; ids of others are passed over."""
    with transaction.atomic():
        waiting = reading.unsent(message.ticket, actor.ref).select_for_update()
        files = list(waiting.filter(pk__in=list(attachments)))
        for file in files:
            file.message = message
        Attachment.objects.bulk_update(files, ["message"])
    return files


def remove_attachment(*, actor: Actor, attachment: Attachment, at: datetime) -> None:
    """Take a file away; its content is forgotten when nothing else names it."""
    if not may_read_file(actor, attachment) or not may_remove_file(actor, attachment):
        raise Denied(_("Only who uploaded it may remove a file, and only until it is sent."))
    with transaction.atomic():
        row = locked(attachment.ticket)
        fact = FileRemoved(ticket=row.pk, attachment=attachment.pk, name=attachment.name)
        Attachment.objects.filter(pk=attachment.pk).delete()
        record(fact, actor=actor, at=at)
        last = not Attachment.objects.filter(sha256=attachment.sha256).exists()
    if last and attachment.sha256:
        store.drop(attachment.sha256)


def check_waiting(*, actor: Actor, at: datetime) -> int:
    """Check the files whose check could not be made when they came in; returns how many are settled."""
    settled = 0
    for file in reading.unchecked(CHECK_AT_ONCE):
        _scan(file, store.read(file.sha256))
        if file.state == State.WAITING:
            continue
        with transaction.atomic():
            file.save(update_fields=["state", "refusal"])
            fact = FileChecked(
                ticket=file.ticket_id, attachment=file.pk, name=file.name, state=str(file.state)
            )
            record(fact, actor=actor, at=at)
        settled += 1
    return settled


def nothing_wrong(*, name: str, content: bytes, content_type: str) -> str:
    """The scanner where none is set up: no file has anything wrong."""
    return ""


def cleaned_name(name: str) -> str:
    """A file's name without path, control characters and tricks of direction, at most as long as disks can store."""
    bare = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        char for char in bare if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    )
    kept = kept.strip(" .") or "file"
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > LONGEST_NAME and dot and len(ending) < 20:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return kept[:LONGEST_NAME]


def _check_rules(file: Attachment) -> None:
    megabytes = settings.ATTACHMENT_MOST_BYTES // (1024 * 1024)
    if file.size > settings.ATTACHMENT_MOST_BYTES:
        raise Invalid(_("A file may have at most %(megabytes)s MB.") % {"megabytes": megabytes}, field="file")
    if file.size == 0:
        raise Invalid(_("The file is empty."), field="file")
    ending = file.name.rpartition(".")[2].lower()
    if (
        file.content_type in settings.ATTACHMENT_FORBIDDEN_TYPES
        or ending in settings.ATTACHMENT_FORBIDDEN_ENDINGS
    ):
        raise Invalid(
            _("Files of this kind can do harm and are not taken: %(name)s") % {"name": file.name},
            field="file",
        )


def _scan(file: Attachment, content: bytes) -> None:
    """Ask the scanner; a scanner that cannot answer leaves the file waiting for the sweep, unserved."""
    scanner = import_string(settings.ATTACHMENT_SCANNER)
    try:
        reason = scanner(name=file.name, content=content, content_type=file.content_type)
    except Refused:
        raise
    except Exception:
        logger.exception("The scanner could not look at attachment %s", file.name)
        file.state = State.WAITING
        return
    file.state, file.refusal = (State.REFUSED, reason[:300]) if reason else (State.CLEAN, "")


def _written_down(file: Attachment, actor: Actor, keep_refused: bool) -> Attachment:
    with transaction.atomic():
        row = locked(file.ticket)
        most = settings.ATTACHMENT_MOST_BYTES_OF_TICKET
        if reading.total_size(row) + file.size > most and not keep_refused:
            raise Invalid(
                _("All files of a ticket may have at most %(megabytes)s MB together.")
                % {"megabytes": most // (1024 * 1024)},
                field="file",
            )
        file.save(force_insert=True)
        fact = FileAdded(
            ticket=row.pk, attachment=file.pk, name=file.name, size=file.size, state=str(file.state)
        )
        record(fact, actor=actor, at=file.at)
    return file
