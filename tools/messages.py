"""Translations: compile them with Babel, and check that every sentence in the code has its Chinese.

Runs in .venv: python -m tools.messages compile | check
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.place import PACKAGE, PYTHON, give_up, required, run, say

LANGUAGE = "zh_Hans"
CATALOGUE = PACKAGE / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def main() -> None:
    """Carry out the one word given."""
    {"compile": compile_all, "check": check}[sys.argv[1]]()


def compile_all() -> None:
    """Every .po to its .mo."""
    for source in sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po")):
        with source.with_suffix(".mo").open("wb") as target:
            write_mo(target, _read(source))


def check() -> None:
    """Fail unless the catalogue holds exactly the sentences of the code, each one translated."""
    if not shutil.which("xgettext"):
        if required("gettext"):
            raise give_up("messages: xgettext is not installed (apt-get install gettext)")
        say("messages: not checked, for xgettext is not installed")
        return
    code, catalogue = _sentences(_extract()), _sentences(_read(CATALOGUE))
    missing = [key for key in code if key not in catalogue or not _is_translated(catalogue[key])]
    unused = [key for key in catalogue if key not in code]
    for title, keys in (("without a translation", missing), ("no longer in the code", unused)):
        for key in keys:
            say(f"messages: {title}: {key}")
    say(f"messages: {len(code)} sentences, {len(missing)} without {LANGUAGE}, {len(unused)} unused")
    if missing or unused:
        raise SystemExit(1)


def _extract() -> Catalog:
    """What makemessages finds in the code now, gathered in a copy so that the tree stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "fengong"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("vendor", "__pycache__", "*.mo", "*.po"))
        (copy / "locale").mkdir(exist_ok=True)
        words = ("makemessages", "--locale", LANGUAGE, "--no-location", "--verbosity", "0")
        run(PYTHON, "-m", "django", *words, cwd=copy)
        return _read(copy / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po")


def _read(path: Path) -> Catalog:
    """A catalogue; the second plural that makemessages leaves empty is none in Chinese."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return read_po((line for line in lines if line != 'msgstr[1] ""\n'), locale=LANGUAGE)


def _sentences(catalogue: Catalog) -> dict[str, Message]:
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> str:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context} | {first}" if message.context else first


def _is_translated(message: Message) -> bool:
    words = [message.string] if isinstance(message.string, str) else list(message.string or [])
    return not message.fuzzy and bool(words) and all(words)


if __name__ == "__main__":
    main()
