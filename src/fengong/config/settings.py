"""Settings, all from the environment; the defaults serve one machine with SQLite."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FENGONG_DATA") or "var").resolve()


def _secret() -> str:
    """The signing key: from the environment, else made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("FENGONG_SECRET_KEY"):
        return key
    path = DATA / "secret-key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text()


SECRET_KEY = _secret()
DEBUG = os.environ.get("FENGONG_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("FENGONG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("FENGONG_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "fengong.kernel",
    "fengong.people",
    "fengong.customers",
    "fengong.rota",
    "fengong.desk",
    "fengong.dispatch",
    "fengong.planning",
    "fengong.automation",
    "fengong.emergency",
    "fengong.integrations.mail",
    "fengong.integrations.webhooks",
    "fengong.integrations.imports",
    "fengong.integrations.widget",
    "fengong.live",
    "fengong.web",
    "fengong.api",
    "fengong.demo",
    "fengong.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fengong.web.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fengong.web.middleware.ReaderLocale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "fengong.config.urls"
ASGI_APPLICATION = "fengong.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "fengong.web.shell.shell",
            ],
            "builtins": ["fengong.web.templatetags.fengong", "django.templatetags.i18n"],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
        " PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'fengong.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
elif (
    os.environ.get("FENGONG_PREPARE", "1") == "1"
):  # 0 behind a pool that hands each statement to another connection
    # PostgreSQL plans a statement once a connection; planning was two thirds of its work for a page.
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["fengong.people.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/today"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("FENGONG_HTTPS") == "1"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = os.environ.get("FENGONG_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATIC_ROOT = DATA / "static"

MEDIA_ROOT = DATA / "files"  # what people attach; served only through views that check who asks
PUBLIC_URL = os.environ.get("FENGONG_URL", "http://localhost:8000").rstrip(
    "/"
)  # how customers reach this desk

ATTACHMENT_MOST_BYTES = int(os.environ.get("FENGONG_FILE_MB", "25")) * 1024 * 1024
ATTACHMENT_MOST_BYTES_OF_TICKET = int(os.environ.get("FENGONG_TICKET_FILES_MB", "250")) * 1024 * 1024
ATTACHMENT_FORBIDDEN_TYPES = {
    "application/x-msdownload", "application/x-elf", "application/x-mach-binary", "application/x-msi",
    "application/java-archive", "application/vnd.android.package-archive",
}  # fmt: skip
ATTACHMENT_FORBIDDEN_ENDINGS = {
    "exe", "com", "scr", "pif", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi",
    "msp", "lnk", "reg", "jar", "cpl", "dll", "apk", "iso",
}  # fmt: skip
ATTACHMENT_SCANNER = os.environ.get(
    "FENGONG_SCANNER", "fengong.desk.actions.attachments.nothing_wrong"
)  # called with name, content, content_type; returns why a file is refused, or nothing

CONTACT_FORM_ORIGINS = os.environ.get("FENGONG_FORM_ORIGINS", "").split()  # sites that may frame /contact

# Webhooks speak to public addresses by HTTPS; networks of one's own are opened one by one: "10.1.0.0/16,127.0.0.1".
WEBHOOK_NETWORKS = [net for net in os.environ.get("FENGONG_WEBHOOK_NETWORKS", "").split(",") if net]
WEBHOOK_HTTP = os.environ.get("FENGONG_WEBHOOK_HTTP") == "1"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("FENGONG_LOG", "WARNING")},
}

WEB_THREADS = int(os.environ.get("FENGONG_WEB_THREADS", "8"))  # requests at once in one web process
WARM_UP = os.environ.get("FENGONG_WARM_UP", "1") != "0"  # whether a worker loads its kernels at its start
LIVE_MAX_CLIENTS = int(os.environ.get("FENGONG_LIVE_CLIENTS", "2000"))  # open streams in one web process
LIVE_RECHECK_SECONDS = float(
    os.environ.get("FENGONG_LIVE_RECHECK", "30")
)  # how soon an ended session falls silent
WORKER_EXPECTED = os.environ.get("FENGONG_WORKER", "1") == "1"  # whether a silent worker makes /health fail
