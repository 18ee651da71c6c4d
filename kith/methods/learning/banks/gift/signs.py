r"""The signs of GIFT that mean something, and how texts hide them behind a \."""

MEANING = "~=#{}:"
HIDDEN = {sign: chr(0xE000 + place) for place, sign in enumerate([*MEANING, "n", "\\"])}
_SHOWN = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in HIDDEN.items()}
_UNUSED = {ord(hidden): None for hidden in HIDDEN.values()}


def hidden(text: str) -> str:
    r"""Every \~ \= \# \{ \} \: \n \\ as one private sign, so that none is taken for a mark."""
    parts = text.translate(_UNUSED).split("\\\\")
    for sign, private in HIDDEN.items():
        if sign != "\\":
            parts = [part.replace(f"\\{sign}", private) for part in parts]
    return HIDDEN["\\"].join(parts)


def shown(text: str) -> str:
    """The text with its signs back, without spaces at its ends."""
    return text.strip().translate(_SHOWN)


def written(text: str) -> str:
    r"""A text as GIFT holds it: on one line, with a \ before every sign that means something."""
    text = text.replace("\\", "\\\\")
    for sign in MEANING:
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")
