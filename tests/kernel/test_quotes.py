"""Folding of quoted mails and signatures."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.kernel.quotes import fold
from tests.kernel.quoted_mails import KEPT, UNDER

OWN = "您好，新的抬头是示例科技有限公司。\n\nThanks, and please send it soon."


def words(text: str) -> list[str]:
    return sorted(line.strip() for line in text.splitlines() if line.strip())


@pytest.mark.parametrize("client", UNDER)
def test_only_what_was_written_now_is_read_under_each_mail_client(client: str) -> None:
    text = f"{OWN}\n\n{UNDER[client]}\n"
    visible, quoted = fold(text)
    assert visible == OWN
    assert words(f"{visible}\n{quoted}") == words(text)


@pytest.mark.parametrize("client", UNDER)
def test_a_mail_with_nothing_of_its_own_is_shown_whole(client: str) -> None:
    assert words(fold(UNDER[client])[0]) == words(UNDER[client])


@pytest.mark.parametrize("name", KEPT)
def test_text_that_only_looks_quoted_stays(name: str) -> None:
    assert fold(KEPT[name]) == (KEPT[name], "")


def test_an_answer_below_the_quoted_mail_is_what_is_read() -> None:
    text = (
        "On 23/11/2026 10:00, Support wrote:\n> Which order?\n> And since when?\n\nOrder 77, since Monday.\n"
    )
    assert fold(text) == (
        "Order 77, since Monday.",
        "On 23/11/2026 10:00, Support wrote:\n> Which order?\n> And since when?",
    )


def test_answers_between_the_quoted_lines_stay_with_what_they_answer() -> None:
    above = "在 2026/11/23 10:00, 客服 写道:\n> 订单号是多少？\n\n77 号。"
    visible, quoted = fold(f"{above}\n\n> 什么时候开始的？\n\n星期一。\n\n> 谢谢。")
    assert visible.endswith("星期一。")
    assert "> 订单号是多少？" in visible
    assert quoted.strip() == "> 谢谢。"


def test_a_word_below_the_signature_of_the_device_is_not_lost() -> None:
    text = "好的\n发自我的 iPhone\n还有一件事：请寄到新地址。"
    assert fold(text) == (text, "")


@given(st.lists(st.sampled_from([*UNDER.values(), *KEPT.values(), OWN, "", "> old", "短句"]), max_size=5))
def test_no_line_is_lost_or_doubled_however_mails_are_put_together(parts: list[str]) -> None:
    text = "\n".join(parts)
    assert words("\n".join(fold(text))) == words(text)


@given(st.text(alphabet="ab>：: \n-发件人写道@2026\r主题", max_size=120))
def test_no_letter_is_lost_from_any_text(text: str) -> None:
    assert sorted("".join("".join(fold(text)).split())) == sorted("".join(text.split()))


def test_a_long_mail_folds_in_a_moment() -> None:
    text = "--\n" * 3000 + "On 2026 wrote <\n" * 3000 + "发件人: a\n" * 3000 + ">" * 100_000
    began = time.process_time()
    fold(text)
    assert time.process_time() - began < 30  # a pattern that goes back and forth would take hours
