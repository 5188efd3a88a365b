"""What a site loads: the script that puts the window in its page, and the page inside the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from fengong.kernel.errors import Missing
from fengong.web.middleware import POLICY
from fengong.web.widget.visitor import active_widget, speak

LOADER = Path(__file__).parents[1] / "static" / "js" / "widget-loader.js"
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@require_safe
def loader(request: HttpRequest) -> HttpResponse:
    """The script of the one tag. Any site may load it; where the window opens is the window's own matter."""
    return HttpResponse(
        LOADER.read_bytes(),
        content_type="text/javascript; charset=utf-8",
        headers={
            "Cache-Control": f"public, max-age={0 if settings.DEBUG else 300}",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )


@xframe_options_exempt
@require_safe
def window(request: HttpRequest, token: str) -> HttpResponse:
    """The page inside the window, to be framed by the sites named for it and by the desk itself."""
    try:
        widget = active_widget(token)
    except Missing:
        return HttpResponse(status=404)
    speak(request, widget.language or LANGUAGES.get(request.GET.get("lang", "")[:2].lower(), ""))
    response = render(request, "widget/window.html", {"widget": widget, "facts": facts(widget)})
    response.headers["Content-Security-Policy"] = policy_of(widget)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def policy_of(widget: Any) -> str:
    """The policy of every page but for who may frame it."""
    sites = " ".join(["'self'", *widget.origins])
    return POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {sites}")


def facts(widget: Any) -> dict[str, Any]:
    """What the window's script must know."""
    return {
        "token": widget.token,
        "origins": widget.origins,
        "colour": widget.colour,
        "position": widget.position,
        "language": get_language(),
        "words": {
            "open": _("Open the chat"),
            "close": _("Close the chat"),
            "sending": _("Sending…"),
            "waiting": _("Not sent yet; it is tried again."),
            "failed": _("This did not work. Try again."),
            "thanks": _("Thank you!"),
            "comment": _("What could we do better?"),
            "rate": _("Send"),
        },
    }
