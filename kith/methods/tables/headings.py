"""Which target the words of a heading speak of, in English, Polish, German, Ukrainian and Arabic.

A phrase is a run of words; `*` lets a word go on. The longest phrase found in a heading wins; what
is forbidden wins over everything.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from kith.methods.tables.targets import Kind, LeaveOut, Target
from kith.methods.tables.text import words_of

FORBIDDEN = """
narodowos*; obywatels*; pochodzeni*; kraj; kraju pochodzenia; z jakiego kraju; skad pochodzi;
miejsce urodzenia; religi*; wyznani*; wiara; etniczn*; etnos; rasa; kolor skory; stroj; ubior;
chusta; hidzab; nosi chuste; mniejszosc; partia; poglad*; national*; citizen*; country;
countries; origin; origins; ethnic*; race; racial; faith; belief*; denomination; dress; clothing;
headscarf; hijab; veil; skin; complexion; birthplace; place of birth; country of birth; tribe;
caste; sect; political*; where from; where are you from; nationalitat; staatsangehorigkeit;
staatsburgerschaft; herkunft*; herkunftsland; land; geburtsland; geburtsort; ethni*; religion*;
konfession; glaube; hautfarbe; kopftuch; kleidung; volksgruppe; нацiональн*; національн*;
громадянств*; країна; походження; релігі*; віросповідання; етніч*; раса; колір шкіри; одяг;
хустка; національность; гражданств*; страна; происхожден*; вероисповедан*; религи*; национальн*;
جنسيه; قوميه; ديانه; دين; عرق; طائفه; مذهب; بلد; بلد منشا; بلد الاصلي; اصل; حجاب; لباس; لون بشره;
قبيله; مكان ميلاد; مكان ولاده; دوله
"""

IDENTITY_NUMBER = """
pesel; paszport*; nr paszportu; dowod*; seria i numer; nr dokumentu; numer dokumentu; karta
pobytu; karty pobytu; nip; nr konta; konto bankowe; passport*; id card; identity card; document
number; residence card; residence permit; social security*; national id; national insurance*;
iban; tax id; ausweis*; personalausweis*; reisepass*; aufenthaltstitel; steuer*;
sozialversicherung*; azr*; паспорт*; рнокпп; іпн; посвідка*; посвідчення*; снилс; инн; جواز; جواز
سفر; رقم هويه; بطاقه هويه; هويه; رقم وطني
"""

RUNNING_NUMBER = """
l p; lp; nr; no; nr p; numer; numer porzadkowy; poz; pozycja; id; ident; number; row; row no;
nummer; lfd; lfd nr; laufende nummer; n; п п; номер; пп; رقم; م; ت; تسلسل
"""

_TARGETS: dict[Target, str] = {
    Target.NAME: """
        imie i nazwisko; nazwisko i imie; imie nazwisko; nazwisko imie; imiona i nazwisk*; osoba;
        kto; dane osoby; name; full name; names; name and surname; name surname; person; vor und
        nachname; vorname und nachname; name vorname; nachname vorname; vorname nachname;
        vollstandiger name; піб; п і б; ім'я та прізвище; імя та прізвище; ім я та прізвище;
        прізвище та ім я; прізвище ім я; прізвище імя; фио; ф и о; имя и фамилия; фамилия имя;
        اسم; اسم كامل; اسم ثلاثي; اسم ولقب; اسم وكنيه""",
    Target.FIRST_NAME: """
        imie; imiona; drugie imie; first name*; given name*; forename; middle name*; vorname*;
        імя; ім'я; ім я; імена; по батькові; по батьков*; имя; отчество; اسم اول; اسم شخصي""",
    Target.LAST_NAME: """
        nazwisko; nazwiska; last name*; surname*; family name*; nachname*; familienname*; zuname;
        прізвище; фамилия; لقب; كنيه; اسم عائله; اسم عائلي; شهره; نسب""",
    Target.PHONE: """
        telefon*; tel; kom; komorka; komorkowy; nr tel; nr telefonu; numer telefonu; tel kom;
        whatsapp nr; phone*; mobile*; cell; cellphone; phone number; contact number; handy;
        handynummer; mobil; mobilnummer; rufnummer; telefonnummer; телефон*; тел; номер телефону;
        мобільний; моб; هاتف; رقم هاتف; جوال; رقم جوال; موبايل; تلفون; محمول; نقال""",
    Target.EMAIL: """
        e mail*; email*; mail; mejl; adres e mail; adres email; poczta; poczta elektroniczna;
        email address; e mail adresse; emailadresse; ел пошта; електронна пошта; електронна
        адреса; пошта; емейл; эл почта; почта; بريد; بريد الكتروني; ايميل; بريد الالكتروني""",
    Target.LANGUAGES: """
        jezyk; jezyki; jezykow; jezykach; jezyki obce; znajomosc jezykow; jakie jezyki; mowi po;
        language*; languages spoken; speaks; spoken languages; sprache*; sprachen;
        sprachkenntnisse; spricht; мова; мови; мовами; якими мовами; знання мов; володіє мовами;
        язык; языки; لغه; لغات; لغات التي; يتحدث""",
    Target.NEEDS: """
        potrzeb*; w czym pomoc; w czym potrzebuje pomocy; czego potrzebuje*; oczekiwan*;
        wsparcie; rodzaj wsparcia; rodzaj pomocy; zakres wsparcia; potrzebna pomoc; cel; cele;
        problem*; sprawa; need*; support needed; help needed; what help; needs help with; goals;
        wishes; requests; bedarf*; bedurfnisse; unterstutzungsbedarf; hilfebedarf; braucht;
        braucht hilfe bei; anliegen; ziele; потреб*; допомога; яка допомога; потребує; цілі;
        запит; запити; нужды; помощь; احتياج*; احتياجات; مساعده; مساعده مطلوبه; حاجات""",
    Target.HELP_TOPICS: """
        w czym moge pomoc; w czym moze pomoc; w czym pomaga; obszar*; obszary pomocy; obszary
        wsparcia; temat*; kompetencj*; umiejetnosci; moge pomoc; moze pomoc; oferuje; zakres
        pomocy; topic*; help topics; can help with; can help; how i can help; skills; offers;
        offer; areas of help; expertise; areas; themen; kann helfen*; kann helfen bei; hilft bei;
        kompetenzen; fahigkeiten; angebot; чим можу допомогти; може допомогти; з чим допоможу;
        теми; навички; компетенції; مجالات; مجالات مساعده; مجال مساعده; مواضيع; مهارات; يمكنني
        المساعده""",
    Target.AVAILABILITY: """
        kiedy; kiedy dostepn*; dostepn*; dostepnosc; terminy; godziny; dni; dni i godziny; pora;
        czas; wolne terminy; dyspozycyjnosc; kiedy moze; kiedy mozesz; grafik; availab*; when;
        times; schedule; free time slots; days; hours; time slots; best time; when available;
        zeit; zeiten; verfugbar*; wann; wann verfugbar; termine; uhrzeit; tage; доступн*; коли;
        час; години; дні; розклад; графік; когда; время; вільний час; وقت; اوقات; متي; توفر;
        اوقات توفر; مواعيد; ايام; اوقات فراغ""",
    Target.PLACE: """
        dzielnic*; miejscowos*; miasto; adres; rejon; osiedle; gdzie mieszka; miejsce
        zamieszkania; gmina; zamieszkan*; kod pocztowy; lokalizacja; miejsce; ulica; powiat;
        district; city; town; place; location; area; address; neighbourhood; neighborhood;
        borough; postcode; postal code; zip; zip code; lives in; where lives; quarter; stadtteil;
        bezirk; ort; wohnort; stadt; adresse; anschrift; plz; viertel; kiez; wo; район*; місто;
        адреса; місце проживання; населений пункт; де живе; город; адрес; حي; مدينه; عنوان; سكن;
        مكان السكن; منطقه; مكان اقامه""",
    Target.ONLINE: """
        online; on line; zdalnie; czy online; remote; remotely; video; онлайн; дистанційно;
        انترنت; عبر انترنت; اونلاين""",
    Target.WAITING_SINCE: """
        data zgloszenia; zgloszeni*; data zapisu; zapis; data przyjecia; data rejestracji;
        rejestracj*; czeka od; czeka; od kiedy; od kiedy czeka; data; data wplywu; sygnatura
        czasowa; data wpisu; wpisano; waiting since; waiting; waits since; since; registered;
        registration date; date registered; date of registration; date; date of referral;
        referral date; signed up; sign up date; timestamp; application date; date of application;
        enquiry date; intake; intake date; anmeldedatum; anmeldung; angemeldet am; angemeldet;
        wartet seit; seit; datum; aufnahme; eingang; zeitstempel; registriert am; дата звернення;
        звернення; дата реєстрації; дата заявки; чекає з; чекає від; реєстрація; дата; дата
        обращения; позначка часу; تاريخ; تاريخ تسجيل; تسجيل; ينتظر منذ; تاريخ طلب; منذ متي""",
    Target.BIRTH_YEAR: """
        rok ur; rok urodzenia; rocznik; data ur; data urodzenia; ur; urodz*; rok u; birth year;
        year of birth; date of birth; birth date; birthdate; birthday; dob; born; yob;
        geburtsjahr; geburtsdatum; geb; geboren; geboren am; jahrgang; geb datum; рік народження;
        дата народження; народж*; р н; год рождения; дата рождения; سنه ميلاد; تاريخ ميلاد;
        مواليد; سنه ولاده; تاريخ ولاده; عام ميلاد""",
    Target.AGE_BAND: """
        wiek; przedzial wiekowy; grupa wiekowa; ile lat; age; age group; age band; age range; how
        old; alter; altersgruppe; вік; вікова група; возраст; скільки років; عمر; فئه عمريه; سن""",
    Target.GENDER_WISH: """
        woli mentora; woli mentorke; woli; wolisz; female or male mentor; male or female mentor;
        prefer a; do you prefer; kobieta czy mezczyzna; kobiete czy mezczyzne; plec mentora;
        plec mentora ki; preferowana plec*;
        preferencje; preferencja; preferencje co do mentora; kogo woli; jaki mentor; mentor czy
        mentorka; wish*; mentor gender; gender of mentor; preferred mentor; preferred gender;
        mentor preference; gender preference; preference; preferences; wants a; gender wish;
        wunsch; wunsch mentor*; geschlecht mentor*; geschlecht der mentor*; bevorzugt*;
        wunschgeschlecht; стать ментора; бажана стать; бажаний ментор; побажання; побажання щодо
        ментора; вподобання; جنس مرشد; جنس موجه; تفضيل; يفضل; جنس مفضل""",
    Target.GENDER: "plec; gender; sex; geschlecht; стать; пол; جنس; m k; k m; m f; f m; m w",
    Target.CONTACT_CHANNEL: """
        kontakt przez; forma kontaktu; sposob kontaktu; preferowany kontakt; jak sie kontaktowac;
        preferowana forma kontaktu; kanal kontaktu; komunikator; kontakt; contact by; contact;
        contact channel; preferred contact; contact method; how to contact; best way to contact;
        messenger; channel; kontaktweg; kontakt uber; bevorzugter kontakt; kontaktart; спосіб
        зв'язку; спосіб зв язку; спосіб контакту; контакт; контакти; месенджер; як зв'язатися;
        طريقه تواصل; تواصل; وسيله اتصال; اتصال""",
    Target.SAFE_TO_WRITE: """
        mozna pisac; czy mozna pisac; bezpiecznie pisac; bezpieczn*; czy bezpiecznie pisac; sms
        ok; zgoda na sms; safe; safe to write; safe to contact; safe to text; can we write; ok to
        text; ok to write; darf man schreiben; sicher; schreiben ok; sicher zu schreiben; можна
        писати; чи можна писати; безпечно писати; безпечно; امن; يمكن كتابه; هل يمكن كتابه;
        مراسله امنه""",
    Target.CHILDREN: """
        dziec*; dzieci; liczba dzieci; ile dzieci; dzieci wiek; child*; children; kids; number of
        children; how many children; kinder; anzahl kinder; kinderzahl; діти; дітей; кількість
        дітей; скільки дітей; дети; اطفال; اولاد; عدد اطفال; عدد اولاد; ابناء""",
    Target.CAPACITY: """
        ile osob; liczba osob; ilu uczestnikow; ilu podopiecznych; ile par; maks osob; max osob;
        miejsca; liczba miejsc; capacity; max mentees; how many; how many people; how many
        mentees; places; slots; number of mentees; kapazitat; platze; wie viele; wie viele
        personen; anzahl; max personen; скільки осіб; скільки людей; кількість осіб; кількість;
        місць; місткість; سعه; عدد; كم شخص; عدد اشخاص; عدد مشاركين""",
    Target.TRAINED_UNTIL: """
        szkolenie do; szkolenie wazne do; szkolenie wazne; wazne szkolenie; waznosc szkolenia;
        szkolenie; training until; training valid*; trained until; training valid until; training
        expires; training expiry; training; schulung bis; schulung gultig*; schulung gultig bis;
        schulung; навчання до; навчання дійсне до; тренінг до; навчання; تدريب حتي; تدريب صالح
        حتي; تدريب""",
    Target.RECORD_CHECK_UNTIL: """
        zaswiadczeni* do; zaswiadczenie; zaswiadczenie o niekaralnosci; niekaralnosc;
        niekaralnosci; krk; krk do; waznosc zaswiadczenia; rejestr*; record check*; record check
        until; criminal record*; criminal record check; police check; police certificate; dbs;
        dbs until; background check*; check valid until; certificate until; fuhrungszeugnis*;
        fuhrungszeugnis bis; erweitertes fuhrungszeugnis; довідка до; довідка про несудимість;
        несудим*; довідка; شهاده; صحيفه جنائيه; صحيفه حاله جنائيه; شهاده حسن سلوك;
        حسن سيره وسلوك""",
    Target.NOTE: """
        uwagi; uwaga; notatk*; komentarz*; opis; inne; informacje dodatkowe; dodatkowe
        informacje; notes; note; remark*; comment*; other; additional information; other
        information; description; details; bemerkung*; anmerkung*; notiz*; kommentar*; sonstiges;
        hinweis*; примітк*; коментар*; нотатк*; зауваж*; інше; опис; додатково; примечани*;
        комментар*; ملاحظ*; ملاحظات; تعليق*; اخري""",
}

