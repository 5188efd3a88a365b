"""That somebody looks at a ticket is heard at once, though it is no fact."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.actions.viewing import look_at
from fengong.kernel.clock import now
from fengong.kernel.spine import last_seq
from fengong.live.glimpses import Glimpses
from tests.live.conftest import cookie_of, listening
from tests.serving import Server
from tests.world import World


def test_who_comes_to_a_ticket_is_heard_by_those_who_listen_and_the_spine_stays_silent(
    cast: World, web: Server
) -> None:
    ticket = cast.ticket()
    with listening(web, cookie_of(cast.zhou_min), "viewers") as ear:
        ear.settle()
        before = last_seq()
        look_at(actor=cast.li_na, ticket=ticket, member=cast.li_na, at=now())
        heard = ear.next()
    assert (heard.event, heard.topic, heard.id) == ("ticket.viewers", "viewers", ticket.pk)
    assert last_seq() == before


def test_a_glimpse_is_told_once_and_again_when_it_changes(world: World) -> None:
    ticket, glimpses = world.ticket(), Glimpses()

    def look(seconds: float, typing: str = "") -> set[int]:
        at = world.now + timedelta(seconds=seconds)
        look_at(actor=world.li_na, ticket=ticket, member=world.li_na, typing=typing, at=at)
        return glimpses.look(at)

    assert [look(0), look(1), look(2, "reply"), look(3, "reply"), look(4)] == [
        {ticket.pk},
        set(),
        {ticket.pk},
        set(),
        {ticket.pk},
    ]
