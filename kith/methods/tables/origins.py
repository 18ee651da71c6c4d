"""Words of origin and belief in cells, so that a column without a telling heading is not taken."""

import re
from functools import lru_cache

from babel import Locale

from kith.methods.tables.table import Value
from kith.methods.tables.text import plain, shown

_LOCALES = ("en", "pl", "de", "uk", "ru", "ar")

_BELIEFS = re.compile(
    r"\b(?:muzulman\w*|islam\w*|muslim\w*|sunni\w*|sunnit\w*|szyit\w*|shia|shiit\w*|katoli\w*|cathol\w*|"
    r"prawosl\w*|orthodox\w*|chrzescijan\w*|christian\w*|christ(?:lich)?|protestant\w*|ewangelic?k\w*|"
    r"zyd(?:owk\w*|owsk\w*)?|jewish|judaism|judisch\w*|buddy\w*|buddh\w*|hindu\w*|ateist\w*|atheis\w*|"
    r"jazyd\w*|yazid\w*|jesid\w*|swiadek jehow\w*|"
    r"мусульман\w*|іслам\w*|православ\w*|католи\w*|христиан\w*|"
    r"християн\w*|юде\w*|иуде\w*)\b|مسلم|مسيحي|سني\b|شيعي|يهودي|درزي|ايزيدي|علوي"
)
_DRESS_AND_LOOKS = re.compile(
    r"\b(?:hidzab\w*|hijab\w*|nikab\w*|niqab\w*|burk\w*|headscarf|kopftuch\w*|nosi chust\w*|"
    r"kolor skory|"
    r"ciemnoskor\w*|czarnoskor\w*|skin colou?r|dark[- ]skinned|хіджаб|хиджаб)\b|حجاب|نقاب"
)
_PEOPLES = re.compile(
    r"\b(?:narodowosc\w*|obywatel\w*|rom(?:ka|ki|ow)?|roma|cygan\w*|kurd(?:yjka|ka|in)?|tatar\w*|paszt[uo]n\w*|hazar\w*|"
    r"ukrain(?:iec|ka|cy|ki)|syryjczy\w*|syryjk\w*|afganczy\w*|afgan(?:ka|ki)?|czeczen\w*|bialorusin\w*|"
    r"rosjan\w*|turczynk\w*|arab(?:ka|owie)?|nationality|ethnic\w*|refugee from|syrian|afghan|"
    r"ukrainian (?:wo)?man|somali woman|цыган\w*|ром(?:ка|и)?|татар\w*|чечен(?:ець|ец|ка)?)\b|"
    r"جنسيته|اصله"
)


def speaks_of_origin(text: str) -> bool:
    """Whether a note holds a word of belief, people, dress or looks. A hint for a reader."""
    return bool(word_of_origin(text))


def word_of_origin(text: str) -> str:
    """The first word of belief, people, dress or looks in a text; empty when there is none."""
    written = plain(text)
    found = (pattern.search(written) for pattern in (_BELIEFS, _DRESS_AND_LOOKS, _PEOPLES))
    return next((match.group() for match in found if match), "")


def names_a_country(text: str) -> bool:
    """Whether the whole text is the name of a country."""
    return plain(text).strip(" .") in _countries()


def origin_share(cell: Value) -> float:
    """1.0 when a whole cell is a country, a nationality, a belief or a word of dress."""
    text = plain(shown(cell)).strip(" .")
    if not text or len(text) > 40:
        return 0.0
    return float(text in _countries() or speaks_of_origin(text) or text.startswith("from "))


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    names = set()
    for locale in _LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            if code.isalpha() and len(code) == 2:
                names.add(plain(name))
    return frozenset(names)
