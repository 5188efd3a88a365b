"""Pages: every word can be translated, nothing runs or styles inline."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.arch.tree import files, name, text

TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
COMMENTED = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
DJANGO = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}|[\u3400-\u9fff]")
SPOKEN = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}
SAME_IN_EVERY_LANGUAGE = {
    "Fengong",
    "分",
    "分工",
    "SLA",
    "JSON",
    "API",
    "CSV",
    "简体中文",
    "English",
    "Ctrl",
    "Esc",
    "Enter",
}


class Page(HTMLParser):
    """Gathers the bare words a reader would meet and the code that would run inline."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.words += [value for key, value in attrs if key in SPOKEN and value and _bare(value)]
        self.inline += [
            f"<{tag} {key}>" for key in given if key == "style" or key.startswith(("on", "hx-on"))
        ]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "importmap"):
            self.inline.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        if _bare(data):
            self.words.append(" ".join(data.split()))


def _bare(words: str) -> bool:
    return any(word not in SAME_IN_EVERY_LANGUAGE for word in WORD.findall(words))


def _page(source: str) -> Page:
    page = Page()
    for pattern in (COMMENTED, TRANSLATED, DJANGO):
        source = pattern.sub("", source)
    page.feed(source)
    return page


def _templates() -> dict[str, str]:
    return {name(path): text(path) for path in files(".html", ".txt") if "/templates/" in name(path)}


def test_every_word_on_a_page_can_be_translated():
    offenders = {path: words for path, source in _templates().items() if (words := _page(source).words)}
    assert offenders == {}


def test_nothing_runs_or_styles_inline():
    offenders = {path: inline for path, source in _templates().items() if (inline := _page(source).inline)}
    assert offenders == {}


def test_a_translated_sentence_is_one_line_in_the_catalogue():
    offenders = [
        path
        for path, source in _templates().items()
        for block in TRANSLATED.findall(source)
        if "\n" in block.strip() and "trimmed" not in block.split("%}")[0]
    ]
    assert offenders == []


def test_the_check_itself_sees_bare_words():
    page = _page(
        '<p title="Bare">{{ x }} 工单 {% trans "Fine" %}</p><script>run()</script><b style="x">·</b>'
    )
    assert page.words == ["Bare", "工单", "run()"]
    assert page.inline == ["<script>", "<b style>"]
