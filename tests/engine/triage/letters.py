"""Short requests in both languages over four topics, put together from parts, with their true grades."""

from __future__ import annotations

from random import Random

from fengong.engine.triage.grade import Example

REFUND, LOGIN, DELIVERY, INTERFACE = 1, 2, 3, 4

PARTS = {
    REFUND: (
        ["我要申请退款", "上个月的发票金额不对", "请把多收的钱退给我", "退货以后一直没收到退款"],
        [
            "I want a refund",
            "the invoice shows a wrong amount",
            "please give my money back",
            "I was charged too much",
        ],
    ),
    LOGIN: (
        ["账号登录不上", "忘记密码了怎么重置", "验证码一直收不到", "我的账号被锁定"],
        ["I cannot sign in", "how do I reset my password", "the code never arrives", "my account is locked"],
    ),
    DELIVERY: (
        ["快递三天没有动静", "包裹寄到了错误的地址", "什么时候发货", "想改一下收货地址"],
        [
            "my parcel has not moved",
            "the package went to another address",
            "when will it ship",
            "change the courier",
        ],
    ),
    INTERFACE: (
        ["调用接口返回五百", "回调签名校验不通过", "批量导入数据时超时", "开发文档里的参数不对"],
        [
            "the API answers 500",
            "the webhook signature fails",
            "bulk import times out",
            "a parameter is missing",
        ],
    ),
}
HARDER = {
    1: (["谢谢", "麻烦看一下"], ["thanks", "please have a look"]),
    2: (["试了几次还是失败", "换了设备也不行"], ["it failed several times", "another device fails too"]),
    3: (
        ["日志里有底层报错需要研发排查", "集群迁移之后出现并发问题"],
        ["a stack trace is in the log", "after the migration"],
    ),
}


def letters(count: int, seed: int = 3) -> list[Example]:
    dice = Random(seed)
    made = []
    for _ in range(count):
        topic, difficulty, language = dice.choice(list(PARTS)), dice.choice([1, 2, 3]), dice.randrange(2)
        said = [dice.choice(PARTS[topic][language]), dice.choice(HARDER[difficulty][language])]
        made.append(Example(("，" if language == 0 else ", ").join(said), topic, difficulty))
    return made
