"""What can happen around a ticket beside its own life: files, snoozes, tags, links, watchers, merges, bulk changes."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class FileAdded(Fact):
    verb = "ticket.file_added"
    about = ("ticket",)
    ticket: int
    attachment: int
    name: str
    size: int
    state: str


@dataclass(frozen=True)
class FileChecked(Fact):
    verb = "ticket.file_checked"
    about = ("ticket",)
    ticket: int
    attachment: int
    name: str
    state: str


@dataclass(frozen=True)
class FileRemoved(Fact):
    verb = "ticket.file_removed"
    about = ("ticket",)
    ticket: int
    attachment: int
    name: str


@dataclass(frozen=True)
class TicketSnoozed(Fact):
    verb = "ticket.snoozed"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    until: str


@dataclass(frozen=True)
class TicketWoken(Fact):
    """`reason` is `due` when its time came, `ordered` when somebody woke it."""

    verb = "ticket.woken"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    reason: str


@dataclass(frozen=True)
class TicketDeferred(Fact):
    verb = "ticket.deferred"
    about = ("ticket",)
    ticket: int
    until: str


@dataclass(frozen=True)
class TypeSet(Fact):
    verb = "ticket.type_set"
    about = ("ticket",)
    ticket: int
    type: int | None
    previous: int | None


@dataclass(frozen=True)
class FieldsSet(Fact):
    """`changed` holds the slugs; the values stand in the ticket."""

    verb = "ticket.fields_set"
    about = ("ticket",)
    ticket: int
    changed: str


@dataclass(frozen=True)
class TicketTagged(Fact):
    verb = "ticket.tagged"
    about = ("ticket",)
    ticket: int
    added: str
    removed: str


@dataclass(frozen=True)
class TopicChanged(Fact):
    verb = "ticket.topic_changed"
    about = ("ticket", "topic")
    ticket: int
    topic: int
    previous: int | None
    effort: int


@dataclass(frozen=True)
class TicketMerged(Fact):
    """Recorded once, about both: `ticket` went on in `target`."""

    verb = "ticket.merged"
    about = ("ticket",)
    ticket: int
    target: int
    customer: int


@dataclass(frozen=True)
class TicketAbsorbed(Fact):
    verb = "ticket.absorbed"
    about = ("ticket",)
    ticket: int
    source: int


@dataclass(frozen=True)
class TicketUnmerged(Fact):
    verb = "ticket.unmerged"
    about = ("ticket",)
    ticket: int
    other: int


@dataclass(frozen=True)
class TicketSplit(Fact):
    verb = "ticket.split"
    about = ("ticket",)
    ticket: int
    other: int
    messages: int


@dataclass(frozen=True)
class TicketLinked(Fact):
    verb = "ticket.linked"
    about = ("ticket",)
    ticket: int
    other: int
    kind: str


@dataclass(frozen=True)
class TicketUnlinked(Fact):
    verb = "ticket.unlinked"
    about = ("ticket",)
    ticket: int
    other: int
    kind: str


@dataclass(frozen=True)
class ParentSet(Fact):
    verb = "ticket.parent_set"
    about = ("ticket",)
    ticket: int
    parent: int | None
    previous: int | None


@dataclass(frozen=True)
class TicketWatched(Fact):
    verb = "ticket.watched"
    about = ("ticket", "member")
    ticket: int
    member: int


@dataclass(frozen=True)
class TicketUnwatched(Fact):
    verb = "ticket.unwatched"
    about = ("ticket", "member")
    ticket: int
    member: int


@dataclass(frozen=True)
class BulkDone(Fact):
    verb = "bulk.done"
    about = ()
    bulk: int
    deed: str
    done: int
    refused: int


@dataclass(frozen=True)
class BulkUndone(Fact):
    verb = "bulk.undone"
    about = ()
    bulk: int
    restored: int
    kept: int


@dataclass(frozen=True)
class TypeDefined(Fact):
    verb = "ticket_type.defined"
    about = ()
    type: int
    slug: str


@dataclass(frozen=True)
class FieldDefined(Fact):
    verb = "field.defined"
    about = ()
    field: int
    slug: str


@dataclass(frozen=True)
class TagRenamed(Fact):
    verb = "tag.renamed"
    about = ()
    tag: int
    name: str
    previous: str


@dataclass(frozen=True)
class TagsMerged(Fact):
    verb = "tag.merged"
    about = ()
    tag: int
    name: str
    previous: str
    tickets: int


@dataclass(frozen=True)
class TagDropped(Fact):
    verb = "tag.dropped"
    about = ()
    tag: int
    name: str
    tickets: int


@dataclass(frozen=True)
class TemplateDefined(Fact):
    verb = "template.defined"
    about = ()
    template: int


@dataclass(frozen=True)
class TemplateDropped(Fact):
    verb = "template.dropped"
    about = ()
    template: int


@dataclass(frozen=True)
class CustomerNamed(Fact):
    """Who wrote in gave the address of a customer we know; nobody has checked it."""

    verb = "ticket.customer_named"
    about = ("ticket", "customer")
    ticket: int
    customer: int
    previous_customer: int


@dataclass(frozen=True)
class ViewSaved(Fact):
    verb = "view.saved"
    about = ("view", "member", "team")
    view: int
    name: str
    query: str
    member: int | None
    team: int | None


@dataclass(frozen=True)
class ViewRemoved(Fact):
    verb = "view.removed"
    about = ("view", "member", "team")
    view: int
    name: str
    query: str
    member: int | None
    team: int | None


@dataclass(frozen=True)
class ViewsArranged(Fact):
    verb = "view.arranged"
    about = ()
    views: list[int]
