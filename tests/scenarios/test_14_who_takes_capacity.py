"""Complaint 14: nobody can say which customers take the team's capacity, nor what each agent's part of it is."""

from __future__ import annotations

import pytest

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.customers.models import Contact
from fengong.dispatch import queries
from fengong.kernel.actor import SYSTEM
from fengong.planning.reading.takers import takers
from tests.scenarios.acts import give, resolve
from tests.world import World


def customer(world: World, name: str, firm: str) -> Contact:
    return find_or_add_contact(
        actor=SYSTEM, email=f"{name}@example.org", display_name=name, organization=firm, at=world.now
    )


def test_14_customers_stand_by_the_minutes_they_took_and_not_by_how_often_they_wrote(world: World):
    """Five questions of one firm are fewer minutes than one migration of another."""
    many, hard = customer(world, "ann", "Often Ltd"), customer(world, "ben", "Hard Ltd")
    for number in range(5):
        world.ticket(f"#{number}", customer=many)
    world.ticket("migration", topic="api", difficulty=3, customer=hard)
    found = takers(world.now)
    assert [(one.name, one.tickets, one.minutes) for one in found] == [
        ("Hard Ltd", 1, 60),
        ("Often Ltd", 5, 50),
    ]
    assert found[0].share == pytest.approx(60 / 110)


def test_14_what_is_done_counts_as_what_is_open_does(world: World):
    firm = customer(world, "ann", "Often Ltd")
    world.go_online("li_na")
    done = give(world, world.ticket(customer=firm), world.li_na)
    resolve(done, at=world.now)
    give(world, world.ticket(customer=firm), world.li_na)
    (found,) = takers(world.now)
    assert (found.tickets, found.minutes, found.open) == (2, 20, 10)


def test_14_each_members_part_of_the_load_stands_beside_their_capacity(world: World):
    world.go_online()
    give(world, world.ticket(), world.li_na)
    give(world, world.ticket(topic="api", difficulty=3), world.he_jie)
    rows = {row.member: row for row in queries.board(world.now).rows}
    assert rows[world.li_na].share == pytest.approx(10 / 120)
    assert rows[world.he_jie].share == pytest.approx(60 / 200)
