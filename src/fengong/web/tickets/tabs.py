"""The tabs of the list: the standing ones, then saved views, with how many unresolved tickets each holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import pgettext_lazy

from fengong.desk.reading import counting
from fengong.desk.reading.views import view_of, views_of
from fengong.kernel.clock import now

STANDING = (
    ("mine", pgettext_lazy("list", "Mine")),
    ("team", pgettext_lazy("list", "Team")),
    ("unassigned", pgettext_lazy("list", "Unassigned")),
    ("all", pgettext_lazy("list", "All")),
)


@dataclass(frozen=True)
class Tab:
    """A tab: its name in the address, what it is called, how many tickets it holds, and whether others see it too."""

    name: str
    label: Any
    count: str | None
    query: str
    is_saved: bool = False
    is_shared: bool = False
    settings: str = ""
    """Where a saved view is changed."""


def tabs_for(member: Any, kept: dict[str, Any], *, counted: str | None = None) -> tuple[Tab, ...]:
    """All tabs of a member; `kept` are the filters that stay when the tab is changed. A saved view begins anew.

    Of saved views only the one named `counted` is counted, or all of them where it is None.
    """
    saved = list(views_of(member))
    wanted = [view for view in saved if counted in (None, f"v{view.pk}")]
    counts = counting.of_tabs(member, wanted, at=now())
    standing = tuple(
        Tab(name, label, _told(counts.get(name)), urlencode({**kept, "view": name}))
        for name, label in STANDING
    )
    return standing + tuple(
        Tab(
            f"v{view.pk}",
            view.name,
            _told(counts.get(f"v{view.pk}")),
            urlencode({"view": f"v{view.pk}"}),
            is_saved=True,
            is_shared=view.is_shared,
            settings=f"/settings/views/{view.pk}",
        )
        for view in saved
    )


def view_named(name: str, member: Any) -> Any:
    """The saved view of this name in the address, None for none that the member sees."""
    number = name.removeprefix("v")
    if number == name or not number.isdecimal() or len(number) > 18:
        return None
    return view_of(member, int(number))


def _told(count: int | None) -> str | None:
    if count is None:
        return None
    return f"{counting.BOUND - 1}+" if count >= counting.BOUND else str(count)
