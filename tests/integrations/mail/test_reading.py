"""Reading bytes that nobody would write: the reader never breaks, and gives text that every database takes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from fengong.integrations.mail.reading import tnef
from fengong.integrations.mail.reading.charsets import CONTROL, decode
from fengong.integrations.mail.reading.headers import addresses, words
from fengong.integrations.mail.reading.letter import Letter
from fengong.integrations.mail.reading.read import read
from tests.integrations.mail.corpus import CASES
from tests.integrations.mail.corpus.case import Case
from tests.integrations.mail.corpus.shapes import winmail

SMALL = [case for case in CASES if len(case.raw) < 20_000]
MUTATIONS = 25


def _storable(letter: Letter) -> bool:
    senders = [letter.sender, *letter.recipients, *letter.reply_to]
    said = [letter.subject, letter.text, letter.html, letter.message_id, *letter.references]
    said += [word for sender in senders if sender for word in (sender.name, sender.email)]
    said += [word for file in letter.enclosures for word in (file.name, file.content_type, file.content_id)]
    return not any(CONTROL.search(word) for word in said)


def _mutated(raw: bytes, dice: random.Random) -> bytes:
    """A mail as a bad line would hand it on: cut, doubled, overwritten, with pieces out of place."""
    data = bytearray(raw or b"x")
    for _hit in range(dice.randint(1, 6)):
        start, end = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        piece = bytes(data[start : min(end, start + 60)])
        change = dice.randrange(4)
        if change == 0:
            del data[start : start + len(piece)]
        elif change == 1:
            data[start:start] = piece
        elif change == 2:
            data[start : start + 4] = dice.randbytes(4)
        else:
            place = dice.randrange(len(data) + 1)
            data[place:place] = piece
        data = data or bytearray(b"x")
    return bytes(data)


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.name)
def test_a_damaged_mail_is_read_all_the_same(case: Case) -> None:
    dice = random.Random(case.name)
    for _mutation in range(MUTATIONS):
        assert _storable(read(_mutated(case.raw, dice)))


@hypothesis(max_examples=300)
@given(st.binary(max_size=600))
def test_any_bytes_can_be_read(raw: bytes) -> None:
    assert _storable(read(raw))


@hypothesis(max_examples=300)
@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_under_any_charset_become_text_that_can_be_stored(data: bytes, charset: str) -> None:
    assert not CONTROL.search(decode(data, charset))


@given(st.text(max_size=200))
def test_any_header_gives_words_and_addresses(raw: str) -> None:
    words(raw)
    assert all("@" in address.email for address in addresses(raw))


@pytest.mark.parametrize("charset", ["gb18030", "big5", "shift_jis", "euc-kr", "iso2022_jp", "utf-8", "hz"])
def test_what_an_encoding_can_write_comes_back_as_it_was(charset: str) -> None:
    said = {
        "gb18030": "订单号没有收到，请帮忙查询一下物流信息。", "big5": "訂單號沒有收到，請幫忙查詢一下物流資訊。",
        "shift_jis": "注文した商品がまだ届いていません。", "euc-kr": "주문한 상품이 아직 도착하지 않았습니다",
        "iso2022_jp": "注文した商品", "utf-8": "订单 📦 ordered", "hz": "订单没有收到",
    }[charset]  # fmt: skip
    assert decode(said.encode(charset), charset) == said


@given(st.binary(max_size=300))
def test_any_bytes_as_winmail_either_open_or_say_no(tail: bytes) -> None:
    stream = winmail()
    for cut in (0, 40, len(stream) // 2, len(stream)):
        try:
            tnef.read(stream[:cut] + tail)
        except tnef.NotTnef:
            continue
