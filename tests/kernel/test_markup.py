"""Markdown and HTML made safe, and what people write made readable."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.kernel import letters, markup
from tests.kernel.xss import DOORS, VECTORS

ALLOWED = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "span": {"class"},
    "div": {"class"},
    "li": {"class"},
}
OPENS = ("http://", "https://", "mailto:", "tel:", "/")
SHOWS = ("http://", "https://", "cid:", "data:image/", "/")


class Reader(HTMLParser):
    """Gathers whatever in a page could act."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in markup.TAGS:
            self.acting.append(tag)
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()):
                self.acting.append(f"{tag} {name}")
            if name == "href" and not (value or "").startswith(OPENS):
                self.acting.append(f"href {value}")
            if name == "src" and value and not value.startswith(SHOWS) and ":" in value:
                self.acting.append(f"src {value}")

    def handle_comment(self, data: str) -> None:
        self.acting.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.acting.append(f"declaration {decl}")


def acting(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.acting


@pytest.mark.parametrize("door", DOORS)
def test_nothing_of_a_published_list_of_attacks_is_left_in_what_is_shown(door: str) -> None:
    assert len(VECTORS) > 150
    assert {vector: found for vector in VECTORS if (found := acting(DOORS[door](vector)))} == {}


@given(st.text(alphabet="<>/=\"'&; abimgsrconerrjv:()`![]*_#@\n\x00-", max_size=80))
def test_no_garbage_gets_through_any_door(text: str) -> None:
    for door in DOORS.values():
        assert acting(door(text)) == []


def test_html_inside_markdown_is_shown_as_text() -> None:
    assert markup.render("<b>fat</b> & <!-- x -->") == "<p>&lt;b&gt;fat&lt;/b&gt; &amp; &lt;!-- x --&gt;</p>"


def test_tables_task_lists_and_code_are_rendered() -> None:
    html = markup.render(
        "| a | b |\n|---|---|\n| 1 | `x<y` |\n\n- [ ] 打电话\n- [x] 发货\n\n```\n  <log>\n```"
    )
    assert "<td><code>x&lt;y</code></td>" in html
    assert '<li class="task">☐ 打电话</li>' in html
    assert '<li class="task">☑ 发货</li>' in html
    assert "<pre><code>  &lt;log&gt;\n</code></pre>" in html


def test_chinese_needs_no_blank_around_bold_text_and_links() -> None:
    html = markup.render("**重要：**请看https://a.example/b_c_d?x=1，谢谢。")
    assert html.startswith("<p><strong>重要：</strong>请看<a ")
    assert ">https://a.example/b_c_d?x=1</a>，谢谢。</p>" in html


def test_known_names_and_ticket_numbers_are_marked_and_others_are_not() -> None:
    html = markup.render(
        "@李娜娜 @李娜，见 #12 `#13` a#14 kf@李娜.example @nobody",
        names=("李娜", "李娜娜"),
        tickets="/tickets?ticket=",
    )
    assert html.count('<span class="mention">') == 2
    assert '<span class="mention">@李娜娜</span> <span class="mention">@李娜</span>，' in html
    assert html.count("<a ") == 1
    assert 'href="/tickets?ticket=12"' in html


def test_a_line_of_dashes_below_a_sentence_makes_no_heading_of_it() -> None:
    assert "<h" not in markup.render("总价\n---\n100 元").replace("<hr>", "")


def test_a_picture_from_elsewhere_in_markdown_is_a_link_and_one_of_ours_a_picture() -> None:
    html = markup.render(
        "![log](https://e.example/x.png) ![a](/files/3/a.png) ![b](cid:b)", files={"b": "/files/4/b"}
    )
    assert '<a href="https://e.example/x.png" rel="noopener noreferrer nofollow">log</a>' in html
    assert '<img src="/files/3/a.png" alt="a">' in html
    assert '<img src="/files/4/b" alt="b">' in html


def test_what_a_customer_types_stays_as_typed() -> None:
    assert markup.lines("# 1\r\n  * a <b>\n见 https://a.example/x。") == (
        "# 1<br>  * a &lt;b&gt;<br>见 "
        '<a href="https://a.example/x" rel="noopener noreferrer nofollow">https://a.example/x</a>。'
    )


def test_pictures_from_elsewhere_wait_until_somebody_asks() -> None:
    mail = (
        '<p>hi<img src="https://e.example/a.png" alt="logo"><img src="http://e.example/p.gif" width="1"></p>'
    )
    assert letters.shown(mail) == letters.Letter(
        '<p>hi<span class="picture-held">logo</span><span></span></p>', "", 1
    )
    assert '<img src="https://e.example/a.png" alt="logo">' in letters.shown(mail, pictures=True).visible
    assert "p.gif" not in letters.shown(mail, pictures=True).visible


def test_pictures_inside_a_mail_are_shown_from_its_files() -> None:
    letter = letters.shown('<img src="cid:one@x"><img src="cid:gone">', {"one@x": "/files/7/one.png"})
    assert letter.visible == '<img src="/files/7/one.png"><span></span>'


MAIL = """<div>好的，<b>谢谢</b><br></div><div><br></div>
<div>在 2026-11-23 10:00:00，"客服" &lt;k@e.example&gt; 写道：</div>
<blockquote><p>older</p><img src="https://e.example/x.png"></blockquote>"""


def test_older_mails_in_html_fold_away_at_the_line_where_they_begin() -> None:
    letter = letters.shown(MAIL)
    assert "older" not in letter.visible
    assert "写道" not in letter.visible
    assert "<b>谢谢</b>" in letter.visible
    assert "写道" in letter.quoted
    assert "older" in letter.quoted


@given(
    st.lists(
        st.sampled_from([MAIL, "<p>own</p>", "<hr>", "a<br>b", "<blockquote>q</blockquote>", "<ul><li>x"])
    )
)
def test_folding_html_loses_and_doubles_nothing(parts: list[str]) -> None:
    html = "".join(parts)
    letter = letters.shown(html)
    assert "".join(markup.plain(letter.visible + letter.quoted).split()) == "".join(
        markup.plain(html).split()
    )


def test_plain_text_of_a_mail_marks_what_is_quoted() -> None:
    assert markup.plain("<p>a<br>b</p><blockquote>old<br>older</blockquote>") == "a\nb\n\n> old\n> older"


def test_a_deep_and_a_long_mail_are_shown_in_a_moment() -> None:
    began = time.process_time()
    letters.shown("<div>" * 5000 + "x" + "</div>" * 5000)
    letters.shown("<p>line<br></p>" * 5000)
    markup.render("*a " * 3000 + "[" * 3000 + "@" * 3000)
    markup.lines("https://" * 5000)
    assert time.process_time() - began < 30  # a pattern that goes back and forth would take hours
