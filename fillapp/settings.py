"""Settings. Everything has a working default; the environment changes what must differ."""

import os
from contextlib import suppress
from pathlib import Path

import dj_database_url
from django.core.management.utils import get_random_secret_key


def _env(name: str, default: str = "") -> str:
    """The variable, or the default where it is missing or empty (as compose files leave it)."""
    return os.environ.get(name) or default


BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(_env("FILL_VAR", str(BASE_DIR / "var")))


def _local_secret() -> str:
    """A secret kept in a file of this installation, so that a first run needs no set-up."""
    path = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_secret_key())
    return path.read_text()


SECRET_KEY = _env("SECRET_KEY") or _local_secret()
DEBUG = _env("FILL_DEBUG") == "1"
ALLOWED_HOSTS = _env("FILL_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in _env("FILL_ORIGINS").split(",") if origin]

INSTALLED_APPS = [
    "fillapp",
    "generation",
    "templates",
    "signals",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fillapp.security.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "fillapp.urls"
ASGI_APPLICATION = "fillapp.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Never the app called `templates`: that would serve Python source as pages.
        "DIRS": [BASE_DIR / "fillapp" / "html"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

if _env("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(_env("DATABASE_URL"), conn_max_age=0)}
else:
    # Not as an address: the folder's name may hold any sign.
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "fill.sqlite3")}}
_options = DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file in tests too: threads that share an in-memory database lock each other out.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    _options["transaction_mode"] = "IMMEDIATE"
    _options["timeout"] = 30
    _options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Closing a connection before waiting for the model gives it back to the pool.
    _options["pool"] = {"min_size": 1, "max_size": 20, "timeout": 30}
    # So that pg_stat_activity says which process holds how many.
    _options["application_name"] = f"fill {os.getpid()}"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "gallery"
LOGOUT_REDIRECT_URL = "sign_in"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = _env("FILL_TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True

MEDIA_ROOT = Path(_env("FILL_MEDIA_ROOT", str(VAR_DIR / "media")))
DATA_UPLOAD_MAX_NUMBER_FILES = 200
# A long report makes an import of many hundred parts, each with its fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CELERY_BROKER_URL = _env("CELERY_BROKER_URL", "memory://localhost/")
# The largest file one may upload, in megabytes.
FILL_LARGEST_UPLOAD = int(_env("FILL_LARGEST_UPLOAD", "100"))
# What reading one file may take: seconds, and megabytes of memory, of unpacked parts, and of text.
FILL_READ_SECONDS = int(_env("FILL_READ_SECONDS", "60"))
FILL_READ_MEMORY = int(_env("FILL_READ_MEMORY", "2000"))
FILL_READ_UNPACKED = int(_env("FILL_READ_UNPACKED", "500"))
FILL_READ_TEXT = int(_env("FILL_READ_TEXT", "100"))
FILL_QUEUE = _env("FILL_QUEUE", "fill")
# So many seconds after a worker has died or stood still, another may take its blocks over.
FILL_LEASE_SECONDS = float(_env("FILL_LEASE_SECONDS", "20"))
FILL_CONCURRENCY = int(_env("FILL_CONCURRENCY", "64"))
FILL_MODELS = Path(_env("FILL_MODELS", str(BASE_DIR / "llm.toml")))
FILL_MODEL = _env("FILL_MODEL")
# An OpenAI-compatible server of embeddings in the place of the small embedder that ships.
FILL_EMBED_MODEL = _env("FILL_EMBED_MODEL")
FILL_EMBED_BASE_URL = _env("FILL_EMBED_BASE_URL")

# Where people reach this site: for links in e-mails.
FILL_ADDRESS = _env("FILL_ADDRESS", (CSRF_TRUSTED_ORIGINS or ["http://localhost:8000"])[0]).rstrip("/")
FILL_EMAIL_FROM = _env("FILL_EMAIL_FROM", "Fill <fill@localhost>")
EMAIL_HOST = _env("FILL_EMAIL_HOST")
EMAIL_PORT = int(_env("FILL_EMAIL_PORT", "587"))
EMAIL_HOST_USER = _env("FILL_EMAIL_USER")
EMAIL_HOST_PASSWORD = _env("FILL_EMAIL_PASSWORD")
EMAIL_USE_TLS = _env("FILL_EMAIL_TLS", "1") == "1" and EMAIL_PORT != 465
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 10
# Without a server of mail, what would be sent is written into files.
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
# Whether a webhook may stand in a private network, such as this machine's own.
FILL_WEBHOOK_PRIVATE = _env("FILL_WEBHOOK_PRIVATE") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A page that is not there, or a form with a mistake in it, is no event for the log.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": _env("FILL_LOG", "WARNING")},
}
