"""Our own addresses and ids: how a mail that comes back names the ticket it belongs to."""

from __future__ import annotations

import re

from fengong.integrations.mail import vault

TAG = re.compile(r"\+([a-z])(\d{1,18})\.([a-z2-7]{8})@", re.I)
OUR_ID = re.compile(r"<ticket-(\d{1,18})\.([a-z]+)-(\d{1,18})@[^<>\s]+>", re.I)
IN_SUBJECT = re.compile(r"\[(?:#|T-)(\d{1,18})\]", re.I)
MARK_LENGTH = 8
SIDE_TAG = re.compile(r"\+s([0-9a-f]{20})@", re.I)
TICKET = "t"


def tagged(address: str, kind: str, pk: int) -> str:
    """A mailbox's address with a tag that names a ticket or side conversation, and proves that we gave it out."""
    local, _at, host = address.rpartition("@")
    return f"{local}+{kind}{pk}.{vault.mark(kind, str(pk), MARK_LENGTH)}@{host}"


def tag_in(addresses: list[str], kind: str) -> int | None:
    """What the first true tag of a kind names."""
    for address in addresses:
        found = TAG.search(address)
        if found and found[1].lower() == kind and vault.is_mark(found[3], kind, found[2], MARK_LENGTH):
            return int(found[2])
    return None


def tagged_side(address: str, token: str) -> str:
    """A mailbox's address with the token of a side conversation."""
    local, _at, host = address.rpartition("@")
    return f"{local}+s{token}@{host}"


def side_token_in(addresses: list[str]) -> str:
    """The token of a side conversation that mail was sent to; blank when there is none."""
    return next((found[1].lower() for address in addresses if (found := SIDE_TAG.search(address))), "")


def untagged(address: str) -> str:
    """The address without what follows a plus."""
    return re.sub(r"\+[^@]*@", "@", address.lower())


def message_id(host: str, ticket: int, kind: str, pk: int) -> str:
    """The id of a mail of ours."""
    return f"<ticket-{ticket}.{kind}-{pk}@{host}>"


def named_by_ids(ids: list[str], hosts: set[str]) -> tuple[int, str, int] | None:
    """Ticket, kind and number that the newest of our own ids names."""
    for given in reversed(ids):
        found = OUR_ID.fullmatch(given)
        if found and given.rpartition("@")[2].rstrip(">").lower() in hosts:
            return int(found[1]), found[2].lower(), int(found[3])
    return None


def ticket_in_subject(subject: str) -> int | None:
    """The ticket that a subject names."""
    found = IN_SUBJECT.search(subject)
    return int(found[1]) if found else None


def subject_with_number(subject: str, ticket: int) -> str:
    """A subject as answers bear it: Re, and the number once at the end."""
    bare = IN_SUBJECT.sub("", subject)
    bare = re.sub(r"^\s*((re|回复|答复|回覆|答覆)\s*[:：]\s*)+", "", bare, flags=re.I).strip()
    return f"Re: {' '.join(bare.split())} [#{ticket}]"


def subject_of_side(subject: str, *, first: bool) -> str:
    """A side conversation's subject; without a number, so that nobody outside learns of the ticket."""
    bare = " ".join(IN_SUBJECT.sub("", subject).split())
    return bare if first else f"Re: {bare}"
