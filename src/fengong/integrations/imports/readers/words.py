"""What other desks call states and priorities, in our words. A run may say otherwise for its own words."""

from __future__ import annotations

STATUSES: dict[str, tuple[str, str]] = {
    "new": ("waiting", ""),
    "open": ("open", ""),
    "in progress": ("open", ""),
    "pending": ("pending", "customer"),
    "pending reminder": ("pending", "customer"),
    "snoozed": ("pending", "customer"),
    "waiting on customer": ("pending", "customer"),
    "hold": ("pending", "third_party"),
    "on hold": ("pending", "third_party"),
    "solved": ("resolved", "solved"),
    "resolved": ("resolved", "solved"),
    "pending close": ("resolved", "solved"),
    "closed": ("resolved", "solved"),
    "done": ("resolved", "solved"),
    "merged": ("resolved", "merged"),
    "removed": ("resolved", "not_ours"),
    "spam": ("resolved", "spam"),
    "新建": ("waiting", ""),
    "待处理": ("waiting", ""),
    "处理中": ("open", ""),
    "进行中": ("open", ""),
    "等待客户": ("pending", "customer"),
    "挂起": ("pending", "third_party"),
    "已解决": ("resolved", "solved"),
    "已完成": ("resolved", "solved"),
    "已关闭": ("resolved", "solved"),
    "": ("waiting", ""),
}
"""Their word, case folded: our status and reason."""

PRIORITIES: dict[str, int] = {
    "1 low": 1, "low": 1, "p3": 1, "低": 1, "最低": 1,
    "2 normal": 2, "normal": 2, "medium": 2, "p2": 2, "": 2, "中": 2, "普通": 2,
    "3 high": 3, "high": 3, "p1": 3, "高": 3,
    "urgent": 4, "critical": 4, "p0": 4, "紧急": 4, "最高": 4,
}  # fmt: skip


def status(word: str, own: dict[str, str]) -> tuple[str, str] | None:
    """Our status and reason for their word; None where nobody has said what it means."""
    plain = word.strip().casefold()
    said = own.get(word) or own.get(plain)
    return (said, _usual_reason(said)) if said else STATUSES.get(plain)


def priority(word: str, own: dict[str, str]) -> int | None:
    """Our priority for their word."""
    plain = word.strip().casefold()
    said = own.get(word) or own.get(plain)
    return int(said) if said and said.isdecimal() else PRIORITIES.get(plain)


def _usual_reason(status: str) -> str:
    return {"pending": "customer", "resolved": "solved"}.get(status, "")
