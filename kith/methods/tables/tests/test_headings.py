"""Headings in five languages, and what is never taken."""

import pytest

from kith.methods.tables import Kind, LeaveOut, Target
from kith.methods.tables.headings import forbidden_phrase, is_forbidden, meaning_of

P, M = Kind.PARTICIPANTS, Kind.MENTORS


HEADINGS = """
participants name: Imię i nazwisko | Uczestnik/czka | Full name | Vor- und Nachname | ПІБ | Ім’я
    та прізвище | الاسم الكامل | NAZWISKO i IMIĘ
mentors name: Mentor | Mentorka | Volunteer | Волонтер
participants first_name: Imię | First name | Vorname | Ім'я | По батькові
participants last_name: Nazwisko | Surname | Nachname | Прізвище | اللقب
participants phone: tel. | Nr telefonu | Telefon kom. | Mobile | Handynummer | Телефон | رقم
    الهاتف | الجوال
participants email: e-mail | E-Mail-Adresse | Adres email | Електронна пошта | البريد الإلكتروني
participants languages: Języki | W jakich językach mówisz? | Languages spoken | Sprachen | Мови |
    اللغات
participants needs: Potrzeby | W czym pomoc | Needs | Bedarf | Потреби | الاحتياجات | W czym mogę
    pomóc
mentors help_topics: W czym mogę pomóc | Can help with | Themen | Теми | مجالات المساعدة |
    Potrzeby
participants availability: Kiedy | Kiedy dostępny/a | Dostępność | Availability | Wann verfügbar
    | Доступність | الأوقات
participants place: Dzielnica | Miejsce zamieszkania | District | Wohnort | Район | المدينة | Kod
    pocztowy
participants online: online | Zdalnie? | Онлайн
participants waiting_since: Data zgłoszenia | Data | Waiting since | Sygnatura czasowa |
    Anmeldedatum | Дата звернення | تاريخ التسجيل
participants birth_year: Rok ur. | Data urodzenia | Date of birth | Geburtsjahr | Рік народження
    | تاريخ الميلاد
participants age_band: Wiek | Age group | Alter | Вік | العمر
participants gender_wish: Woli mentora | Płeć mentora | Preferred mentor | Do you prefer a female
    or male mentor? | Wunsch | Побажання
mentors gender: Płeć | Gender | Geschlecht | Стать | K/M
participants contact_channel: Kontakt przez | Forma kontaktu | Preferred contact | Kontaktweg |
    Спосіб зв'язку | طريقة التواصل
participants safe_to_write: Czy można pisać? | Safe to write | Безпечно писати
participants children: Dzieci | Liczba dzieci | Number of children | Kinder | Діти | عدد الأطفال
mentors capacity: Ile osób | Capacity | How many mentees | Wie viele Personen | Скільки осіб
mentors trained_until: Szkolenie do | Training valid until | Schulung bis | Навчання до
mentors record_check_until: Zaświadczenie do | Niekaralność | DBS until | Führungszeugnis |
    Довідка про несудимість
participants note: Uwagi | Notatki | Notes | Bemerkungen | Примітки | ملاحظات
"""


def headings():
    """Kind, target and heading of each entry of the table above."""
    for line in HEADINGS.replace("\n    ", " ").strip().splitlines():
        place, _, names = line.partition(": ")
        kind, target = place.split()
        yield from ((Kind(kind), Target(target), name.strip()) for name in names.split("|"))


@pytest.mark.parametrize(("kind", "target", "heading"), list(headings()))
def test_a_heading_is_recognised(kind, target, heading):
    assert meaning_of(heading, kind).target is target


FORBIDDEN = """
Narodowość | Obywatelstwo | Kraj | Kraj pochodzenia | Pochodzenie | Religia | Wyznanie | Kolor
skóry | Strój | Nosi chustę? | Nationality | Citizenship | Country of origin | Ethnicity | Race |
Religion | Faith | Headscarf | Place of birth | Nationalität | Staatsangehörigkeit |
Herkunftsland | Konfession | Hautfarbe | Kopftuch | Національність | Громадянство | Країна
походження | Віросповідання | Национальность | الجنسية | الديانة | بلد المنشأ | العرق | الحجاب |
Obywatelstwo i język
"""


@pytest.mark.parametrize("heading", [name.strip() for name in FORBIDDEN.split("|")])
@pytest.mark.parametrize("kind", [P, M, None])
def test_origin_belief_and_looks_are_never_taken(heading, kind):
    assert (meaning_of(heading, kind).left_out, meaning_of(heading, kind).target) == (
        LeaveOut.FORBIDDEN,
        None,
    )
    assert is_forbidden(heading) is True


@pytest.mark.parametrize(
    "heading", ["PESEL", "Nr paszportu", "Karta pobytu", "ID card", "Ausweisnummer"]
)
def test_numbers_of_papers_are_left_out(heading):
    assert meaning_of(heading, P).left_out is LeaveOut.IDENTITY_NUMBER


@pytest.mark.parametrize("heading", ["L.p.", "Lp", "Nr", "#", "№", "No."])
def test_running_numbers_are_left_out(heading):
    assert meaning_of(heading, P).left_out is LeaveOut.RUNNING_NUMBER


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Płeć", P),
        ("Mentor", P),
        ("Szkolenie do", P),
        ("Dzieci", M),
        ("Rok ur.", M),
        ("Uczestnik", M),
    ],
)
def test_a_field_of_the_other_side_is_not_taken(heading, kind):
    assert (meaning_of(heading, kind).target, is_forbidden(heading)) == (None, False)


@pytest.mark.parametrize("heading", ["", "Kolor teczki", "xyz", "2026"])
def test_an_unknown_heading_means_nothing(heading):
    assert bool(meaning_of(heading, P)) is False


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("What is your religion?", "religion"),
        ("Z jakiego kraju pan przyjechał", "z jakiego kraju"),
        ("ما هي جنسيتك أو ديانة", "ديانه"),
        ("How is your week going?", ""),
        ("Your address", ""),
    ],
)
def test_the_phrase_of_a_sentence_that_asks_for_what_is_never_taken_is_found(text, phrase) -> None:
    assert forbidden_phrase(text) == phrase
