"""That a desk never loses its last administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from fengong.kernel.errors import Conflict
from fengong.people.models import Member, Position


@contextmanager
def some_administrator_stays() -> Iterator[None]:
    """Around a change, inside its transaction: Conflict where there was an administrator before and is none after.

    Whoever changes administrators does so alone: the rows of all of them are locked, so that two who leave at once do
    not each count on the other.
    """
    holding = Member.objects.filter(active=True, position__role=Position.Role.ADMINISTRATOR)
    before = list(
        holding.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True)
    )
    yield
    if before and not holding.exists():
        raise Conflict(_("Somebody has to stay an administrator. Make another one first."))
