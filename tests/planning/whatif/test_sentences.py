"""Every finding is a plain sentence in both languages, with its numbers in one unit."""

from __future__ import annotations

import re
from math import inf, nan
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from fengong.planning.whatif import numbers, words
from fengong.planning.whatif.bridge import POLICIES
from fengong.planning.whatif.results import Row, Told
from fengong.planning.whatif.sentences import change, sentence

OUTLOOK = SimpleNamespace(scenario=SimpleNamespace(groups="topic"), runs=5)
FIGURES = ("wait", "resolution", "answered", "kept", "right_first", "handovers", "effort", "spread")


def row(figure, before, after, half, *, kind="all", name="", p=0.001, runs=9.0):
    gap = after - before
    less = figure in ("wait", "resolution", "handovers", "effort", "spread")
    return Row(
        kind=kind, name=name, team="", figure=figure, before=before, after=after, change=gap, low=gap - half,
        high=gap + half, relative=gap / before, p=p, runs=runs, standing=(-1 if gap > 0 else 1) * (1 if less else -1),
        certain=p < 0.05, reach=1.0,
    )  # fmt: skip


def said(finding, language="en"):
    with override(language):
        return change(finding, OUTLOOK) if isinstance(finding, Row) else sentence(finding, OUTLOOK)


def test_a_group_that_waits_less():
    network = row("wait", 3.9, 3.4, 0.2, kind="group", name="Network")
    assert said(network) == (
        "Tickets on Network wait 13 % less until work begins: 3.4 h instead of 3.9 h (−0.70 to −0.30 h)."
    )
    assert said(network, "zh-hans") == (
        "“Network”工单开始处理前少等 13 %：3.4 小时，原为 3.9 小时（−0.70 至 −0.30 小时）。"
    )


def test_a_tier_that_pays_and_a_member_who_gains():
    assert said(row("effort", 10.0, 13.1, 0.9, kind="tier", name="2")) == (
        "L2 pays: +3.1 h a week each (+2.2 to +4.0), now 13.1 h a week."
    )
    kiran = row("effort", 0.9, 0.5, 0.1, kind="member", name="Kiran")
    assert said(kiran) == "Kiran gains: −24 min a week (−30 to −18), now 30 min a week."
    assert said(kiran, "zh-hans") == "Kiran 受益：每周 −24 分钟（−30 至 −18），现为每周 30 分钟。"


def test_a_change_of_several_times_is_told_by_its_size():
    assert "wait 8.0 h longer" in said(row("wait", 2.0, 10.0, 1.0))
    assert "wait 25 % longer" in said(row("wait", 8.0, 10.0, 1.0))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", ["all", "group", "tier"])
@pytest.mark.parametrize("figure", FIGURES)
def test_more_and_less_are_different_whole_sentences(figure, kind, language):
    texts = [said(row(figure, 0.5, after, 0.05, kind=kind, name="2"), language) for after in (0.4, 0.6)]
    assert texts[0] != texts[1]
    for text in texts:
        assert text.endswith((".", "。")) and "%(" not in text
        if language == "zh-hans":
            assert re.findall(r"[A-Za-z]{3,}", text) == []


def unclear(figure, *, runs=9.0, half=0.2, after=4.1):
    return Told("unclear", "all", figure, 0.2, row(figure, 4.0, after, half, p=0.8, runs=runs), 0, 0, 0)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told("identical", "all", "", 1.0, None, 0, 0, 0), "no figure differs"),
        (
            Told("balance", "member", "effort", 1.0, None, 3, 2, 14),
            "3 work less and 2 work more. For the other 9",
        ),
        (Told("balance", "group", "wait", 1.0, None, 3, 2, 14), "Of 14 topics 3 wait less and 2 wait longer"),
        (Told("balance", "group", "resolution", 1.0, None, 3, 2, 14), "3 are solved sooner and 2 later"),
        (
            unclear("wait", runs=40),
            "no difference can be seen (−0.10 to +0.30 h); to see one of 5 %, about 40 runs",
        ),
        (unclear("wait", runs=4), "one of 5 % would have shown in these runs"),
        (unclear("wait", runs=inf), "no difference can be seen (−0.10 to +0.30 h)."),
        (
            unclear("wait", half=0.05),
            "perhaps +0.05 to +0.15 h; certain on its own, but not among all figures",
        ),
        (unclear("handovers", half=0.0, after=4.0), "the same in every run, 4.00"),
    ],
)
def test_the_other_findings(told, words):
    assert words in said(told)
    chinese = said(told, "zh-hans")
    assert chinese.endswith("。") and re.findall(r"[A-Za-z]{3,}", chinese) == []


def test_numbers_are_rounded_to_what_they_say_and_nothing_has_no_sign():
    with override("en"):
        assert numbers.difference(row("kept", 0.9, 0.90001, 0.0)) == "0.0 points"
        assert numbers.before(row("resolution", 480.0, 240.0, 1.0)) == "20.0 d"
        assert numbers.difference(row("resolution", 480.0, 240.0, 1.0)) == "−10.0 d"
        assert numbers.before(row("effort", nan, 2.0, 1.0)) == "–"
        assert numbers.interval(row("wait", 1.0, 1.0, inf)) == "–"
        assert [numbers.chance(p) for p in (0.0004, 0.0321, nan)] == ["< 0.001", "0.032", "–"]


def test_every_policy_has_a_name_in_both_languages():
    for name in POLICIES:
        with override("en"):
            english = words.policy(name)
        with override("zh-hans"):
            chinese = words.policy(name)
        assert chinese == "cμ/θ" or english not in (chinese, name), name
