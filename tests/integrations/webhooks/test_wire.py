"""Signatures against the specification's own library, and addresses that may not be spoken to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from pytest_django import Settings
from standardwebhooks import Webhook

from fengong.integrations.webhooks.wire import guard, posting
from fengong.integrations.webhooks.wire.guard import Forbidden, checked_url, is_allowed, target_of
from fengong.integrations.webhooks.wire.posting import post
from fengong.integrations.webhooks.wire.signing import headers, secret_of
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from tests.integrations.webhooks.receiver import Receiver


def test_the_signature_is_that_of_the_vector():
    """Secret, id, time and body with the signature that the reference library gives for them."""
    signed = headers(
        message_id="msg_1",
        body=b'{"type":"ticket.created"}',
        secrets=["whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"],
        at=datetime.fromtimestamp(1_700_000_000, UTC),
    )
    assert signed == {
        "webhook-id": "msg_1",
        "webhook-timestamp": "1700000000",
        "webhook-signature": "v1,MPCWYmmmYvVPSqh4kwt83Wf0v36yWjgJRFveAc3lKeA=",
    }


def test_the_librarys_check_takes_our_signature_with_either_of_two_secrets():
    body = json.dumps({"type": "ticket.opened", "data": {"名": "工单"}}).encode()
    secrets = [secret_of("new"), secret_of("old")]
    signed = headers(message_id="msg_2", body=body, secrets=secrets, at=now())
    for secret in secrets:
        assert Webhook(secret).verify(body, signed)["type"] == "ticket.opened"
    assert len(signed["webhook-signature"].split()) == 2


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused_however_it_is_written(settings: Settings, address: str):
    settings.WEBHOOK_NETWORKS = []
    assert not is_allowed(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_a_public_address_is_allowed(settings: Settings, address: str):
    settings.WEBHOOK_NETWORKS = []
    assert is_allowed(ip_address(address))


def test_a_name_that_leads_to_one_private_address_among_public_ones_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    settings.WEBHOOK_NETWORKS = []
    found = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("10.0.0.8", 443))]
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(Forbidden, match=r"10\.0\.0\.8"):
        target_of("https://rebind.example/hook")


def test_the_request_goes_to_the_address_that_was_checked_and_not_to_a_second_answer(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    """A name server that changes its mind after the check gains nothing: it is asked once."""
    port = int(receiver.url.split(":")[2].split("/")[0])
    asked = []

    def answer(host: str, *_args: object, **_more: object) -> list[object]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda host, *a, **m: answer(host))
    target = target_of(f"http://desk.example:{port}/hook")
    assert (target.pinned, asked) == (f"http://127.0.0.1:{port}/hook", ["desk.example"])


def test_the_host_that_was_meant_is_named_in_the_request(receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    port = int(receiver.url.split(":")[2].split("/")[0])
    real = posting.target_of(f"http://127.0.0.1:{port}/hook")
    url = f"http://desk.example:{port}/hook"
    target = guard.Target(real.address, guard.urlsplit(url))
    monkeypatch.setattr(posting, "target_of", lambda _url: target)
    assert post(url, body=b"{}", headers={}).taken
    assert receiver.requests[0][1]["Host"] == f"desk.example:{port}"


@pytest.mark.parametrize(
    "url",
    ["http://example.com/x", "https://u:p@example.com/", "https:///x", "ftp://example.com", "https://10.0.0.1/",
     "https://[::1]/", "https://example.com:99999/", "nonsense", "https://example.com/#x"],
)  # fmt: skip
def test_an_endpoint_may_not_have_such_an_address(settings: Settings, url: str):
    settings.WEBHOOK_NETWORKS, settings.WEBHOOK_HTTP = [], False
    with pytest.raises(Invalid):
        checked_url(url)


def test_a_redirect_is_not_followed(receiver: Receiver):
    receiver.will(302, Location=receiver.url)
    answer = post(receiver.url, body=b"{}", headers={})
    assert (answer.status, answer.taken, len(receiver.requests)) == (302, False, 1)


def test_silence_is_given_up_after_the_time_allowed(receiver: Receiver):
    receiver.will(200, held=True)
    answer = post(receiver.url, body=b"{}", headers={}, timeout=0.3)
    assert (answer.status, answer.taken) == (None, False)
    assert "Timeout" in answer.said
    assert answer.milliseconds >= 250


def test_nobody_listening_is_an_answer_too():
    answer = post("http://127.0.0.1:9/", body=b"{}", headers={})
    assert answer.status is None and "ConnectError" in answer.said
