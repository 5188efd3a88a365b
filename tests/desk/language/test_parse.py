"""From a line to its tree and back."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from fengong.desk.language import parse, printed
from fengong.desk.language.choices import CHANNEL, STATUS
from fengong.desk.language.names import NAMES, named
from fengong.desk.language.tree import EVERYTHING, Every, Node, Not, Number, Some, Term, Text, Value
from fengong.desk.language.words import MEANINGS
from fengong.kernel.errors import Invalid


def _term(word: str, *values: str, compare: str = ":") -> Term:
    return Term(word, compare, tuple(Value(value) for value in values))


TREES: dict[str, Node] = {
    "": EVERYTHING,
    "　 ": EVERYTHING,
    "status:open,pending": _term("status", "open", "pending"),
    "状态：处理中，等待客户": _term("status", "处理中", "等待客户"),
    "状态: 处理中": _term("status", "处理中"),
    "STATUS:open": _term("status", "open"),
    "priority>=high": _term("priority", "high", compare=">="),
    "优先级≥高": _term("priority", "高", compare=">="),
    "opened:<2d": _term("opened", "2d", compare="<"),
    "tier=2": _term("tier", "2"),
    'customer:"北风 商贸"': _term("customer", "北风 商贸"),
    "customer:“北风 商贸”,南山": _term("customer", "北风 商贸", "南山"),
    'field.order_no:"A-12"': _term("field.order_no", "A-12"),
    "#234": Number(234),
    "＃234": Number(234),
    "refund": Text("refund"),
    "退款 失败": Every((Text("退款"), Text("失败"))),
    '"cannot sign in"': Text("cannot sign in", quoted=True),
    r'"a \"b\" \\c"': Text(r'a "b" \c', quoted=True),
    "-tag:vip": Not(_term("tag", "vip")),
    "NOT refund": Not(Text("refund")),
    "非 tag:vip": Not(_term("tag", "vip")),
    "a OR b c": Some((Text("a"), Every((Text("b"), Text("c"))))),
    "a 或 b": Some((Text("a"), Text("b"))),
    "(a OR b) c": Every((Some((Text("a"), Text("b"))), Text("c"))),
    "（a 或 b） c": Every((Some((Text("a"), Text("b"))), Text("c"))),
    "-(a b)": Not(Every((Text("a"), Text("b")))),
    "a AND b": Every((Text("a"), Text("b"))),
    "ORDER": Text("ORDER"),
    "https://example.org/a?b=1": Text("https://example.org/a?b=1"),
    "Re: hello": Every((Text("Re:"), Text("hello"))),
    "well-known": Text("well-known"),
    "- a": Every((Text("-"), Text("a"))),
}


@pytest.mark.parametrize("line", TREES)
def test_a_line_is_read_as_it_is_meant(line: str):
    assert parse(line) == TREES[line]


WRONG = {
    "stauts:open": (1, "no word “stauts”"),
    "refund foo:bar": (8, "no word “foo”"),
    "status:": (8, "value is expected"),
    "tag:vip,": (9, "value is expected"),
    "(a OR b": (1, "never closed"),
    "a) b": (2, "closes nothing"),
    '"open': (1, "never closed"),
    "a OR": (5, "both sides of OR"),
    "(-)": (3, "leave out"),
    "a -(": (4, "never closed"),
    "(" * 60 + "a" + ")" * 60: (42, "too deep"),
    "a " * 1500: (2001, "too long"),
}


@pytest.mark.parametrize("line", WRONG)
def test_what_cannot_be_read_is_named_with_its_place(line: str):
    place, words = WRONG[line]
    with translation.override("en"), pytest.raises(Invalid) as refused:
        parse(line)
    assert refused.value.message.startswith(f"Character {place}: ")
    assert words in refused.value.message
    assert refused.value.code == "query"


PIECES = st.one_of(
    st.sampled_from([*NAMES, "field.a", "状态", "创建", "OR", "或", "NOT", "-", "(", ")", "#12", "AND", " "]),
    st.sampled_from([":", "：", ">=", "<", ",", "，", '"', "“", "”", "\\", " ", "　", "open", "2d", "北风"]),
    st.text(max_size=6),
)
LINES = st.lists(PIECES, max_size=14).map("".join)


@given(st.one_of(LINES, st.text(max_size=60)))
@example('a"b')
@example("\x00")
@example("-" * 100)
@example("(" * 500)
@example("NOT " * 200)
def test_no_line_crashes_and_what_is_read_prints_to_the_same(line: str):
    try:
        tree = parse(line)
    except Invalid:
        return
    assert parse(printed(tree)) == tree


TEXTS = st.text(min_size=1, max_size=8).filter(lambda text: text.strip() and "\x00" not in text)
TERMS = st.builds(
    Term,
    st.sampled_from([*NAMES, "field.order_no"]),
    st.sampled_from([":", "<", "<=", ">", ">="]),
    st.lists(TEXTS.map(Value), min_size=1, max_size=3).map(tuple),
)
LEAVES = st.one_of(TERMS, st.integers(0, 10**17).map(Number), TEXTS.map(lambda text: Text(text, quoted=True)))
NODES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Every(tuple(nodes))),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Some(tuple(nodes))),
    ),
    max_leaves=6,
)


@given(NODES)
def test_any_tree_prints_to_a_line_that_reads_as_it(tree: Node):
    assert parse(printed(tree)) == tree


def test_every_word_has_a_meaning_and_every_meaning_a_word():
    assert set(NAMES) == set(MEANINGS)


def test_no_two_words_share_a_name():
    typed = [each for name, others in NAMES.items() for each in (name, *others)]
    assert len(typed) == len(set(typed))
    assert all(named(each) for each in typed)


def test_no_two_choices_share_a_name():
    for known in (STATUS, CHANNEL):
        typed = [each for name, others in known.items() for each in (name, *others)]
        assert len(typed) == len(set(typed))
