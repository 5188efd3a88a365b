"""Customers. Those at the desk read and write them down."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import BY_ID, Listed, Turn
from fengong.api.schemas.customers import Customer, CustomerIn, Sought
from fengong.customers import queries as customers
from fengong.customers.actions.contacts import find_or_add_contact
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["customers"])


@router.get("", operation_id="list_customers", response=Listed[Customer])
def list_customers(request: MemberRequest, sought: Query[Sought], turn: Query[Turn]) -> Any:
    """Customers, by id."""
    require(request.auth, "ticket.read")
    return BY_ID.shown(Customer, customers.search(sought.q), turn)


@router.post("", operation_id="find_or_add_customer", response=Customer)
def post_customer(request: MemberRequest, given: CustomerIn) -> Any:
    """The customer with this address, written down when new."""
    customer = find_or_add_contact(
        actor=request.auth,
        email=given.email,
        display_name=given.name,
        language=given.language,
        organization=given.organization,
        at=now(),
    )
    return Customer.model_validate(customer)


@router.get("/{int:customer_id}", operation_id="get_customer", response=Customer)
def get_customer(request: MemberRequest, customer_id: PathId) -> Any:
    """One customer. Their tickets are `/tickets?customer=…`."""
    return Customer.model_validate(found.the_customer(request.auth, customer_id))
