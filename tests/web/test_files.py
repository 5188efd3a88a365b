"""Serving files: nothing that somebody attached can act on who opens it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fengong.desk.actions.attachments import attach
from fengong.desk.models import Attachment, Ticket
from tests.world import World

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def put(world: World, name: str, content: bytes, ticket: Ticket | None = None) -> Attachment:
    return attach(
        actor=world.li_na,
        ticket=ticket or world.ticket(),
        name=name,
        content=content,
        content_type="",
        at=world.now,
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.html", b"<html><script>alert(1)</script>"),
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("x.png", b"<svg onload='alert(1)'/>"),
        ("x.xml", b"<?xml version='1.0'?><a/>"),
        ("x.zip", b"PK\x03\x04"),
    ],
)
def test_what_could_run_is_saved_and_never_shown(world: World, reader: Any, name: str, content: bytes):
    answer = reader(world.li_na).get(put(world, name, content).path)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.content == content


def test_a_picture_is_shown_under_its_own_name_in_any_script(world: World, reader: Any):
    answer = reader(world.li_na).get(put(world, "屏幕 截图.png", PNG).path)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=utf-8''%E5%B1%8F")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_text_in_a_chinese_encoding_is_shown_in_it(world: World, reader: Any):
    answer = reader(world.li_na).get(put(world, "说明.txt", "发票抬头说明".encode("gb18030")).path)
    assert answer.headers["Content-Type"] == "text/plain; charset=gb18030"


def test_a_file_is_for_those_who_may_read_its_ticket(world: World, reader: Any):
    path = put(world, "x.png", PNG).path
    assert Client().get(path).status_code == 302
    assert reader(world.tang_yun).get(path).status_code == 404
    assert reader(world.zhou_min).get(path).status_code == 200
    assert reader(world.zhou_min).get("/files/999/x").status_code == 404


def test_the_composer_uploads_and_takes_back(world: World, reader: Any):
    ticket, li_na = world.ticket(), reader(world.li_na)
    given = [SimpleUploadedFile("图.png", PNG), SimpleUploadedFile("x.exe", b"MZ")]
    answer = li_na.post(f"/tickets/{ticket.pk}/files", {"file": given})
    kept, refused = answer.json()["files"]
    assert answer.status_code == 201
    assert (kept["name"], kept["image"], kept["state"]) == ("图.png", True, "clean")
    assert kept["markdown"] == f"![图.png]({kept['path']})"
    assert refused["state"] == "refused"
    assert "id" not in refused
    assert [file["id"] for file in li_na.get(f"/tickets/{ticket.pk}/files").json()["files"]] == [kept["id"]]
    assert li_na.delete(kept["path"]).status_code == 200
    assert li_na.get(f"/tickets/{ticket.pk}/files").json()["files"] == []
    assert li_na.post(f"/tickets/{ticket.pk}/files").status_code == 422
