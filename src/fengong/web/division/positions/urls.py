"""Addresses of positions and duties."""

from __future__ import annotations

from django.urls import path

from fengong.web.division.positions import drafting, reading, writing

ROOT = "division/positions"
urlpatterns = [
    path(ROOT, reading.listing, name="positions"),
    path(f"{ROOT}/mine", reading.mine, name="own_position"),
    path(f"{ROOT}/raci", reading.raci, name="raci"),
    path(f"{ROOT}/print", reading.printed, name="positions_print"),
    path(f"{ROOT}/templates/<slug:slug>", writing.template, name="position_template"),
    path(f"{ROOT}/new", writing.new, name="position_new"),
    path(f"{ROOT}/<int:pk>", reading.one, name="position"),
    path(f"{ROOT}/<int:pk>/frame", writing.frame, name="position_frame"),
    path(f"{ROOT}/<int:pk>/removal", writing.removal, name="position_removal"),
    path(f"{ROOT}/<int:pk>/print", reading.printed, name="position_print"),
    path(f"{ROOT}/<int:pk>/draft", drafting.draft, name="duty_draft"),
    path(f"{ROOT}/<int:pk>/draft/lines", drafting.lines, name="duty_lines"),
    path(f"{ROOT}/<int:pk>/draft/new", drafting.line, name="duty_new"),
    path(f"{ROOT}/<int:pk>/draft/<slug:task>", drafting.line, name="duty"),
    path(f"{ROOT}/<int:pk>/draft-removal", drafting.removal, name="duty_draft_removal"),
    path(f"{ROOT}/<int:pk>/publication", drafting.publication, name="duty_publication"),
    path("division/editions/<int:pk>", reading.edition, name="duty_edition"),
    path("division/editions/<int:pk>/acknowledgement", reading.acknowledgement, name="duty_acknowledgement"),
]
