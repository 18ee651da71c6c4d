"""Spellings from real lists: pairs that are one name, and pairs that are not."""

import pytest

from kith.methods.names import fold, keys, query_keys

ONE_NAME = """
Kowalczuk = Ковальчук
Kowalczuk = Kovalchuk
Kowalchuk = Ковальчук
Mohammed = Muhammad
Mohamed = محمد
Muhammad = محمد
Yusuf = Youssef
Jusuf = يوسف
Юсуф = يوسف
Olena = Олена
Szewczenko = Шевченко
Shevchenko = Schewtschenko
Ševčenko = Шевченко
Chojnacki = Хойнацький
Wójcik = Wojcik
Bożena = Bozena
Bożena = Божена
Żanna = Жанна
Zhanna = Żanna
Łukasz = Lukasz
Łukasz = Лукаш
Szymon = Шимон
Szczepan = Щепан
Aleksandr = Александр
Alexandr = Александр
Oleksandr = Олександр
Maksym = Максим
Maxim = Максим
Bohdan = Богдан
Bogdan = Bohdan
Hryhorij = Григорій
Grigorij = Григорий
Serhii = Сергій
Siergiej = Сергей
Sergey = Sergei
Yelyzaveta = Єлизавета
Jelizaweta = Елизавета
Maryana = Мар'яна
Mariia = Марія
Mariya = Maria
Svitlana = Світлана
Swietłana = Светлана
Tsymbaliuk = Цимбалюк
Cymbaluk = Cymbaluk
Kudryashova = Кудряшова
Kudriaszowa = Kudryashova
Oleksii = Олексій
Fyodor = Фёдор
Fedor = Фёдор
Kovalskyi = Ковальський
Kowalski = Ковальский
Ivanoff = Иванов
Iwanow = Ivanov
Müller = Mueller
Müller = Muller
Schmidt = Szmidt
Victor = Wiktor
Erik = Eric
Thomas = Tomas
Sarah = Sara
Hannah = Hanna
Yüksel = Yuksel
Şahin = Sahin
Özdemir = Ozdemir
Akça = Akca
Khaled = خالد
Chalid = خالد
Walid = وليد
Fatemeh = فاطمه
Fatma = فاطمة
Zeynep = Zeinep
Zainab = زينب
Qabbani = القباني
Al-Qabbani = القباني
Abdullah = عبد الله
Abdallah = Abdullah
Abdulhalim = عبد الحليم
Rasteh = رسته
Parsa = پارسا
Hajar = هاجر
Thamer = ثامر
Ramazan = رمضان
Dżamal = جمال
Djamal = Jamal
Хадиджа = Khadija
Мохаммед = محمد
Ґереґа = Gerega
Hossein = حسین
Karim = کریم
Noor = نور
"""

TWO_NAMES = """
Marek / Mirka
Mahmoud / محمد
Mohammed / محمود
Anna / Hanna
Olena / Halyna
Ivan / Jana
Jan / Jana
Kowalska / Kowalczuk
Ковальчук / Коваленко
Amal / جمال
Khaled / وليد
Samir / سمية
Ali / علاء
Omar / أمير
Nur / نادر
Rasha / راشد
Hasan / حسين
Salim / سلمى
Karim / كمال
Majid / محمد
Olga / Oleh
Natalia / Natan
Maria / Marta
Piotr / Paweł
Adam / Ada
Tomasz / Tamara
Igor / Ihab
Dmytro / Demian
Viktor / Viktoria
Павло / Полина
Сергей / Сергія
Ганна / Галина
Green / Greene-Smith
Petrenko / Петренкова
Ahmed / Hamid
Ahmad / حامد
Yusuf / ياسر
Yasin / حسن
Fatima / فادي
Layla / ليان
Zahra / زهير
Huda / هادي
Musa / سامي
Nadia / نادر
Roman / Ramona
"""


def pairs(text, sign):
    return [tuple(line.split(f" {sign} ")) for line in text.strip().splitlines()]


def finds(typed, name):
    return all(asked & keys(name) for asked in query_keys(typed))


@pytest.mark.parametrize(("a", "b"), pairs(ONE_NAME, "="))
def test_spellings_of_one_name_find_each_other(a, b):
    assert (finds(a, b), finds(b, a)) == (True, True)


@pytest.mark.parametrize(("a", "b"), pairs(TWO_NAMES, "/"))
def test_different_names_do_not_find_each_other_by_the_first(a, b):
    assert finds(a, b) is False


def test_the_tables_are_large_enough():
    assert (len(pairs(ONE_NAME, "=")) >= 60, len(pairs(TWO_NAMES, "/")) >= 40) == (True, True)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kowalczuk", "Ковальчук", "Kovalchuk", "Kowalchuk", "KOWALCZUK"),
        ("Mohammed", "Muhammad", "Mohamed", "محمد", "مُحَمَّد"),
        ("Yusuf", "Youssef", "Jusuf", "يوسف"),
        ("Olena", "Олена"),
        ("Bożena", "Bozena", "Божена"),
    ],
)
def test_spellings_of_one_name_fold_to_one_form(spellings):
    assert len({fold(spelling) for spelling in spellings}) == 1
