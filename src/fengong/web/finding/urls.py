"""What the palette asks for."""

from __future__ import annotations

from django.urls import path

from fengong.web.finding import views

urlpatterns = [
    path("search", views.search, name="search"),
    path("places", views.places, name="places"),
    path("places/<int:pk>/macros/<int:macro>", views.macro, name="macro_place"),
]
