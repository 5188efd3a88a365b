"""The policy of dispatch on its pages: edited as a draft, published, returned to, compared."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from fengong.dispatch.models import PolicyEdition
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.queries import rules_in_force
from fengong.planning.models import Comparison
from fengong.web.division.policy.dials import differences
from fengong.web.division.policy.forms import PolicyForm
from tests.planning.lived import live
from tests.world import World

START = PolicyRules().to_json()


def typed(**changes) -> dict[str, str]:
    """The form as it comes, with changes by field."""
    form = PolicyForm(rules=START)
    fields = {name: form[name].value() for name in form.fields}
    values = {
        name: str(value)
        for name, value in fields.items()
        if value is not None and value is not False and value != []
    }
    return values | {name.replace("__", "-"): str(value) for name, value in changes.items()}


def drafted(client, **changes) -> PolicyEdition:
    """A new draft with these changes, made on the pages."""
    address = client.post("/division/policy/drafts").headers["Location"]
    answer = client.post(address, typed(**changes))
    assert answer.status_code == 302, answer.text
    return PolicyEdition.objects.get(pk=int(address.rsplit("/", 1)[1]))


def test_a_form_that_nobody_touched_changes_no_rule():
    form = PolicyForm(typed(), rules=START)
    assert form.is_valid(), form.errors
    assert PolicyRules.from_json(form.wanted()) == PolicyRules()


def test_a_lead_drafts_publishes_and_returns_with_one_click(world: World, reader):
    client = reader(world.wang_fang)
    first = drafted(client, weights__growth=9, note="more lessons")
    assert rules_in_force()[1].weights.growth == 4.0
    assert "<b>9</b>" in client.get(f"/division/policy/{first.pk}").text
    client.post(f"/division/policy/{first.pk}/publication")
    assert rules_in_force()[1].weights.growth == 9.0
    second = drafted(client, relaxation__every=15, skills__calm=40)
    client.post(f"/division/policy/{second.pk}/publication")
    assert (rules_in_force()[1].relaxation.every, rules_in_force()[1].skills.calm) == (15.0, 0.4)
    page = client.get("/division/history").text
    assert page.index("Edition 2") < page.index("Edition 1")
    assert page.count("Return to it") == 1
    client.post(f"/division/policy/{first.pk}/return")
    assert rules_in_force()[1].weights.growth == 9.0
    assert PolicyEdition.objects.first().number == 3
    assert "Back to edition 1" in client.get("/division/history").text


def test_what_contradicts_itself_is_refused_and_nothing_is_kept(world: World, reader):
    client = reader(world.wang_fang)
    draft = drafted(client)
    answer = client.post(f"/division/policy/{draft.pk}", typed(weights__growth="plenty"))
    assert "Enter a number" in answer.text
    assert client.post(f"/division/policy/{draft.pk}", typed(shifts__first=0)).status_code == 422
    draft.refresh_from_db()
    assert draft.rules == START


def test_a_what_if_is_asked_watched_and_found_again(world: World, reader):
    client = reader(world.wang_fang)
    draft = drafted(client, weights__growth=9)
    where = client.post(f"/division/policy/{draft.pk}/what-ifs", {"days": 30, "seeds": 10}).headers[
        "Location"
    ]
    assert 'hx-trigger="every 1s"' in client.get(where).text
    run = Comparison.objects.get()
    assert (run.before, run.after["weights"]["growth"], run.after_number) == (START, 9.0, draft.number)
    assert where in client.get("/division/policy").text
    cell = {"who": "Everything", "figure": "Effort", "before": "1 h", "after": "2 h", "p": "0.010"}
    row = {**cell, "difference": "+1 h", "interval": "0 to 2", "standing": -1}
    told = {"over": "over", "identical": False, "findings": ["Much changes."], "unclear": [], "trust": []}
    said = {**told, "all": [row], "gains": [], "pays": [row]}
    Comparison.objects.update(state="done", found={"en": said, "zh-hans": said})
    page = client.get(where).text
    assert "Much changes." in page
    assert 'hx-trigger="every 1s"' not in page


def test_a_what_if_under_way_can_be_stopped(world: World, reader):
    client = reader(world.wang_fang)
    draft = drafted(client)
    where = client.post(f"/division/policy/{draft.pk}/what-ifs", {"days": 7, "seeds": 10}).headers["Location"]
    client.post(f"{where}/stop")
    assert Comparison.objects.get().state == "stopped"


def test_a_group_with_a_ring_is_written_on_the_page_and_cleared_again(world: World, reader):
    client = reader(world.wang_fang)
    north, south = world.teams["north"].pk, world.teams["south"].pk
    group = {
        "name": "API desk",
        "teams": north,
        "topics": world.topics["api"].pk,
        "after_1": 15,
        "teams_1": south,
    }
    draft = drafted(client, **{f"group-0-{name}": value for name, value in group.items()})
    (found,) = PolicyRules.from_json(draft.rules).groups
    assert (found.name, found.teams, found.anybody) == ("API desk", (north,), float("inf"))
    assert [(ring.after, ring.teams) for ring in found.rings] == [(15.0, (south,))]
    page = client.get(f"/division/policy/{draft.pk}").text
    assert "<b>API desk</b>" in page
    assert 'name="group-1-name"' in page
    refused = client.post(f"/division/policy/{draft.pk}", typed(**{"group-0-name": "Nobody's"}))
    assert "Choose at least one team." in refused.text
    client.post(f"/division/policy/{draft.pk}", typed(**{"group-0-name": ""}))
    draft.refresh_from_db()
    assert draft.rules["groups"] == []


def test_limits_of_tickets_open_at_once_are_written_on_the_page(world: World, reader):
    client = reader(world.wang_fang)
    draft = drafted(client, **{"limit-all": 6, "limit-chat": 2})
    said = [(limit.channel, limit.most) for limit in PolicyRules.from_json(draft.rules).limits]
    assert said == [("", 6), ("chat", 2)]
    page = client.get(f"/division/policy/{draft.pk}").text
    assert "In all ≤ 6, Chat ≤ 2" in page
    assert 'name="limit-chat" value="2"' in page


def test_the_preview_says_who_would_have_got_what_and_why(world: World, reader):
    client = reader(world.wang_fang)
    live(world, 24, until=world.now)
    draft = drafted(client, **{"skills__need__0": 4, "skills__need__1": 4, "skills__need__2": 4})
    page = client.get(f"/division/policy/{draft.pk}/preview").text
    assert "of 24 tickets would have gone to somebody else" in page
    assert "Sun Hao: Not skilled enough in the topic" in page
    assert "100% as it really went" in page


def test_a_preview_of_more_tickets_takes_no_more_statements(world: World, reader):
    client, counts = reader(world.wang_fang), []
    draft = drafted(client, weights__growth=9)
    for more in (8, 16):
        live(world, more, until=world.now)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/division/policy/{draft.pk}/preview")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_agents_read_the_history_and_change_nothing(world: World, reader):
    client = reader(world.li_na)
    assert client.get("/division/history").status_code == 200
    assert client.get("/division/policy").status_code == 403
    assert client.post("/division/policy/drafts").status_code == 403


def test_a_draft_can_be_thrown_away_and_an_edition_cannot(world: World, reader):
    client = reader(world.wang_fang)
    draft = drafted(client)
    client.post(f"/division/policy/{draft.pk}/removal")
    assert not PolicyEdition.objects.exists()
    kept = drafted(client)
    client.post(f"/division/policy/{kept.pk}/publication")
    assert client.post(f"/division/policy/{kept.pk}/removal").status_code == 409


def test_differences_name_the_dial_and_both_values():
    after = PolicyRules.from_json({**START, "skills": {**START["skills"], "need": [1, 2, 2.5]}}).to_json()
    with override("en"):
        found = [(str(label), old, new) for label, old, new in differences(START, after)]
    assert found == [("Least proficiency for hard work", "3", "2.5")]


def test_a_longer_history_takes_no_more_statements(world: World, reader):
    client, counts = reader(world.wang_fang), []
    for more in (2, 6):
        for _ in range(more):
            client.post(f"/division/policy/{drafted(client).pk}/publication")
        with CaptureQueriesContext(connection) as queries:
            client.get("/division/history")
            client.get("/division/policy")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40
