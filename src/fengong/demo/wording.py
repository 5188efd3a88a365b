"""From the parts of a case to what a particular person would write: formal, plain, casual, in a hurry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fengong.demo.corpus import Case, voice
from fengong.demo.dice import Dice
from fengong.demo.slots import STAFF
from fengong.demo.story import Customer

STYLES = ("formal", "plain", "plain", "casual")


@dataclass(frozen=True, slots=True)
class Words:
    """Whose words, with which numbers and names, and the dice that choose among them."""

    customer: Customer
    slots: Mapping[str, str]
    dice: Dice

    def put(self, text: str) -> str:
        """The text with its slots filled."""
        customer = self.customer
        named = {"name": customer.name, "first": customer.first_name, "org": customer.organization}
        return text.format_map({**self.slots, **named})

    @property
    def style(self) -> str:
        """How this customer writes, always the same."""
        return Dice("style", self.customer.email).pick(STYLES)

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.customer.language == "zh" else " "


def subject(case: Case, words: Words, priority: int) -> str:
    """A subject line."""
    text = words.put(words.dice.pick(case.subject))
    chinese = words.customer.language == "zh"
    if priority == 4 and "URGENT" not in text and words.dice.chance(0.5):
        return f"【急】{text}" if chinese else f"URGENT: {text}"
    if words.dice.chance(0.12):
        return (
            f"{text}（{words.customer.organization}）"
            if chinese
            else f"{text} ({words.customer.organization})"
        )
    return text if chinese else text[0].upper() + text[1:] if words.style == "formal" else text


def opening(case: Case, words: Words, priority: int) -> str:
    """The first message."""
    dice, lines, style = words.dice, voice(words.customer.language), words.style
    parts = [words.put(dice.pick(case.situation)), words.put(dice.pick(case.detail))]
    if dice.chance(0.65):
        parts.append(words.put(dice.pick(case.tried)))
    if dice.chance(0.35):
        parts.insert(0, words.put(dice.pick(lines["extra"])))
    if dice.chance(0.85):
        parts.append(words.put(dice.pick(case.want)))
    if priority >= 3 and dice.chance(0.6):
        parts.append(dice.pick(lines["press"]))
    hello, bye = words.put(dice.pick(lines[f"hello_{style}"])), words.put(dice.pick(lines[f"bye_{style}"]))
    if style == "casual":
        return _casual(parts, hello, bye, words)
    return _letter(parts, hello, bye, words)


def reply(text: str, words: Words, *, closing: bool = True) -> str:
    """A member's answer."""
    dice, lines = words.dice, voice(words.customer.language)
    begin, end = words.put(dice.pick(lines["reply_open"])), dice.pick(lines["reply_close"]) if closing else ""
    if words.customer.language == "zh":
        return f"{begin}{words.put(text)}{end}"
    return "\n\n".join(part for part in (begin, words.put(text), end) if part)


def _letter(parts: list[str], hello: str, bye: str, words: Words) -> str:
    """Greeting, text, farewell; long ones in two paragraphs."""
    dice, gap = words.dice, words.gap
    cut = dice.whole(1, len(parts) - 1) if len(parts) > 2 and dice.chance(0.5) else len(parts)
    blocks = [block for block in (gap.join(parts[:cut]), gap.join(parts[cut:])) if block]
    if words.customer.language == "zh" and hello.endswith("，"):
        blocks[0] = hello + blocks[0]
        return "\n".join([*blocks, bye] if dice.chance(0.7) else blocks)
    return "\n\n".join([hello, *blocks, bye] if dice.chance(0.85) else [hello, *blocks])


def _casual(parts: list[str], hello: str, bye: str, words: Words) -> str:
    """As people type into a chat: line by line, without much punctuation."""
    dice = words.dice
    lines = [part.rstrip("。.") for part in parts]
    if words.customer.language == "en":
        lines = [_lowered(line) for line in lines]
        return " ".join([f"{hello},", ". ".join(lines), bye] if dice.chance(0.6) else [". ".join(lines)])
    joint = "\n" if dice.chance(0.5) else " "
    return joint.join([hello, *lines, bye] if dice.chance(0.6) else lines)


def _lowered(line: str) -> str:
    """A sentence that begins small, but for a name, a number or the word I."""
    first = re.split(r"[ ',:]", line, maxsplit=1)[0]
    keeps = first.isupper() or first in STAFF["en"] or not first.isalpha()
    return line if keeps else line[0].lower() + line[1:]
