"""The chat window inside other sites."""

from __future__ import annotations

from django.urls import path

from fengong.web.widget import page, views

urlpatterns = [
    path("widget.js", page.loader, name="widget_loader"),
    path("widget/<str:token>", page.window, name="widget_window"),
    path("widget/<str:token>/visitors", views.visitors, name="widget_visitors"),
    path("widget/<str:token>/talk", views.talk, name="widget_talk"),
    path("widget/<str:token>/messages", views.messages, name="widget_messages"),
    path("widget/<str:token>/identity", views.identity, name="widget_identity"),
    path("widget/<str:token>/address", views.address, name="widget_address"),
    path("widget/<str:token>/presence", views.presence, name="widget_presence"),
    path("widget/<str:token>/rating", views.rating, name="widget_rating"),
    path("widget/<str:token>/files/<str:signed>", views.file, name="widget_file"),
]
