"""How somebody gets in: an administrator makes a link, and who opens it chooses a password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fengong.kernel.clock import now
from fengong.kernel.throttle import Throttle
from fengong.people import queries as people
from fengong.people.actions.invitations import choose_password, invite_member, secret_of
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.filing.forms import SettingForm
from fengong.web.settings.people.forms import PasswordForm
from fengong.web.settings.people.members import member_there


class InvitationForm(SettingForm):
    """Where somebody signs in from; asked once."""

    email = forms.EmailField(
        max_length=254, required=False, label=gettext_lazy("E-mail address to sign in with")
    )


@require_POST
@for_members
def invitation(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a link by which a member chooses a password, the first or a new one, and show it once."""
    require(request.member, "people.manage")
    member, form, link = member_there(pk), InvitationForm(request.POST), ""
    if form.is_valid() and (account := form.kept(lambda: _invited(request, member, form))):
        link = request.build_absolute_uri(f"/welcome/{account.pk}/{secret_of(account)}")
    shown = {"member": member, "form": form, "link": link}
    return render(request, "settings/people/invitation.html", shown, status=200 if link else 422)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, pk: int, secret: str) -> HttpResponse:
    """The door an invitation opens: choose a password and be in."""
    form = PasswordForm(request.POST or None)
    if form.is_valid() and (account := _let_in(request, pk, secret, form)):
        login(request, account, backend="fengong.people.backends.AccountBackend")
        return redirect("/today")
    return render(request, "account/welcome.html", {"form": form}, status=422 if form.is_bound else 200)


def _invited(request: MemberRequest, member: Any, form: InvitationForm) -> Any:
    return invite_member(
        actor=request.member,
        member=member,
        email=form.cleaned_data["email"],
        language=request.user.language,
        at=now(),
    )


def _let_in(request: HttpRequest, pk: int, secret: str, form: PasswordForm) -> Any:
    """The account, once its link and its password hold; who guesses links has to wait longer and longer."""
    throttle = Throttle(str(request.META.get("REMOTE_ADDR")), f"welcome {pk}")
    if wait := throttle.wait(now()):
        form.add_error(None, _("Too many attempts. Try again in %(seconds)s s.") % {"seconds": wait})
        return None
    account = form.kept(lambda: _chosen(pk, secret, form))
    throttle.note(success=account is not None, at=now())
    return account


def _chosen(pk: int, secret: str, form: PasswordForm) -> Any:
    account = people.account(pk)
    return choose_password(account=account, secret=secret, password=form.cleaned_data["password"], at=now())
