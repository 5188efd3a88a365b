"""What the demo's desk is furnished with, as words: types, fields, templates, macros, views, a rule, a survey."""

from __future__ import annotations

from typing import Any

MARK = "question"
"""The slug of the type that is written first; where it stands, the desk is furnished."""

TYPES = (
    (MARK, "咨询", "Question"),
    ("incident", "故障", "Incident"),
    ("request", "服务请求", "Request"),
)

FIELDS: tuple[tuple[str, str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("order-number", "text", "订单号", "Order number", ()),
    (
        "impact", "choice", "影响范围", "Impact",
        (("one", "一位员工", "One person"), ("shop", "整个店铺", "The whole shop"),
         ("all", "所有门店", "All shops")),
    ),
)  # fmt: skip
"""Slug, kind, names, and the choices there are."""

TAGS = {
    "accounts": "登录", "billing": "对账", "invoices": "开票", "shipping": "物流异常", "payments": "支付失败",
    "refunds": "退款", "api": "接口", "orders": "订单", "complaints": "投诉", "security": "安全",
}  # fmt: skip
"""What a ticket of a topic is tagged with, now and then."""
OFTEN = "常见问题"

TEMPLATES: tuple[dict[str, Any], ...] = (
    {
        "name_zh": "电话登记：支付失败",
        "name_en": "By phone: a payment failed",
        "subject": "支付失败",
        "body": "来电时间：\n店铺：\n订单号：\n提示内容：",
        "priority": 3,
        "topic": "payments",
        "tags": ["电话"],
    },
    {
        "name_zh": "请技术同事排查",
        "name_en": "Ask engineering to look",
        "subject": "请排查",
        "body": "现象：\n已尝试：\n期望：",
        "topic": "api",
        "tags": ["技术排查"],
    },
)

MACROS: tuple[dict[str, Any], ...] = (
    {
        "name_zh": "请客户补充信息，等待回复",
        "name_en": "Ask for details and wait",
        "body_zh": "{{customer.name|您好}}，为了尽快查清，麻烦提供订单号、出现的时间和页面截图。收到后我们马上处理。",
        "body_en": "Hello {{customer.name|there}}, to look into this we need the order number, when it happened and a"
        " screenshot. We will go on as soon as we have them.",
        "deeds": [{"deed": "wait", "reason": "customer"}, {"deed": "add_tags", "tags": "待补充"}],
    },
    {
        "name_zh": "确认已恢复，关闭工单",
        "name_en": "It works again: resolve",
        "body_zh": "已经恢复正常，您可以刷新页面再试。如再出现，直接回复这条消息即可。",
        "body_en": "It works again; please reload the page. Should it come back, simply answer this message.",
        "deeds": [{"deed": "resolve", "reason": "solved"}],
    },
    {
        "name_zh": "整店受影响：加急并通知主管",
        "name_en": "Whole shop affected: urgent, tell the lead",
        "writes": "note",
        "body_zh": "整个店铺受影响，按紧急处理。",
        "body_en": "The whole shop is affected; handled as urgent.",
        "deeds": [
            {"deed": "set_priority", "priority": 4},
            {"deed": "set_field", "field": "impact", "value": "shop"},
            {"deed": "notify", "who": "lead", "text": "整店受影响，请关注"},
        ],
    },
)

VIEWS = (
    ("重点客户 · Key accounts", "grade:key status:live"),
    ("紧急未解决 · Urgent", "priority:urgent status:live"),
    ("常见问题 · Common", f"tag:{OFTEN}"),
)

RULE: dict[str, Any] = {
    "name_zh": "重点客户来信时打标签并提醒主管",
    "name_en": "A key account writes: tag it, tell the lead",
    "events": ["opened"],
    "condition": "grade:key",
    "deeds": [
        {"deed": "add_tags", "tags": "重点客户"},
        {"deed": "note", "text": "重点客户，请优先处理。 A key account: please take it first."},
    ],
}

SURVEY: dict[str, Any] = {
    "name": "关闭后满意度 · After closing",
    "question_zh": "这次服务您满意吗？",
    "question_en": "How did we do?",
    "ways": ["portal", "widget"],
    "low": 2,
    "follow_up": "note",
}
ANSWERS = (
    (5, "回复很快，问题一次就解决了。"), (5, "Quick and friendly, thank you!"), (4, ""), (5, ""),
    (3, "解决了，但是等得有点久。"), (2, "问了两遍才有人看我的截图。"), (4, "Good, could be a little faster."),
    (5, "小哥很耐心。"), (1, "Nobody told me that it was handed on."), (5, ""), (4, "谢谢"), (5, "非常满意"),
)  # fmt: skip

WIDGET: dict[str, Any] = {
    "name": "商家后台 · Merchant console",
    "origins": ["http://localhost:8000", "http://127.0.0.1:8000"],
    "greeting_zh": "您好，有什么可以帮您？",
    "greeting_en": "Hello, how can we help?",
    "away_zh": "现在没有同事在线，留下邮箱，我们会回复您。",
    "away_en": "Nobody is here just now. Leave your address and we will answer.",
}

SIGNATURES = {
    "zh-hans": "商户服务部\n工作日 9:00–18:00，紧急问题随时可以联系",
    "en": "Merchant Care\nWeekdays 9:00 to 18:00, urgent matters at any time",
}

OFFICE = [[[540, 720], [780, 1080]]] * 5 + [[], []]
"""Monday to Friday from nine to six, with lunch from twelve to one."""
