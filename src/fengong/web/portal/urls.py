"""The customers' pages."""

from __future__ import annotations

from django.urls import path

from fengong.web.portal import contact, door, rating, views

urlpatterns = [
    path("portal", views.tickets, name="portal"),
    path("portal/sign-in", door.sign_in, name="portal_sign_in"),
    path("portal/enter/<str:secret>", door.enter, name="portal_enter"),
    path("portal/sign-out", door.sign_out, name="portal_sign_out"),
    path("portal/language", door.language, name="portal_language"),
    path("portal/tickets/new", views.new, name="portal_new"),
    path("portal/tickets/<int:pk>", views.ticket, name="portal_ticket"),
    path("portal/tickets/<int:pk>/replies", views.replies, name="portal_replies"),
    path("portal/tickets/<int:pk>/resolution", views.resolution, name="portal_resolution"),
    path("portal/tickets/<int:pk>/rating", rating.in_place, name="portal_rating"),
    path("portal/recommendation", rating.recommendation, name="portal_recommendation"),
    path("rate/<str:token>", rating.rating, name="rate"),
    path("portal/files/<int:pk>/<str:name>", views.file, name="portal_file"),
    path("contact", contact.contact, name="contact"),
]
