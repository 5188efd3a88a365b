"""Awkward mails written for this project, each with the reason why it is here and what must become of it."""

from __future__ import annotations

from tests.integrations.mail.corpus import broken, charsets, machines, names, shapes
from tests.integrations.mail.corpus.case import Case

CASES: tuple[Case, ...] = (*charsets.CASES, *names.CASES, *shapes.CASES, *machines.CASES, *broken.CASES)
