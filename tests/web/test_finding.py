"""What the palette finds: tickets, customers, views, macros, pages of settings; only what one may enter."""

from __future__ import annotations

from fengong.automation.models import Macro
from fengong.desk.actions.views import save_view
from fengong.web.settings.pages import SECTIONS
from tests.world import World


def test_the_palette_finds_customers_beside_tickets(world: World, reader):
    page = reader(world.li_na).fragment("/search?q=王强").text
    assert "王强" in page
    assert "wang@beifeng.example" in page


def test_the_palette_knows_views_macros_and_pages_of_settings(world: World, reader):
    ticket, macro = world.ticket(), Macro.objects.create(name_zh="致歉", name_en="Apology")
    save_view(actor=world.admin, name="Hot", query="priority:urgent", member=world.admin, at=world.now)
    client = reader(world.admin)
    page = client.fragment(f"/places?ticket={ticket.pk}").text
    assert 'data-palette="Hot"' in page
    assert f'hx-get="/places/{ticket.pk}/macros/{macro.pk}"' in page
    assert all(f'href="{section.path}"' in page for section in SECTIONS)
    assert "Apology" in client.fragment(f"/places/{ticket.pk}/macros/{macro.pk}").text
    assert "Apology" not in client.fragment("/places").text


def test_the_palette_offers_nothing_that_would_be_refused(world: World, reader):
    world.ticket("secret")
    client = reader(world.qian_wei)
    assert client.fragment("/search?q=secret").text.strip() == ""
    assert "href" not in client.fragment("/places").text
    assert client.fragment("/search?q=secret").status_code == 200
