"""Needs and help topics from free text: topic codes of `topics.py`."""

import re
from collections.abc import Mapping
from functools import lru_cache

from kith.methods.tables.remarks import Remark, remark
from kith.methods.tables.table import Value
from kith.methods.tables.text import plain, says_nothing
from kith.methods.tables.topics import TOPICS

# Beginnings of words (or of a run of words with _). Earlier topics win where both would fit, so the
# narrow ones stand first: school for children before school, recognition before work.
_STEMS = """
recognition nostryfik uznanie_dyplom uznanie_kwalif dyplom kwalifikac recogni qualification
recognition diploma
recognition anerkennung nostrifi визнання_диплом визнання_кваліф нострифік диплом кваліфік شهاد
recognition معادله اعتراف
school szkola_dla_dzieci szkola_dziec dla_dziec przedszkol zlob szkoly_dla_dziec edukacja_dziec
school opieka_nad_dziec
school dzieci_w_szkole rekrutacja_do_szk kindergart nursery childcare child_care
school school_for_child children's_school
school child_school school child kita kinderbetreu schule садок дитсад школ догляд_за_діт детск
school روضه مدرس حضان
language nauka_pol nauka_jez polski polskiego jezyk kurs_pol kurs_jez konwersac language
language polish_les english_les
language learn_polish learn_english conversation sprach deutsch мова мови польськ розмовн языка
language язык لغه تعلم_اللغه
language learning_the_lang german_les englisch angielski niemiecki polish english german
digital komputer cyfrow internet telefon_obsl smartfon profil_zaufan epuap mobywatel digital
digital computer online
digital smartphone it_skills комп'ютер компютер цифров інтернет обслуга_тел حاسوب كمبيوتر رقمي
digital انترنت
offices urzad urzed formalnosc dokument karta_pobytu pobyt legaliz papier prawn prawo wniosek
offices pisma wiza pesel
offices office official paper document legal residence permit visa authorit bureaucra behord amt
offices amter
offices formular antrag aufenthalt rechtlich офіційн документ урядов установ юридич легаліз
offices дозвіл віза оформлен
offices уряд دوائر اوراق معامل وثائق قانون اقامه رسمي visum
money pieniadz budzet finans dlug bank zasilek swiadczen money budget financ debt benefit
money allowance geld
money finanz schuld konto sozialleist гроші фінанс борг бюджет допомога_соц مال ديون ميزان بنك
housing mieszkan zakwater lokum wynaj pokoj dom hous accommodation flat apartment rent room
housing landlord
housing wohn unterkunft miete житл квартир помешкан оренд سكن بيت منزل شقه ايجار
health zdrow lekarz lekarsk leczen medyc szpital dentyst psycholog terapi health doctor medic
health hospital dentist
health mental therap gesundheit arzt krank здоров лікар медиц лікуван психолог врач صحه صحي طبيب
health طبي علاج دكتور نفسي
work prac zatrudn cv rozmowa_kwal zawod biznes firma work job employ career business arbeit
work beruf bewerb
work робот праця працевлаш професі вакан резюме عمل وظيف شغل توظيف مهن
learning studia nauka kurs edukac szkolen uczelni matur egzamin study studies course educat
learning training universit exam
learning studium ausbildung kurs weiterbild prufung навчан освіт курс універс учеб دراس تعليم
learning دوره جامع
family rodzin malzen rodzic wychowan laczenie_rodz family parent relatives reunification famil
family eltern
family сім'я сімя родин батьків семья اسره عائل لم_شمل تربيه
social znajom przyjaci kontakt integrac czas_wolny samotn spotkan hobby sport kultur towarzys
social rozmow friend
social social people contact leisure free_time lonel meet freund kontakte freizeit sozial begegn
social друз знайом
social спілкув дозвіл вільний_час общен اصدقاء صداق تعارف اجتماع وقت_الفراغ اندماج
belonging bezpiecz dyskrymin wolontar udzial obywatelsk safety safe discriminat volunteer
belonging participat belong
belonging sicherheit diskrimin ehrenamt teilhabe безпек дискримін волонтер امان تمييز تطوع
"""
_SPLIT = re.compile(r"[,;/+&\n|•·،؛]|\b(?:i|oraz|and|und|та|и|or|lub|oder)\b|(?<=\s)و(?=ال)")
_ANYTHING = frozenset(plain(text) for text in ("wszystko", "everything", "alles", "все", "كل شيء"))


def read_topics(
    value: Value, *, known: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[tuple[str, ...], Remark | None]:
    """Topic codes in the order written, each once; the remark names what was not recognised."""
    if value is None or says_nothing(str(value)):
        return (), None
    found: dict[str, None] = {}
    unknown: list[str] = []
    for part in _parts(str(value)):
        topics = (known or {}).get(plain(part))
        topics = topics_of(part) if topics is None else topics
        if topics is None:
            unknown.append(part)
        found.update(dict.fromkeys(topics or ()))
    return tuple(found), remark("topic_unknown", text=", ".join(unknown)) if unknown else None


def topic_share(value: Value) -> float:
    """Which share of the parts of a cell are topics; for guessing what a column is."""
    parts = _parts(str(value)) if value is not None else []
    return sum(bool(topics_of(part)) for part in parts) / len(parts) if parts else 0.0


def topics_of(part: str) -> tuple[str, ...] | None:
    """The topics one part speaks of; None when it speaks of none."""
    text = " ".join(re.findall(r"[^\W_]+'?[^\W_]*", plain(part)))
    if plain(part) in TOPICS:
        return (plain(part),)
    if text in _ANYTHING:
        return tuple(TOPICS)
    return _first_topic(text)


@lru_cache(maxsize=4096)
def _first_topic(text: str) -> tuple[str, ...] | None:
    padded = " " + " ".join(_without_article(word) for word in text.split())
    for topic, stem in _STEM_TABLE:
        if " " + stem in padded:
            return (topic,)
    return None


def _parts(text: str) -> list[str]:
    lines = "\n".join(plain(line) for line in text.splitlines())
    parts = (part.strip(" .:-–()?!") for part in _SPLIT.split(lines))
    return [part for part in parts if part and not says_nothing(part)]


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _stem_table() -> tuple[tuple[str, str], ...]:
    pairs = []
    for line in _STEMS.strip().splitlines():
        topic, *stems = line.split()
        pairs += [(topic, plain(stem.replace("_", " "))) for stem in stems]
    return tuple(pairs)


_STEM_TABLE = _stem_table()
