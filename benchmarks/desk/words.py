"""What customers and members write in the benchmark: Chinese and English, put together from phrases of our own.

Some words are sown at known rates, so that a search for one has a known number of answers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Sown:
    """A word in each language that stands in one ticket of so many, or in so many tickets of any desk."""

    zh: str
    en: str
    one_in: int = 0
    tickets: int = 0


COMMON = Sown("登录", "password", one_in=5)
MEDIUM = Sown("电子发票", "chargeback", one_in=100)
RARE = Sown("玻璃幕墙", "semaphore", tickets=12)
SOWN = (COMMON, MEDIUM, RARE)

ZH_STARTS = (
    "您好，", "麻烦帮忙看一下，", "我们这边", "今天上午", "昨天晚上开始", "客户反映", "按照说明操作以后",
    "升级之后", "同事那边", "从上周起", "再次确认，", "补充一点，", "收到，谢谢。", "请问", "财务同事说",
)  # fmt: skip
ZH_MIDDLES = (
    "订单一直显示处理中", "导出的表格少了几行", "短信验证码收不到", "接口偶尔返回超时", "页面打开很慢",
    "付款成功但是没有到账", "地址修改以后没有保存", "权限申请没有人审批", "合同附件无法下载", "仓库库存对不上",
    "会员等级没有更新", "优惠券不能使用", "配送时间推迟了两天", "报表里的金额和实际不一致", "消息提醒重复发送",
    "手机端闪退", "打印的标签字体太小", "批量导入提示格式错误", "退款申请被驳回", "设备离线之后不能恢复",
)  # fmt: skip
ZH_ENDS = (
    "，请尽快处理。", "，不知道是什么原因。", "，影响我们对账。", "，麻烦给个时间。", "，截图在附件里。",
    "，重启也没有用。", "，其他部门是正常的。", "，之前从来没有出现过。", "，先帮我们恢复一下。", "。",
)  # fmt: skip
EN_STARTS = (
    "Hello, ", "Since this morning ", "After the last update ", "Our accountant says that ", "As described, ",
    "One more thing: ", "Thanks for the quick answer, but ", "On two machines ", "For one customer ", "Today ",
)  # fmt: skip
EN_MIDDLES = (
    "the export stops at half of the rows", "the confirmation mail never arrives", "the invoice shows a wrong address",
    "the webhook is called twice", "the page takes a minute to open", "the coupon is refused at checkout",
    "the report and the ledger differ", "the mobile app closes by itself", "the delivery was moved to next week",
    "the import complains about a date", "the printer only prints blank labels", "the contract cannot be downloaded",
    "new colleagues do not see the shared folder", "the stock of one article is negative",
)  # fmt: skip
EN_ENDS = (
    ". Please have a look.", ", and nobody knows why.", ". It worked last week.", ", which blocks our closing.",
    ". A screenshot is attached.", ". Restarting did not help.", ".", ", could you tell us when it is solved?",
)  # fmt: skip
FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文辉玲红玉兰萍鹏飞"
PLACES = ("北风", "南山", "青禾", "远航", "立新", "恒通", "云帆", "海天", "东方", "长青")
TRADES = ("商贸", "科技", "物流", "电子", "食品", "医疗", "教育", "建材", "服装", "能源")


class Writer:
    """Writes with dice of its own, the same every time."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def sentence(self, chinese: bool) -> str:
        """One sentence, now and then with a number in it."""
        pick = self.dice.choice
        if chinese:
            said = pick(ZH_STARTS) + pick(ZH_MIDDLES) + pick(ZH_ENDS)
            return said + f"单号 {self._code()}。" if self.dice.random() < 0.2 else said
        said = pick(EN_STARTS) + pick(EN_MIDDLES) + pick(EN_ENDS)
        return said + f" Order {self._code()}." if self.dice.random() < 0.2 else said

    def message(self, chinese: bool) -> str:
        """Two to four sentences."""
        joint = "" if chinese else " "
        return joint.join(self.sentence(chinese) for _ in range(self.dice.randint(2, 4)))

    def subject(self, chinese: bool) -> str:
        """A line that says what it is about."""
        return self.dice.choice(ZH_MIDDLES if chinese else EN_MIDDLES)

    def person(self) -> str:
        """A name."""
        return self.dice.choice(FAMILIES) + "".join(self.dice.sample(GIVEN, 2))

    def _code(self) -> str:
        return f"{self.dice.choice('ABCDEFGHKMNPRSTX')}{self.dice.randint(10**5, 10**6 - 1)}"


def die(number: int, salt: int, sides: int) -> int:
    """A throw that depends on nothing but the number and the salt."""
    mixed = (number * 0x9E3779B97F4A7C15 + salt * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    mixed = ((mixed ^ (mixed >> 29)) * 0x94D049BB133111EB) & (2**64 - 1)
    return (mixed >> 33) % sides


def sown(number: int, count: int) -> str:
    """The sown words that this ticket of so many holds."""
    found = []
    for salt, word in enumerate(SOWN):
        every = word.one_in or max(count // word.tickets, 2)
        throw = number % every if word.tickets else die(number, salt, every)
        found += [text for place, text in enumerate((word.zh, word.en)) if throw == place]
    return " ".join(found)