# A person named by the side that the list is about; the other side's names are not taken.
_SIDES = {
    Kind.PARTICIPANTS: """
        uczestni*; beneficjent*; podopieczn*; participant*; mentee; client; name of participant;
        participant name; teilnehm*; учасни*; مشارك""",
    Kind.MENTORS: """
        mentor; mentorka; mentor ka; wolontariusz*; volunteer; mentorin; ehrenamtlich*; ментор*;
        волонтер*; متطوع; wolontariuszka""",
}

_OWN_TARGETS = {
    Kind.PARTICIPANTS: {
        Target.HELP_TOPICS: Target.NEEDS,
        Target.GENDER: None,
        Target.CAPACITY: None,
        Target.TRAINED_UNTIL: None,
        Target.RECORD_CHECK_UNTIL: None,
    },
    Kind.MENTORS: {
        Target.NEEDS: Target.HELP_TOPICS,
        Target.WAITING_SINCE: None,
        Target.BIRTH_YEAR: None,
        Target.AGE_BAND: None,
        Target.GENDER_WISH: None,
        Target.SAFE_TO_WRITE: None,
        Target.CHILDREN: None,
    },
}  # what the words mean in a list of that kind; None: nothing that is kept there


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says: a target, a reason to leave the column out, or neither."""

    target: Target | None = None
    left_out: LeaveOut | None = None
    weight: int = 0

    def __bool__(self) -> bool:
        return self.target is not None or self.left_out is not None


@lru_cache(maxsize=4096)
def meaning_of(heading: str, kind: Kind | None = None) -> Meaning:
    """What a heading means in a list of this kind (any kind when None)."""
    words = words_without_articles(heading)
    if weight := _weight(words, _FORBIDDEN):
        return Meaning(left_out=LeaveOut.FORBIDDEN, weight=weight)
    if weight := _weight(words, _IDENTITY_NUMBER):
        return Meaning(left_out=LeaveOut.IDENTITY_NUMBER, weight=weight)
    if tuple(words) in _RUNNING_NUMBER or heading.strip() in {"#", "№"}:
        return Meaning(left_out=LeaveOut.RUNNING_NUMBER, weight=2)
    return _best_target(words, kind)


def is_forbidden(heading: str) -> bool:
    return meaning_of(heading).left_out is LeaveOut.FORBIDDEN


def forbidden_phrase(text: str) -> str:
    """The phrase in a text that asks for what is never taken; empty when there is none."""
    words = words_without_articles(text)
    for at, word in enumerate(words):
        for phrase in _FORBIDDEN.beginning_with(word):
            if _holds(words[at : at + len(phrase)], phrase):
                return " ".join(words[at : at + len(phrase)])
    return ""


def _best_target(words: list[str], kind: Kind | None) -> Meaning:
    weights = {target: _weight(words, phrases) for target, phrases in _PHRASES.items()}
    sides = [kind] if kind else list(Kind)
    side = max(_weight(words, _SIDE_PHRASES[one]) for one in sides)
    weights[Target.NAME] = max(weights[Target.NAME], side)
    best = max(weights, key=lambda target: weights[target])
    if not weights[best]:
        return Meaning()
    target = _OWN_TARGETS[kind].get(best, best) if kind else best
    return Meaning(target=target, weight=weights[best])


def words_without_articles(heading: str) -> list[str]:
    """The plain words of a text; Arabic ones without their article."""
    return [_without_article(word) for word in words_of(heading)]


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _weight(words: list[str], phrases: "_Phrases") -> int:
    """Letters of the longest phrase found, doubled, or tripled when it is the whole heading."""
    best = 0
    for at, word in enumerate(words):
        for phrase in phrases.beginning_with(word):
            if _holds(words[at : at + len(phrase)], phrase):
                letters = sum(len(part.rstrip("*")) for part in phrase)
                best = max(best, letters * (3 if len(phrase) == len(words) else 2))
    return best


def _holds(words: list[str], phrase: tuple[str, ...]) -> bool:
    return len(words) == len(phrase) and all(map(_fits, words, phrase))


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


class _Phrases:
    """Phrases by their first word, so that few have to be tried."""

    def __init__(self, text: str) -> None:
        found = (tuple(_phrase_words(phrase)) for phrase in text.split(";"))
        self.all = tuple(phrase for phrase in found if phrase)
        self._open = [phrase for phrase in self.all if phrase[0].endswith("*")]
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.all:
            self._by_word.setdefault(phrase[0], []).append(phrase)

    def beginning_with(self, word: str) -> list[tuple[str, ...]]:
        return self._by_word.get(word, []) + [p for p in self._open if _fits(word, p[0])]


def _phrase_words(phrase: str) -> list[str]:
    words = []
    for part in phrase.split():
        for word in re.findall(r"[^\W_]+\*?", part.replace("'", " ")):
            star = "*" if word.endswith("*") else ""
            words += [_without_article(plain_word) + star for plain_word in words_of(word)]
    return words


_FORBIDDEN = _Phrases(FORBIDDEN)
_IDENTITY_NUMBER = _Phrases(IDENTITY_NUMBER)
_RUNNING_NUMBER = frozenset(_Phrases(RUNNING_NUMBER).all)
_PHRASES = {target: _Phrases(text) for target, text in _TARGETS.items()}
_SIDE_PHRASES = {kind: _Phrases(text) for kind, text in _SIDES.items()}
