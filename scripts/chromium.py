"""Print the path of Chromium for the journeys; as root on Debian it is installed when missing."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The journeys need the browser Chromium: on Debian, run apt install chromium as root, "
    "or name its path in KITH_CHROMIUM."
)


def main() -> int:
    found = find() or (install() and find())
    if not found:
        print(MISSING, file=sys.stderr)
        return 1
    print(found)
    return 0


def find() -> str | None:
    named = os.environ.get("KITH_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing Chromium for the journeys ...", file=sys.stderr)
    _apt_get("update", "-qq")
    return _apt_get("install", "-y", "-qq", "--no-install-recommends", "chromium")


def _apt_get(*words: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", *words], env=environment, stdout=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
