"""What the slots of the corpus may hold: numbers, amounts, dates, goods, people, as they look in each language."""

from __future__ import annotations

from fengong.demo.dice import Dice

GOODS = {
    "zh": (
        "保温杯",
        "儿童雨衣",
        "手冲咖啡壶",
        "羊绒围巾",
        "折叠椅",
        "陶瓷餐具",
        "冷冻虾仁",
        "乳胶枕",
        "蓝牙音箱",
        "猫抓板",
        "护眼台灯",
        "登山包",
    ),
    "en": (
        "kettle",
        "rain jacket",
        "coffee grinder",
        "wool scarf",
        "folding chair",
        "dinner set",
        "prawn box",
        "pillow",
        "bluetooth speaker",
        "cat scratcher",
        "desk lamp",
        "backpack",
    ),
}
CITIES = {
    "zh": ("杭州", "成都", "武汉", "厦门", "西安", "长沙", "青岛", "昆明", "郑州", "佛山"),
    "en": (
        "Leeds",
        "Bristol",
        "Cork",
        "Halifax",
        "Portland",
        "Antwerp",
        "Malmö",
        "Valencia",
        "Perth",
        "Gdańsk",
    ),
}
STORES = {
    "zh": ("城西店", "万象城店", "火车站店", "大学城店", "滨江店", "老街店", "机场店", "新区店"),
    "en": (
        "the Leeds shop",
        "our harbour shop",
        "the station kiosk",
        "the outlet store",
        "the High Street shop",
        "our airport stand",
        "the Mill Road shop",
        "the new branch",
    ),
}
STAFF = {
    "zh": ("小周", "阿玲", "老陈", "小何", "晓雯", "阿杰", "小吴", "佳佳", "志明", "大刘"),
    "en": ("Priscilla", "Tom", "Anders", "Kate", "Joel", "Marina", "Ravi", "Beth", "Lukas", "Dee"),
}
WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {"zh": ("上个月", "这个月", "上月"), "en": ("last month", "this month")}
ENDPOINTS = ("/v2/orders", "/v2/products", "/v2/stock", "/v2/refunds", "/v2/shipments", "/v2/members")
CURRENCIES = ("£", "€", "$")
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}


def fill(language: str, dice: Dice) -> dict[str, str]:
    """One value for every slot; a story keeps its values from the first line to the last."""
    day = dice.whole(1, 28)
    currency = dice.pick(CURRENCIES)
    return {
        "order": f"{dice.whole(26, 26)}{dice.whole(10_000_000, 99_999_999)}",
        "invoice": str(dice.whole(10_000_000, 99_999_999))
        if language == "zh"
        else f"INV-{dice.whole(10_000, 99_999)}",
        "tracking": f"{dice.whole(7000, 9999)}{dice.whole(1000, 9999)}{dice.whole(1000, 9999)}",
        "tail": f"{dice.whole(0, 9999):04d}",
        "sku": f"{dice.pick('ABCDFHKMPRT')}{dice.pick('ABCDFHKMPRT')}-{dice.whole(1000, 9999)}",
        "code": f"E{dice.whole(1000, 5999)}",
        "endpoint": dice.pick(ENDPOINTS),
        "n": str(dice.whole(4, 24)),
        "big": _thousands(dice.whole(40, 980) * 10 + dice.whole(0, 9)),
        "amount": _money(language, currency, dice.between(2_000, 90_000)),
        "small": _money(language, currency, dice.between(30, 900)),
        "time": f"{dice.whole(0, 23)}:{dice.whole(0, 11) * 5:02d}",
        "day": f"{day}号" if language == "zh" else f"the {day}{_ORDINALS.get(day, 'th')}",
        "weekday": dice.pick(WEEKDAYS[language]),
        "month": dice.pick(MONTHS[language]),
        "product": dice.pick(GOODS[language]),
        "city": dice.pick(CITIES[language]),
        "store": dice.pick(STORES[language]),
        "staff": dice.pick(STAFF[language]),
    }


def _money(language: str, currency: str, value: float) -> str:
    if language == "zh":
        return f"{value:.2f} 元" if value < 1000 else f"{int(value)} 元"
    return f"{currency}{value:,.2f}"


def _thousands(value: int) -> str:
    return f"{value}" if value < 10_000 else f"{value:,}"
