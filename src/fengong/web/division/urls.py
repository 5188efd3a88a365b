"""Addresses of the room Division; each of its pages brings a line."""

from __future__ import annotations

from django.urls import include, path

from fengong.web.division import views, workload
from fengong.web.division.coverage import views as coverage
from fengong.web.division.policy import editions, preview, what_ifs
from fengong.web.division.skills import views as skills

urlpatterns = [
    path("", include("fengong.web.division.positions.urls")),
    path("division", views.division, name="division"),
    path("division/assignments", views.assignments, name="assignments"),
    path("division/policy", editions.policy, name="policy"),
    path("division/policy/drafts", editions.drafts, name="policy-drafts"),
    path("division/policy/<int:pk>", editions.edition, name="policy-edition"),
    path("division/policy/<int:pk>/preview", preview.preview, name="policy-preview"),
    path("division/policy/<int:pk>/publication", editions.publication, name="policy-publication"),
    path("division/policy/<int:pk>/return", editions.returning, name="policy-return"),
    path("division/policy/<int:pk>/removal", editions.removal, name="policy-removal"),
    path("division/policy/<int:pk>/what-ifs", what_ifs.what_ifs, name="what-ifs"),
    path("division/policy/what-ifs/<int:pk>", what_ifs.what_if, name="what-if"),
    path("division/policy/what-ifs/<int:pk>/stop", what_ifs.stopping, name="what-if-stop"),
    path("division/history", editions.history, name="policy-history"),
    path("division/coverage", coverage.coverage, name="coverage"),
    path("division/coverage/ways", coverage.ways, name="coverage-ways"),
    path("division/coverage/effect", coverage.effect, name="coverage-effect"),
    path("division/skills", skills.skills, name="skills"),
    path("division/skills/<int:pk>/<int:topic>/level", skills.level, name="skill-level"),
    path("division/skills/<int:pk>/<int:topic>/source", skills.counting, name="skill-source"),
    path("division/skills/<int:pk>/<int:topic>/stretch", skills.stretch, name="skill-stretch"),
    path("division/skills/<int:pk>/ramp", skills.ramp, name="skill-ramp"),
    path("division/workload", workload.workload, name="workload"),
    path("tickets/<int:pk>/decision", views.decision, name="decision"),
]
