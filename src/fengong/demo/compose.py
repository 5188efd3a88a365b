"""Stories made from the corpus, each a pure function of a seed and its number."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from fengong.demo import slots
from fengong.demo.corpus import Case, Voice, cases, voice
from fengong.demo.dice import Dice
from fengong.demo.story import Customer, Handover, Story, Turn
from fengong.demo.topics import TOPICS
from fengong.demo.wording import Words, opening, reply, subject

DIFFICULTIES = ((1, 61.0), (2, 31.0), (3, 8.0))
PRIORITIES = {
    1: ((1, 15.0), (2, 70.0), (3, 13.0), (4, 2.0)),
    2: ((1, 5.0), (2, 58.0), (3, 30.0), (4, 7.0)),
    3: ((2, 30.0), (3, 48.0), (4, 22.0)),
}
CHANNELS = (("web", 35.0), ("chat", 30.0), ("mail", 25.0), ("phone", 6.0), ("api", 4.0))
GRADES = {"standard": 1.0, "business": 1.6, "key": 2.2}
"""How much more the people of larger customers write."""
CHINESE = 0.62
LOOKS_EASIER = 0.22
"""Share of medium and hard matters that look one step easier at first sight."""


def compose(seed: int, n: int, *, first: int = 0) -> tuple[Story, ...]:
    """The stories numbered from `first` on."""
    return tuple(story(seed, number) for number in range(first, first + n))


def story(seed: int, number: int, *, topic: str = "") -> Story:
    """One story; with a topic, one about that."""
    dice = Dice("story", seed, number, topic)
    customer = _customer(dice)
    topic = topic or dice.weighted([(plan.slug, plan.share) for plan in TOPICS])
    difficulty = dice.weighted(DIFFICULTIES)
    graded = difficulty - 1 if difficulty > 1 and dice.chance(LOOKS_EASIER) else difficulty
    case = dice.pick(cases(topic, customer.language, difficulty))
    words = Words(customer, slots.fill(customer.language, dice), dice)
    priority = dice.weighted(PRIORITIES[difficulty])
    turns = _turns(case, words, difficulty)
    asked = any(turn.kind == "ask" for turn in turns)
    return Story(
        number=number,
        customer=customer,
        channel=dice.weighted(CHANNELS),
        topic=topic,
        difficulty=difficulty,
        graded=graded,
        priority=priority,
        subject=subject(case, words, priority),
        body=opening(case, words, priority),
        turns=turns,
        handovers=_handovers(case.handover, words),
        outcome="moved" if graded < difficulty else "answered" if asked else "solved",
    )


def stranger(customer: Customer, number: int, difficulty: int) -> Story:
    """A story for a ticket that none was written for: a real person gets an answer that fits anything.

    It has no turns of the customer's, for those are the real person's to write.
    """
    dice = Dice("stranger", number)
    words = Words(customer, slots.fill(customer.language, dice), dice)
    lines = voice(customer.language)
    turns = (
        Turn("ack", words.put(dice.pick(lines["ack"]))),
        Turn("ask", dice.pick(lines["ask"])),
        Turn("fix", reply(dice.pick(lines["fix"]), words)),
    )
    return Story(
        number=number,
        customer=customer,
        channel="web",
        topic="",
        difficulty=difficulty,
        graded=difficulty,
        priority=2,
        subject="",
        body="",
        turns=turns,
        handovers=_handovers((), words),
        outcome="answered",
    )


def afterthought(told: Story, said: Collection[str]) -> Turn | None:
    """An answer to what the customer wrote beyond the story; None when all that can be said was said."""
    left = (line for line in voice(told.language)["fix"] if line not in said)
    line = next(left, None)
    return Turn("fix", line) if line else None


@cache
def customers() -> tuple[Customer, ...]:
    """Everybody who may write in."""
    data = tomllib.loads(files("fengong.demo").joinpath("organizations.toml").read_text("utf-8"))
    return tuple(
        Customer(person, f"{_local(number)}@{org['domain']}.example", org["name"], org["grade"], language)
        for language, orgs in data.items()
        for org in orgs
        for number, person in enumerate(org["people"])
    )


def _local(number: int) -> str:
    """The part of an address before the @: the first person of a company is the one in charge."""
    return ("shop", "orders", "finance", "it")[number]


def _customer(dice: Dice) -> Customer:
    language = "zh" if dice.chance(CHINESE) else "en"
    return dice.weighted([(c, GRADES[c.grade]) for c in customers() if c.language == language])


def _turns(case: Case, words: Words, difficulty: int) -> tuple[Turn, ...]:
    """The steps after the opening, in order; moves up a tier are decided by who holds the ticket, not here."""
    dice, lines = words.dice, voice(words.customer.language)
    harder = difficulty > 1
    found = []
    if dice.chance(0.75 if harder else 0.3):
        found.append(Turn("ack", words.put(dice.pick(lines["ack"]))))
    if dice.chance(0.6 if harder else 0.3):
        found.append(Turn("ask", reply(case.ask, words, closing=False)))
        found.append(Turn("answer", words.put(case.answer)))
    if case.note and dice.chance(0.6):
        found.append(Turn("note", words.put(case.note)))
    found += _pressing(words, lines, 0.3 if harder else 0.06)
    found.append(Turn("fix", reply(dice.pick(case.fix), words)))
    if dice.chance(0.55):
        found.append(Turn("thanks", words.put(dice.pick(lines["thanks"]))))
    return tuple(found)


def _pressing(words: Words, lines: Voice, share: float) -> list[Turn]:
    """An impatient customer, and what they hear."""
    dice = words.dice
    if not dice.chance(share):
        return []
    angry = dice.chance(0.35)
    pressing = Turn("chase", words.put(dice.pick(lines["grumble" if angry else "chase"])))
    return [pressing, Turn("soothe", words.put(dice.pick(lines["soothe"])))] if angry else [pressing]


def _handovers(parts: tuple[str, ...], words: Words) -> tuple[Handover, Handover]:
    dice, lines = words.dice, voice(words.customer.language)
    general = Handover(*(words.put(dice.pick(lines[part])) for part in ("tried", "found", "wanted")))
    if not parts:
        return general, general
    written = Handover(*(words.put(part) for part in parts))
    return general, written
