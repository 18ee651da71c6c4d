"""The web application for a production server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
application = get_wsgi_application()

# What is loaded by now stays for good: looking through it again and again for what can be thrown
# away took a tenth of the time of a page and more.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
