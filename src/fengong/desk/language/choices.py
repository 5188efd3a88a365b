"""Values that come from a fixed list, with what people may type for each."""

from __future__ import annotations

from fengong.desk.language.errors import not_one_of
from fengong.desk.language.tree import Value

Choices = dict[str, tuple[str, ...]]

STATUS: Choices = {
    "waiting": ("new", "待派单", "等待派单", "待分配"),
    "open": ("处理中", "进行中"),
    "pending": ("on-hold", "等待客户", "等客户"),
    "resolved": ("closed", "solved", "已解决", "已关闭"),
    "live": ("unresolved", "未解决", "未关闭"),
}
PRIORITY: Choices = {
    "low": ("1", "低"),
    "normal": ("2", "medium", "普通", "中"),
    "high": ("3", "高"),
    "urgent": ("4", "紧急"),
}
DIFFICULTY: Choices = {
    "common": ("1", "easy", "简单"),
    "medium": ("2", "中等", "中"),
    "hard": ("3", "困难", "难"),
}
TIER: Choices = {"1": ("l1", "一级"), "2": ("l2", "二级"), "3": ("l3", "三级")}
CHANNEL: Choices = {
    "web": ("form", "网页", "网页表单"),
    "mail": ("email", "e-mail", "邮件", "邮箱"),
    "chat": ("聊天", "在线"),
    "phone": ("call", "电话"),
    "api": ("接口",),
}
LANGUAGE: Choices = {"zh-hans": ("zh", "chinese", "中文"), "en": ("english", "英文")}
GRADE: Choices = {
    "standard": ("标准",),
    "business": ("企业",),
    "key": ("vip", "重点", "重点客户"),
}
REASON: Choices = {
    "customer": ("等客户", "客户"),
    "third_party": ("第三方",),
    "snoozed": ("暂缓",),
    "solved": ("已解决",),
    "no_answer": ("未回复",),
    "not_ours": ("不受理",),
    "spam": ("垃圾", "垃圾邮件"),
    "merged": ("合并", "已合并"),
}
YES_NO: Choices = {"yes": ("true", "1", "是", "有"), "no": ("false", "0", "否", "无")}
IS: Choices = {
    "waiting": ("new", "待派单", "等待派单"),
    "open": ("处理中",),
    "pending": ("等待客户",),
    "resolved": ("closed", "已解决", "已关闭"),
    "live": ("unresolved", "未解决"),
    "mine": ("我的",),
    "unassigned": ("未分配", "待分配"),
    "breached": ("overdue", "late", "超时"),
    "snoozed": ("暂缓",),
    "answered": ("已回复",),
    "unanswered": ("未回复",),
    "merged": ("已合并",),
    "child": ("子工单",),
}
HAS: Choices = {
    "owner": ("负责人",),
    "topic": ("主题",),
    "org": ("organization", "公司", "组织"),
    "reply": ("回复",),
    "note": ("备注", "内部备注"),
    "due": ("时限",),
    "tag": ("标签",),
    "type": ("类型",),
    "attachment": ("file", "附件"),
    "link": ("关联",),
    "watcher": ("关注",),
    "parent": ("父工单",),
    "children": ("子工单",),
}
BREACHED: Choices = {
    **YES_NO,
    "first_response": ("first-response", "response", "首次响应", "首响"),
    "next_response": ("next-response", "下次响应"),
    "update": ("更新",),
    "resolution": ("解决",),
    "ownership": ("持有", "处理时长"),
}
ANYBODY: Choices = {"me": ("我", "自己"), "none": ("nobody", "无", "无人"), "any": ("anybody", "任何人")}


def chosen(value: Value, choices: Choices) -> str:
    """Which of the choices was typed; Invalid when none of them."""
    typed = value.text.strip().lower()
    for choice, others in choices.items():
        if typed == choice or typed in others:
            return choice
    raise not_one_of(value.place, value.text, choices)
