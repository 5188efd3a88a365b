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
