"""Telling machines from people: loops, lists, out-of-office replies, notices, bounces."""

from __future__ import annotations

import re
from email.message import Message
from typing import Any

from fengong.integrations.mail.reading.charsets import repair
from fengong.integrations.mail.reading.headers import Address, content_type, field

DESK = "X-Fengong-Desk"
"""The field by which a desk knows its own mail when it comes back."""
DAEMONS = re.compile(
    r"^(mailer-?daemon|postmaster|mail-?daemon|mdaemon|noreply-?bounce|bounces?)([+.-].*)?@", re.I
)
NOT_DELIVERED = re.compile(
    r"undeliver|undelivered|delivery (status notification|failure|has failed|report)|returned mail|mail delivery"
    r"|failure notice|could not be delivered|not delivered|delivery.{0,12}(delayed|failed)|non.?delivery"
    r"|系统退信|退信|退回|邮件退回|无法投递|未送达|投递失败|发送失败|無法傳遞|未傳遞|退件",
    re.I,
)
AWAY = re.compile(
    r"^\s*(\[?(auto|automatic|automated)[ -]?(reply|response|answer)\]?|autoreply|out of (the )?office|ooo\b"
    r"|i am (away|out|on leave)|away from|on (annual )?leave|vacation"
    r"|自动回复|自動回覆|自動回復|自动答复|自動答覆|外出自动|不在办公室|不在辦公室|休假中|假期自动"
    r"|abwesen|réponse automatique)",
    re.I,
)
SUPPRESS = re.compile(r"\b(oof|autoreply|all)\b", re.I)


def kind_of(message: Message[Any, Any], subject: str, sender: Address | None) -> str:
    """Which sort of machine wrote it: bounce, reply, bulk, notice, or hushed, which a person may have written but asks
    for no automatic answer; blank for a person.
    """
    checks = (
        ("bounce", _is_bounce),
        ("reply", _is_reply),
        ("bulk", _is_bulk),
        ("notice", _is_notice),
        ("hushed", _is_hushed),
    )
    return next((kind for kind, check in checks if check(message, subject, sender)), "")


def _said(message: Message[Any, Any], name: str) -> str:
    return " ".join(repair(field(message, name)).lower().split())


def _is_bounce(message: Message[Any, Any], subject: str, sender: Address | None) -> bool:
    if content_type(message) == "multipart/report" and "delivery-status" in _said(message, "content-type"):
        return True
    from_daemon = bool(sender and DAEMONS.match(sender.email))
    nobody = _said(message, "return-path") == "<>"
    return (from_daemon or nobody or sender is None) and bool(NOT_DELIVERED.search(subject))


def _is_reply(message: Message[Any, Any], subject: str, sender: Address | None) -> bool:
    said = _said(message, "auto-submitted")
    if said.startswith("auto-replied"):
        return True
    marks = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-mail-autoreply")
    if any(_said(message, mark) not in ("", "no") for mark in marks):
        return True
    return _said(message, "precedence") == "auto_reply" or bool(AWAY.search(subject))


def _is_bulk(message: Message[Any, Any], subject: str, sender: Address | None) -> bool:
    if _said(message, "precedence") in ("bulk", "junk", "list"):
        return True
    return bool(_said(message, "list-id") or _said(message, "list-unsubscribe"))


def _is_notice(message: Message[Any, Any], subject: str, sender: Address | None) -> bool:
    if _said(message, "auto-submitted") not in ("", "no"):
        return True
    return _said(message, "return-path") == "<>" or bool(sender and DAEMONS.match(sender.email))


def _is_hushed(message: Message[Any, Any], subject: str, sender: Address | None) -> bool:
    return bool(SUPPRESS.search(_said(message, "x-auto-response-suppress")))
