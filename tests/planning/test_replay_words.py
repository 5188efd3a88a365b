from __future__ import annotations

import tomllib
from pathlib import Path
from string import Formatter

from fengong.planning.replay import words
from fengong.planning.replay.mapping import default_mapping, load_mapping

EXAMPLES = Path(__file__).parents[2] / "examples" / "replay"


def test_both_languages_say_the_same_things_with_the_same_facts():
    folder = Path(words.__file__).parent
    english, chinese = (
        tomllib.loads((folder / f"{x}.toml").read_text(encoding="utf-8")) for x in ("en", "zh")
    )
    assert english.keys() == chinese.keys()
    for key, sentence in english.items():
        facts = [
            {name for _, name, _, _ in Formatter().parse(text) if name} for text in (sentence, chinese[key])
        ]
        assert facts[0] == facts[1], key


def test_the_examples_are_sound():
    mappings = [load_mapping(path) for path in sorted(EXAMPLES.glob("*.toml")) if "team" not in path.name]
    assert len(mappings) >= 3
    assert (
        mappings[0].tier("V13 2nd 3rd") == 2
        and mappings[0].tier("V5 3rd") == 3
        and mappings[0].tier("V30") == 1
    )
    assert (
        mappings[0].state("Completed/Closed") == "closed"
        and mappings[0].state("Completed/In Call") == "resolved"
    )
    assert mappings[0].state("Accepted/Wait - Vendor") == "held" and mappings[0].state("New/One") is None
    assert default_mapping().state("active") == "active"
