"""A scenario file is read as it is meant, and every fault is named with its line and column."""

from __future__ import annotations

import json
import tomllib
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.planning.whatif.problems import BadScenario, Place
from fengong.planning.whatif.refusals import refusal
from fengong.planning.whatif.scenario_file.document import read_document
from fengong.planning.whatif.scenario_file.json_places import json_places
from fengong.planning.whatif.scenario_file.load import load_scenario
from fengong.planning.whatif.scenario_file.toml_places import toml_places

WHOLE = """\
groups = "topic"            # by what customers are grouped
[before]
policy = "least-loaded"

[after]
policy = "fengong"
rules = { reach = 1, weights = { growth = 0.5 } }

[[after.move]]
member = "a0"
tier   = 2

[[after.skill]]
team  = "Desk"
topic = "Net"
level = 0

[[after.absence]]
member = "b1"
team   = "Net 2nd"
from   = 2026-03-04
days   = 3

[[after.shift]]
member = "a1"
by     = -90

[[after.shift]]
member = "a2"
hours  = "22:00-06:00"
days   = ["sat", "sun"]

[[after.join]]
name   = "New"
tier   = 3
hours  = "00:00-24:00"
skills = { "Net" = 4, Mail = 2 }

[[after.leave]]
member = "a4"

[forecast]
factor = 1.2
weeks  = 3
[forecast.topics]
Net = 2.0
"""


