"""The list of settings, from kith.config.options."""

from kith.config.options import OPTIONS, Option
from kith.config.records.page import page, table

# They say where the file is, so they cannot stand in it.
ONLY_ENVIRONMENT = {"KITH_HOME", "KITH_CONFIG"}
KINDS = {str: "text", int: "whole number", bool: "yes or no"}

HOW = """\
Every setting has a name in the environment and a name in a file. The file is `kith.toml` in the
data folder, or the one that `KITH_CONFIG` names. The environment wins.

```toml
port = 8080
time_zone = "Europe/Madrid"
```

`kith doctor` names every setting whose value cannot be used."""


def configuration() -> str:
    heads = ["environment", "file", "kind", "default", "what it is for"]
    return page("Configuration", HOW, table(heads, [_row(option) for option in OPTIONS]))


def _row(option: Option) -> tuple[str, ...]:
    default = f"`{option.default}`" if option.default else ""
    key = "" if option.name in ONLY_ENVIRONMENT else f"`{option.key}`"
    return f"`{option.name}`", key, KINDS[option.kind], default, option.help
