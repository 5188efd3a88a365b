"""Small exports in the shapes that each desk is documented to give, written for these tests."""

from __future__ import annotations

import json
from typing import Any

ZENDESK_USERS = [
    {"id": 501, "name": "周杰", "email": "zhou@beifeng.example", "role": "end-user", "organization_id": 9,
     "locale": "zh-CN"},
    {"id": 77, "name": "Li Na", "email": "li_na@example.test", "role": "agent"},
    {"id": 78, "name": "Gone Agent", "email": "gone@example.test", "role": "agent"},
]  # fmt: skip
ZENDESK_COMPANY = {"id": 9, "name": "北风商贸", "domain_names": ["beifeng.example"]}


def zendesk_ticket(ident: int = 35436, **more: Any) -> dict[str, Any]:
    """One line of the NDJSON export."""
    return {
        "id": ident,
        "subject": "发票抬头错了",
        "description": "请重开发票。",
        "status": "solved",
        "priority": "high",
        "requester_id": 501,
        "assignee_id": 77,
        "organization_id": 9,
        "tags": ["VIP", "发票"],
        "custom_fields": [{"id": 27642, "value": "A-12"}, {"id": 27643, "value": None}],
        "via": {"channel": "email"},
        "created_at": "2025-07-20T22:55:29Z",
        "updated_at": "2025-07-21T10:38:52Z",
        "comments": [
            {"id": 1, "author_id": 501, "body": "请重开发票。", "html_body": "<p>请<script>x()</script>重开发票。</p>",
             "public": True, "created_at": "2025-07-20T22:55:29Z",
             "attachments": [{"file_name": "a.png", "content_url": "https://files.example/a", "size": 3}]},
            {"id": 2, "author_id": 77, "body": "客户是重点客户", "public": False, "created_at": "2025-07-20T23:05:00Z"},
            {"id": 3, "author_id": 78, "body": "已经重开。", "public": True, "created_at": "2025-07-21T10:38:52Z"},
        ],
        **more,
    }  # fmt: skip


def lines(*objects: Any) -> bytes:
    """NDJSON."""
    return "\n".join(json.dumps(found, ensure_ascii=False) for found in objects).encode()


def zendesk(*tickets: dict[str, Any]) -> bytes:
    """A whole export: organisation, people, tickets."""
    return lines(ZENDESK_COMPANY, *ZENDESK_USERS, *(tickets or (zendesk_ticket(),)))


FRESHDESK = json.dumps(
    {
        "companies": [{"id": 4, "name": "Acme", "domains": ["acme.example"]}],
        "agents": [{"id": 2, "contact": {"name": "Li Na", "email": "li_na@example.test"}}],
        "contacts": [{"id": 1, "name": "Ann Lee", "email": "ann@acme.example", "company_id": 4, "language": "en"}],
        "tickets": [
            {
                "id": 11, "subject": "Printer on fire", "description": "<div>It <b>burns</b></div>",
                "description_text": "It burns", "status": 3, "priority": 4, "source": 3, "requester_id": 1,
                "responder_id": 2, "tags": ["hot"], "custom_fields": {"cf_level": "A", "cf_none": None},
                "created_at": "2025-03-01T08:00:00Z", "updated_at": "2025-03-02T08:00:00Z",
            }
        ],
        "conversations": [
            {"id": 5, "ticket_id": 11, "body": "<div>Pour water</div>", "body_text": "Pour water", "user_id": 2,
             "incoming": False, "private": False, "created_at": "2025-03-01T09:00:00Z"},
            {"id": 6, "ticket_id": 11, "body_text": "Call the fire brigade?", "user_id": 2, "incoming": False,
             "private": True, "created_at": "2025-03-01T09:30:00Z"},
        ],
    },
    indent=1,
).encode()  # fmt: skip

ZAMMAD = json.dumps(
    {
        "organizations": [{"id": 2, "name": "Chrispresso", "domain_assignment": False}],
        "users": [
            {"id": 3, "login": "c@chris.example", "firstname": "Christopher", "lastname": "Miller",
             "email": "c@chris.example", "organization_id": 2, "roles": ["Customer"]},
            {"id": 4, "login": "li_na", "firstname": "Na", "lastname": "Li", "email": "li_na@example.test",
             "roles": ["Agent"], "group_ids": {"1": ["full"]}},
        ],
        "tickets": [
            {"id": 1, "number": "22001", "title": "Beans", "customer_id": 3, "owner_id": 1, "state": "new",
             "priority": "2 normal", "created_at": "2025-11-03T11:51:13.790Z", "updated_at": "2025-11-03T12:00:00Z",
             "articles": [{"id": 9, "type": "email", "sender": "Customer", "content_type": "text/html",
                           "body": "<p>Where are my beans?</p>", "internal": False, "created_by_id": 3,
                           "created_at": "2025-11-03T11:51:13.790Z",
                           "attachments": [{"id": 19, "filename": "b.png", "size": "3735"}]}]},
        ],
    },
    indent=1,
).encode()  # fmt: skip

CHATWOOT = json.dumps(
    {
        "data": {
            "meta": {"all_count": 1},
            "payload": [
                {
                    "id": 12, "inbox_id": 3, "status": "resolved", "priority": None, "labels": ["billing"],
                    "custom_attributes": {"plan": "pro"}, "created_at": 1700000000, "last_activity_at": 1700000300.5,
                    "meta": {"sender": {"id": 9, "name": "Pat", "email": "pat@example.test", "type": "contact"},
                             "assignee": {"id": 9, "name": "Li Na", "email": "li_na@example.test", "type": "user"},
                             "channel": "Channel::WebWidget"},
                    "messages": [
                        {"id": 77, "content": "hi, my bill", "message_type": 0, "private": False, "sender_id": 9,
                         "sender_type": "Contact", "created_at": 1700000000},
                        {"id": 78, "content": "Look here", "message_type": 1, "private": False, "sender_id": 9,
                         "sender_type": "User", "created_at": 1700000100},
                        {"id": 79, "content": "resolved by Li Na", "message_type": 2, "created_at": 1700000200},
                    ],
                }
            ],
        }
    }
).encode()  # fmt: skip