def put(folder, text, name="what.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def as_json(text):
    return json.dumps(tomllib.loads(text), indent=1, default=str)


@pytest.fixture(params=["toml", "json"])
def whole(request, tmp_path):
    text = WHOLE if request.param == "toml" else as_json(WHOLE)
    return load_scenario(put(tmp_path, text, f"what.{request.param}"))


def test_everything_a_scenario_may_say(whole):
    assert (whole.before.policy, whole.after.policy, whole.groups) == ("least-loaded", "fengong", "topic")
    after = whole.after
    assert [(dial.name, dial.value, dial.weight) for dial in after.dials] == [
        ("reach", 1.0, False),
        ("growth", 0.5, True),
    ]
    assert after.tiers[0].tier == 2 and after.tiers[0].who.name == "a0"
    assert (after.skills[0].who.name, after.skills[0].who.team, after.skills[0].level) == (None, "Desk", 0)
    assert (after.away[0].first, after.away[0].last) == (date(2026, 3, 4), date(2026, 3, 6))
    assert after.shifted[0].by == -90.0
    night = after.shifted[1].hours
    assert (night.start, night.end, night.days) == (22 * 60.0, 30 * 60.0, (5, 6))
    joins = after.joins[0]
    assert (joins.hours.start, joins.hours.end) == (0.0, 1440.0)
    assert [(topic, level) for topic, level, _ in joins.skills] == [("Net", 4), ("Mail", 2)]
    assert after.leaves[0].name == "a4"
    assert (whole.demand.factor, whole.demand.weeks, whole.demand.topics[0][:2]) == (1.2, 3, ("Net", 2.0))


def test_an_unsaid_policy_is_that_of_the_other_side(tmp_path):
    same = load_scenario(put(tmp_path, '[before]\npolicy = "round-robin"\n[after]\n'))
    assert same.after.policy == "round-robin" and same.demand is None
    assert load_scenario(put(tmp_path, "[after]\n")).before.policy == "fengong"


def test_places_in_toml(tmp_path):
    found = read_document(put(tmp_path, WHOLE))
    assert found.at(("before", "policy")) == Place(3, 10)
    assert found.at(("after", "rules", "weights", "growth")) == Place(7, 43)
    assert found.at_key(("after", "rules", "weights", "growth")) == Place(7, 34)
    assert found.at(("after", "shift", 1)) == Place(28, 1)
    assert found.at(("after", "shift", 1, "days", 1)) == Place(31, 18)
    assert found.at_key(("after", "join", 0, "skills", "Net")) == Place(37, 12)
    assert found.at(("after", "join", 0, "capacity")) == Place(33, 1)  # not there, so its table


def test_places_in_awkward_toml(tmp_path):
    text = (
        'a.b = """x\n[not] = "a" # table\\"""" # [nor]\n'
        "t = [ # comment ]\n  'it''s',\n 3.5e3, { k = [1, 2] } ]\n"
        "[x.'y.z']\nd = 2026-03-04 10:00:00\n[[l]]\n[[l]]\n[l.m]\nz = true\n"
    ).replace("'it''s'", "'its'")
    found = read_document(put(tmp_path, text))
    assert found.at(("a", "b")) == Place(1, 7)
    assert [found.at(("t", i)) for i in (0, 1, 2)] == [Place(4, 3), Place(5, 2), Place(5, 9)]
    assert found.at(("t", 2, "k", 1)) == Place(5, 19)
    assert found.at(("x", "y.z", "d")) == Place(7, 5)
    assert found.at(("l", 1, "m", "z")) == Place(11, 5)


def test_places_in_json(tmp_path):
    text = '{"a": {"b\\u0041": [1,\n  {"c": "x"}]},\n "d": []}'
    found = read_document(put(tmp_path, text, "what.json"))
    assert found.at(("a", "bA", 1, "c")) == Place(2, 9)
    assert found.at_key(("a", "bA")) == Place(1, 8) and found.at(("d",)) == Place(3, 7)


FAULTS = [
    ("[after\n", 1, 7, "cannot be read"),
    ("[after]\npolicy = 3", 2, 10, "“policy” must be a text"),
    ("[befor]\n[after]\n", 1, 1, "Did you mean “before”?"),
    ("[before]\n", 1, 1, "“after” is missing"),
    ('after = "fengong"', 1, 9, "a table is wanted"),
    ('[after]\nmove = "Kiran"', 2, 8, "a list of tables"),
    ('[after]\n[[after.move]]\nmember = "a0"\n', 2, 1, "“tier” is missing"),
    ("[after]\n[[after.move]]\ntier = 2\n", 2, 1, "“member” is missing"),
    ('[[after.move]]\nmember = "a0"\ntier = 4', 3, 8, "a whole number from 1 to 3"),
    ('[[after.move]]\nmember = "a0"\ntier = true', 3, 8, "a whole number from 1 to 3"),
    ('[[after.move]]\nmember = "a0"\ntier = 2\nteer = 2', 4, 1, "Did you mean “tier”?"),
    ('[[after.skill]]\nmember = "a0"\ntopic = "Net"\nlevel = 9', 4, 9, "from 0 to 5"),
    ('[[after.absence]]\nmember = "a0"\nfrom = "soon"', 3, 8, "a day such as"),
    ('[[after.absence]]\nmember="a0"\nfrom=2026-03-04\nuntil=2026-03-01', 4, 7, "before the first day"),
    ('[[after.absence]]\nmember="a0"\nfrom=2026-03-04\nuntil=2026-03-05\ndays=2', 5, 6, "not both"),
    ('[[after.shift]]\nmember="a0"\nby=60\nhours="9:00-10:00"', 3, 4, "not both"),
    ('[[after.shift]]\nmember="a0"\nby=60\ndays=["mon"]', 4, 6, "only goes with “hours”"),
    ('[[after.shift]]\nmember="a0"\nby=1e9', 3, 4, "from -720 to 720"),
    ('[[after.join]]\nname="N"\ntier=1\nhours="9-17"', 4, 7, "09:00-17:30"),
    ('[[after.join]]\nname="N"\ntier=1\nhours="9:00-17:00"\ndays=["moon"]', 5, 6, "weekdays"),
    ('[[after.join]]\nname="N"\ntier=1\nhours="9:00-17:00"\nskills={Net=7}', 5, 13, "from 0 to 5"),
    ('[[after.join]]\nname="N"\ntier=1\nhours="9:00-17:00"\ncapacity=-5', 5, 10, "at least 1"),
    ("[after]\n[forecast]\nfactor = 0", 3, 10, "from 0.01 to 100"),
    ("[after.rules]\nreach = true", 2, 9, "must be a number"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), FAULTS)
def test_a_fault_is_named_with_its_line_and_column(tmp_path, text, line, column, words):
    with pytest.raises(BadScenario) as caught:
        load_scenario(put(tmp_path, text))
    with override("en"):
        told = refusal(caught.value)
    assert f"what.toml, line {line}, column {column}: " in told and words in told
    with override("zh-hans"):
        assert f"what.toml 第 {line} 行第 {column} 列：" in refusal(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('{"after": {},\n "before" {}}', 2, 11, "cannot be read"),
        ('{"after": {"policy": "a",\n "policy": "b"}}', 2, 2, "“policy” is there twice"),
        ("[1]", 1, 1, "a table is wanted"),
        ('{"after":\n  {"polcy": "x"}}', 2, 4, "Did you mean “policy”?"),
        ('{"after":\n  {"move": [{"member": "a", "tier": 0}]}}', 2, 37, "from 1 to 3"),
    ],
)
def test_the_same_in_json(tmp_path, text, line, column, words):
    with pytest.raises(BadScenario) as caught:
        load_scenario(put(tmp_path, text, "what.json"))
    with override("en"):
        told = refusal(caught.value)
    assert f"what.json, line {line}, column {column}: " in told and words in told


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    for path, words in ((tmp_path / "none.toml", "cannot be read"), (tmp_path / "bytes.toml", "not UTF-8")):
        if path.name == "bytes.toml":
            path.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(BadScenario) as caught, override("en"):
            load_scenario(path)
        with override("en"):
            assert words in refusal(caught.value)


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=6)
VALUES = st.recursive(
    st.integers(-9, 99) | st.booleans() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def toml(value):
    """A value written in one line of TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(each) for each in value) + "]"
    return json.dumps(value)


def ways(value, way=()):
    """Every way to something inside, with what is there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*way, key), each
        yield from ways(each, (*way, key))


@given(st.dictionaries(WORDS, VALUES, max_size=4))
@settings(max_examples=60, deadline=None)
def test_whatever_a_file_holds_each_value_is_where_it_is_said_to_be(data):
    written = "".join(f"# [x]\n{json.dumps(key)}={toml(value)} # = [\n" for key, value in data.items())
    for way, value in ways(tomllib.loads(written)):
        assert written.startswith(toml(value), toml_places(written)[way][1]), way
    written = json.dumps(data, indent=1)
    decoder = json.JSONDecoder()
    for way, value in ways(data):
        assert decoder.raw_decode(written, json_places(written)[way][1])[0] == value, way
