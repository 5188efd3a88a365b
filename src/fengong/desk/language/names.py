"""The words of the language: the English name of each, and what else people may type for it."""

from __future__ import annotations

NAMES: dict[str, tuple[str, ...]] = {
    "status": ("state", "状态"),
    "is": ("是",),
    "owner": ("assignee", "负责人", "处理人", "受理人"),
    "team": ("团队", "组"),
    "tier": ("level", "级别"),
    "difficulty": ("难度",),
    "priority": ("优先级",),
    "topic": ("主题", "话题"),
    "type": ("kind", "类型"),
    "tag": ("label", "标签"),
    "channel": ("渠道",),
    "language": ("lang", "语言"),
    "reason": ("原因",),
    "customer": ("contact", "requester", "客户", "联系人"),
    "org": ("organization", "organisation", "company", "组织", "公司", "机构"),
    "grade": ("等级", "客户等级"),
    "subject": ("title", "标题"),
    "opened": ("created", "创建", "提交"),
    "updated": ("active", "更新", "活动"),
    "assigned": ("派单", "分派"),
    "resolved": ("closed", "解决", "关闭"),
    "waiting": ("等待",),
    "due": ("deadline", "时限", "到期"),
    "breached": ("broken", "超时", "违约"),
    "snoozed": ("暂缓", "稍后"),
    "watching": ("watcher", "关注"),
    "has": ("有", "含"),
    "parent": ("父工单",),
    "number": ("id", "编号", "工单号"),
}
FIELD = ("field", "字段")
_KNOWN = {typed: name for name, others in NAMES.items() for typed in (name, *others)}


def named(typed: str) -> str | None:
    """The English name of what was typed, None for no word; `field.NAME` names a field of the desk's own."""
    first, dot, rest = typed.partition(".")
    if dot and first.lower() in FIELD and rest:
        return f"field.{rest}"
    return _KNOWN.get(typed.lower())


def offered(beginning: str) -> list[tuple[str, str]]:
    """Words that begin so, as (English name, what matches): first by English names, then by what else is typed."""
    start = beginning.lower()
    english = [(name, name) for name in NAMES if name.startswith(start)]
    others = [(name, typed) for typed, name in _KNOWN.items() if typed != name and typed.startswith(start)]
    return english + [(name, typed) for name, typed in others if start and (name, name) not in english]
