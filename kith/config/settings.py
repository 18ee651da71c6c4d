"""Django's settings, read from kith.config.options. There is one file for every situation."""

import os
from pathlib import Path
from urllib.parse import unquote, urlparse

from kith.config import home, options
from kith.config.mail import mail_settings

HERE = Path(__file__).resolve().parent.parent
HOME = home.current()

KITH_DEMO = options.flag("KITH_DEMO")
if os.environ.get("KITH_CHOICE"):
    # `kith run` watches the file of this name: the pages may change to the demo and back.
    KITH_CHOOSE_DEMO = "kith.config.launch.choice.choose_demo"
    KITH_CHOOSE_OWN = "kith.config.launch.choice.choose_own"
    KITH_CHANGE_PROGRESS = "kith.config.launch.choice.change_progress"
KITH_CLOCK = options.clock_file()
KITH_ADDRESS = options.public_address()
KITH_KEYS = str(HOME.keys)
KITH_HEADS = str(HOME.heads)
KITH_FILES = str(HOME.files)
KITH_COUNTRY_CODE = options.text("KITH_COUNTRY_CODE")
KITH_UPLOAD_BYTES = options.number("KITH_UPLOAD_MB") * 1024 * 1024


def _secret_key() -> str:
    path = HOME.keys / "cookies.key"
    # Commands that need no session (help, checks) run before the keys are made.
    return path.read_bytes().hex() if path.exists() else "made-when-kith-first-runs"


SECRET_KEY = _secret_key()
DEBUG = False
NAMES = options.listed("KITH_HOSTS")
# Who may come by the name of the machine itself may come by its numbers too.
ALLOWED_HOSTS = [*NAMES, "127.0.0.1", "[::1]"] if "localhost" in NAMES else NAMES
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in NAMES]

# Rooms from the top floor down, then libraries.
ROOMS = [
    "kith.mentors",
    "kith.papers",
    "kith.calendars",
    "kith.messaging",
    "kith.rota",
    "kith.expenses",
    "kith.mentoring",
    "kith.matching",
    "kith.welcome",
    "kith.services",
    "kith.interpreters",
    "kith.questionnaires",
    "kith.work",
    "kith.progress",
    "kith.activities",
    "kith.reminders",
    "kith.programmes",
    "kith.learning",
    "kith.consent",
    "kith.people",
    "kith.accounts",
    "kith.web",
    "kith.gate",
    "kith.base",
]
INSTALLED_APPS = [
    *[room for room in ROOMS if (HERE / room.split(".")[1] / "apps.py").exists()],
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kith.web.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kith.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kith.gate.middleware.ActorMiddleware",
    "kith.accounts.wiring.middleware.EmptyKithMiddleware",
    "kith.accounts.wiring.middleware.KeepFormMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kith.accounts.wiring.middleware.StaffMiddleware",
    "kith.web.errors.ErrorsMiddleware",
]

ROOT_URLCONF = "kith.config.urls"
WSGI_APPLICATION = "kith.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "kith.web.context.web",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kith.web.templatetags.ui",
                "kith.web.templatetags.said",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """Django's description of a PostgreSQL address."""
    parts = urlparse(url)
    options_ = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options_.get("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or options_.get("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Values travel apart from the sentence, so that what is asked again is planned only once.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
    }


# The launcher resolves both addresses; the serving role owns nothing and cannot pass row security.
_as_owner = os.environ.get("KITH_DATABASE_ROLE") == "owner"
DATABASES = {
    "default": database(
        options.text("KITH_DATABASE_URL" if _as_owner else "KITH_DATABASE_APP_URL")
        or "postgresql://kith_app@127.0.0.1/kith"
    )
}

AUTH_USER_MODEL = "gate.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "kith.accounts.wiring.adapters.AccountAdapter"
# Counted in the memory of the one web process: the lock of a known account lies in its row.
ACCOUNT_RATE_LIMITS = {
    "sign_in_failed": "40/15m/ip",
    "sign_in_unknown": "5/15m/key",
    "door": "60/5m/ip",
    # An office in which many people apply one after the other shares one place on the network.
    "public_form": "40/h/ip",
    "receipt_code": "60/15m/ip",
    # Letters that somebody else could send to an address by typing it into a public form.
    "public_letter": "3/d/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if options.flag("KITH_HTTPS") else 0

MFA_ADAPTER = "kith.accounts.wiring.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "kith.accounts.wiring.adapters.OpenIdAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# A link and no form: the policy of our pages forbids forms that lead to another server.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if options.text("KITH_OIDC_ISSUER"):
    _issuer = {
        "provider_id": "house",
        "name": urlparse(options.text("KITH_OIDC_ISSUER")).hostname,
        "client_id": options.text("KITH_OIDC_CLIENT"),
        "secret": options.text("KITH_OIDC_SECRET"),
        "settings": {"server_url": options.text("KITH_OIDC_ISSUER")},
    }
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_issuer]},
    }
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_NAME = "kith"
SESSION_COOKIE_AGE = options.number("KITH_IDLE_MINUTES") * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = options.flag("KITH_HTTPS")
CSRF_FAILURE_VIEW = "kith.web.views.csrf_failed"
if options.flag("KITH_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGES = [("en", "English"), ("pl", "Polski"), ("ar", "العربية")]
LANGUAGE_CODE = options.text("KITH_LANGUAGE")
LANGUAGE_COOKIE_NAME = "kith_language"
LOCALE_PATHS = [str(HERE / "locale")]
TIME_ZONE = options.text("KITH_TIME_ZONE")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = str(HOME.static)
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = KITH_UPLOAD_BYTES
TEST_RUNNER = "django.test.runner.DiscoverRunner"
KITH_MAIL_URL = options.text("KITH_MAIL_URL")
globals().update(mail_settings(KITH_MAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = options.text("KITH_MAIL_FROM")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
PROCRASTINATE_ON_APP_READY = "kith.gate.jobs.on_app_ready"
SILENCED_SYSTEM_CHECKS: list[str] = []
