"""What the demo's customers, merchants on a selling platform, write in about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """A topic: names, keywords in both languages, minutes of work at difficulty 1, 2, 3, its share of traffic."""

    slug: str
    name_zh: str
    name_en: str
    keywords: tuple[str, ...]
    minutes: tuple[int, int, int]
    share: float


TOPICS = (
    TopicPlan(
        "accounts",
        "账号",
        "Accounts",
        (
            "账号",
            "密码",
            "登录",
            "验证码",
            "单点登录",
            "account",
            "password",
            "login",
            "sign in",
            "locked out",
            "SSO",
        ),
        (8, 20, 50),
        1.5,
    ),
    TopicPlan(
        "invoices",
        "发票",
        "Invoices",
        ("发票", "开票", "抬头", "专票", "税率", "税号", "invoice", "tax", "VAT", "credit note"),
        (10, 22, 50),
        1.2,
    ),
    TopicPlan(
        "settlement",
        "结算",
        "Settlement",
        (
            "结算",
            "提现",
            "货款",
            "到账",
            "打款",
            "分账",
            "对账单",
            "payout",
            "settlement",
            "bank account",
            "statement",
        ),
        (10, 25, 55),
        1.2,
    ),
    TopicPlan(
        "permissions",
        "权限",
        "Permissions",
        ("权限", "子账号", "角色", "审批", "成员", "permission", "role", "access", "approval", "team member"),
        (8, 20, 50),
        0.8,
    ),
    TopicPlan(
        "catalogue",
        "商品",
        "Catalogue",
        (
            "商品",
            "库存",
            "改价",
            "上架",
            "导入",
            "条码",
            "product",
            "stock",
            "price",
            "listing",
            "import",
            "barcode",
        ),
        (10, 22, 50),
        1.1,
    ),
    TopicPlan(
        "orders",
        "订单",
        "Orders",
        ("订单", "取消", "改地址", "预售", "退款", "拆单", "order", "cancel", "refund", "pre-order", "split"),
        (9, 22, 55),
        1.5,
    ),
    TopicPlan(
        "shipping",
        "物流",
        "Shipping",
        (
            "物流",
            "快递",
            "面单",
            "运费",
            "仓库",
            "清关",
            "shipping",
            "tracking",
            "parcel",
            "label",
            "warehouse",
            "customs",
        ),
        (9, 24, 60),
        1.3,
    ),
    TopicPlan(
        "api",
        "接口",
        "API & webhooks",
        (
            "接口",
            "密钥",
            "回调",
            "签名",
            "限流",
            "超时",
            "API",
            "webhook",
            "SDK",
            "401",
            "504",
            "rate limit",
            "key",
        ),
        (12, 30, 65),
        0.8,
    ),
    TopicPlan(
        "data",
        "数据",
        "Reports & data",
        (
            "数据",
            "报表",
            "看板",
            "转化率",
            "指标",
            "会员分层",
            "report",
            "dashboard",
            "metric",
            "segment",
            "forecast",
        ),
        (10, 26, 60),
        0.8,
    ),
    TopicPlan(
        "payments",
        "支付",
        "Payments",
        (
            "支付",
            "收款",
            "收款码",
            "手续费",
            "拒付",
            "盗刷",
            "payment",
            "card",
            "chargeback",
            "fee",
            "QR code",
        ),
        (9, 25, 60),
        1.1,
    ),
    TopicPlan(
        "security",
        "安全",
        "Security & privacy",
        (
            "安全",
            "两步验证",
            "钓鱼",
            "泄露",
            "个人信息",
            "异地登录",
            "security",
            "phishing",
            "breach",
            "personal data",
        ),
        (10, 28, 65),
        0.6,
    ),
    TopicPlan(
        "complaints",
        "投诉",
        "Complaints",
        (
            "投诉",
            "态度",
            "没人理",
            "退订",
            "道歉",
            "律师函",
            "complaint",
            "apology",
            "rude",
            "unhappy",
            "no reply",
        ),
        (12, 30, 60),
        0.7,
    ),
)


def minutes_of(slug: str, difficulty: int) -> int:
    """Expected minutes of work on such a ticket."""
    return next((plan.minutes[difficulty - 1] for plan in TOPICS if plan.slug == slug), 15)
