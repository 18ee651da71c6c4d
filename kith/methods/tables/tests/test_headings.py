"""Headings in five languages, and what is never taken."""

import pytest

from kith.methods.tables import Kind, LeaveOut, Target
from kith.methods.tables.headings import is_forbidden, meaning_of

P, M = Kind.PARTICIPANTS, Kind.MENTORS


@pytest.mark.parametrize(
    ("kind", "target", "headings"),
    [
        (P, Target.NAME, "Imię i nazwisko|Uczestnik/czka|Full name|Vor- und Nachname|ПІБ|Ім’я та прізвище|الاسم الكامل|NAZWISKO i IMIĘ"),
        (M, Target.NAME, "Mentor|Mentorka|Volunteer|Волонтер"),
        (P, Target.FIRST_NAME, "Imię|First name|Vorname|Ім'я|По батькові"),
        (P, Target.LAST_NAME, "Nazwisko|Surname|Nachname|Прізвище|اللقب"),
        (P, Target.PHONE, "tel.|Nr telefonu|Telefon kom.|Mobile|Handynummer|Телефон|رقم الهاتف|الجوال"),
        (P, Target.EMAIL, "e-mail|E-Mail-Adresse|Adres email|Електронна пошта|البريد الإلكتروني"),
        (P, Target.LANGUAGES, "Języki|W jakich językach mówisz?|Languages spoken|Sprachen|Мови|اللغات"),
        (P, Target.NEEDS, "Potrzeby|W czym pomoc|Needs|Bedarf|Потреби|الاحتياجات|W czym mogę pomóc"),
        (M, Target.HELP_TOPICS, "W czym mogę pomóc|Can help with|Themen|Теми|مجالات المساعدة|Potrzeby"),
        (P, Target.AVAILABILITY, "Kiedy|Kiedy dostępny/a|Dostępność|Availability|Wann verfügbar|Доступність|الأوقات"),
        (P, Target.PLACE, "Dzielnica|Miejsce zamieszkania|District|Wohnort|Район|المدينة|Kod pocztowy"),
        (P, Target.ONLINE, "online|Zdalnie?|Онлайн"),
        (P, Target.WAITING_SINCE, "Data zgłoszenia|Data|Waiting since|Sygnatura czasowa|Anmeldedatum|Дата звернення|تاريخ التسجيل"),
        (P, Target.BIRTH_YEAR, "Rok ur.|Data urodzenia|Date of birth|Geburtsjahr|Рік народження|تاريخ الميلاد"),
        (P, Target.AGE_BAND, "Wiek|Age group|Alter|Вік|العمر"),
        (P, Target.GENDER_WISH, "Woli mentora|Płeć mentora|Preferred mentor|Do you prefer a female or male mentor?|Wunsch|Побажання"),
        (M, Target.GENDER, "Płeć|Gender|Geschlecht|Стать|K/M"),
        (P, Target.CONTACT_CHANNEL, "Kontakt przez|Forma kontaktu|Preferred contact|Kontaktweg|Спосіб зв'язку|طريقة التواصل"),
        (P, Target.SAFE_TO_WRITE, "Czy można pisać?|Safe to write|Безпечно писати"),
        (P, Target.CHILDREN, "Dzieci|Liczba dzieci|Number of children|Kinder|Діти|عدد الأطفال"),
        (M, Target.CAPACITY, "Ile osób|Capacity|How many mentees|Wie viele Personen|Скільки осіб"),
        (M, Target.TRAINED_UNTIL, "Szkolenie do|Training valid until|Schulung bis|Навчання до"),
        (M, Target.RECORD_CHECK_UNTIL, "Zaświadczenie do|Niekaralność|DBS until|Führungszeugnis|Довідка про несудимість"),
        (P, Target.NOTE, "Uwagi|Notatki|Notes|Bemerkungen|Примітки|ملاحظات"),
    ],
)  # fmt: skip
def test_a_heading_is_recognised(kind, target, headings):
    found = {heading: meaning_of(heading, kind).target for heading in headings.split("|")}

    assert found == dict.fromkeys(headings.split("|"), target)


FORBIDDEN = (
    "Narodowość|Obywatelstwo|Kraj|Kraj pochodzenia|Pochodzenie|Religia|Wyznanie|Kolor skóry|Strój|Nosi chustę?|"
    "Nationality|Citizenship|Country of origin|Ethnicity|Race|Religion|Faith|Headscarf|Place of birth|"
    "Nationalität|Staatsangehörigkeit|Herkunftsland|Konfession|Hautfarbe|Kopftuch|"
    "Національність|Громадянство|Країна походження|Віросповідання|Национальность|"
    "الجنسية|الديانة|بلد المنشأ|العرق|الحجاب|Obywatelstwo i język"
)  # fmt: skip


@pytest.mark.parametrize("heading", FORBIDDEN.split("|"))
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
