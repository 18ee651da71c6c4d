"""Names, districts and sentences of the demo. Nobody of this name is meant by any of them.

What languages someone speaks is kept, as the product does; nothing says where anybody is from.
"""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Circle:
    """Names as they go together, and the languages that people of these names speak here."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    languages: tuple[tuple[str, int], ...]
    reads: str  # language of letters and pages: en, pl, ar
    share: int  # out of all newcomers
    more: tuple[str, ...] = ()  # second family names, for demos that use all others up

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every full name of these."""
        return tuple(f"{first} {last}" for last in self.last for first in self.first)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NEWCOMERS = (
    Circle(
        _words(
            "Олена Оксана Наталія Ірина Тетяна Юлія Світлана Марія Андрій Сергій Богдан Тарас "
            "Катерина Людмила Віктор Микола Дарина Соломія Назар Павло"
        ),
        _words(
            "Ковальчук Шевченко Бондаренко Ткаченко Кравчук Мельник Поліщук Савчук Гончар "
            "Лисенко Марченко Романюк Мороз Панченко Коваль Зінченко Дорошенко Яременко"
        ),
        (("uk", 5), ("ru", 4), ("pl", 2)),
        "en",
        40,
        _words(
            "Олійник Шевчук Руденко Петренко Павленко Левченко Клименко Гаврилюк Сидоренко "
            "Кузьменко Гнатюк Литвиненко Тимошенко Кириленко Іваненко Захарченко Костенко "
            "Федоренко Назаренко Мельничук Дяченко Яковенко Панасюк Демченко Білоус "
            "Стеценко Луценко Василенко Тарасенко Прокопенко Гриценко Антоненко Коломієць "
            "Осадчук Степаненко Юрченко Хоменко Ярошенко Данилюк Приходько"
        ),
    ),
    Circle(
        _words("أمل ليلى يوسف عمر سارة مريم خالد حسن نور رنا سامي هدى علي زينب طارق رشا"),
        _words("الخطيب حداد نجار سلامة الحسن درويش عيسى منصور خليل حمدان قاسم شاهين بركات"),
        (("ar", 5), ("en", 3), ("pl", 1)),
        "ar",
        18,
        _words(
            "زيدان الأحمد فارس سلمان العلي ناصر عثمان جابر صالح الشامي عبود مراد حبيب طه "
            "الجندي رزق شعبان كنعان غانم بدر"
        ),
    ),
    Circle(
        _words("فرهاد نسرین پروانه داریوش شیرین رضا مینا آرش سهراب لیلا کاوه ناهید"),
        _words("احمدی رحیمی نوری حسینی کریمی عزیزی صادقی یوسفی رستمی قادری"),
        (("fa", 5), ("en", 2), ("pl", 1)),
        "en",
        10,
        _words("موسوی جعفری محمدی اکبری هاشمی طاهری سلطانی شریفی کاظمی مرادی امیری نجفی"),
    ),
    Circle(
        _words("Алеся Вольга Наста Янка Алесь Мікола Святлана Ганна Зміцер Кацярына"),
        _words("Кавальчук Навіцкі Жук Карповіч Маркевіч Лукашэвіч Сідарэнка Васілевіч Буйко"),
        (("be", 5), ("ru", 5), ("pl", 3)),
        "pl",
        12,
        _words(
            "Казлоў Новік Баран Шэўчык Грыцкевіч Мацкевіч Раманюк Саўчук Ярмоленка Пятрэнка "
            "Лісоўскі Дубовік"
        ),
    ),
    Circle(
        _words("Selam Hana Yonas Mikael Saba Elsa Dawit Rut"),
        _words("Tesfaye Gebremedhin Haile Berhe Kidane Weldu"),
        (("ti", 5), ("am", 3), ("en", 3)),
        "en",
        5,
        _words(
            "Abraha Asmelash Desta Fessehaye Ghebre Kahsay Mehari Negash Okbay Russom Tekle Woldu"
        ),
    ),
    Circle(
        _words("Lucía Mateo Camila Andrés Valentina Diego Rosa Javier Paola Héctor"),
        _words("García Rojas Pérez Castillo Medina Fuentes Salazar Núñez Herrera"),
        (("es", 5), ("en", 3), ("pl", 1)),
        "en",
        7,
        _words(
            "Aguilar Blanco Cabrera Domínguez Espinoza Flores Guzmán Ibarra Jiménez León "
            "Morales Vargas"
        ),
    ),
    Circle(
        _words("Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi"),
        ("Thị Hương", "Văn Minh", "Thu Trang", "Quang Huy", "Mai Anh", "Đức Long"),
        (("vi", 5), ("pl", 2)),
        "pl",
        4,
    ),
    Circle(
        _words("Amina Grace Patrick Fatou Ibrahim Aïcha Emmanuel Mariama Joseph Awa"),
        _words("Mbeki Diallo Traoré Okafor Kamara Ndiaye Mwangi Bello Cissé"),
        (("fr", 5), ("en", 4), ("pl", 1)),
        "en",
        4,
        _words("Adeyemi Ba Conteh Diop Eze Fofana Kante Mensah Ndlovu Sow Touré Zongo"),
    ),
)

HOSTS = Circle(
    _words(
        "Ewa Marta Piotr Anna Tomasz Zofia Jan Katarzyna Michał Agnieszka Paweł Joanna Krzysztof "
        "Magdalena Marek Barbara Andrzej Małgorzata Łukasz Dorota Szymon Grażyna Wojciech Iga "
        "Helena Stanisław Franciszek Urszula Jadwiga Mikołaj"
    ),
    _words(
        "Nowicka Kowalska Wiśniewski Wójcik Kamiński Lewandowska Zieliński Szymańska Woźniak "
        "Dąbrowska Kozłowski Jankowska Mazur Krawczyk Piotrowska Grabowski Pawłowska Michalska "
        "Król Wieczorek Jabłońska Wróbel Nowakowski Majewska Olszewski Stępień Malinowska Jaworski "
        "Adamczyk Dudek Nowak Pawlak Górska Witkowski Walczak Sikora Baran Rutkowska Michalak"
    ),
    (("pl", 5), ("en", 3)),
    "pl",
    0,
)

EXTRA_LANGUAGES = (("uk", 3), ("ru", 3), ("de", 3), ("ar", 4), ("es", 3), ("fr", 3), ("fa", 4))

# Districts of Poznań with the coordinates of their middle.
PLACES = (
    ("Jeżyce", 52.4140, 16.9010),
    ("Wilda", 52.3890, 16.9230),
    ("Łazarz", 52.3960, 16.9000),
    ("Grunwald", 52.3920, 16.8660),
    ("Rataje", 52.3880, 16.9560),
    ("Winogrady", 52.4290, 16.9280),
    ("Piątkowo", 52.4590, 16.9080),
    ("Naramowice", 52.4560, 16.9490),
    ("Stare Miasto", 52.4080, 16.9340),
    ("Śródka", 52.4110, 16.9510),
    ("Dębiec", 52.3660, 16.9080),
    ("Ogrody", 52.4200, 16.8760),
    ("Winiary", 52.4310, 16.9060),
    ("Starołęka", 52.3590, 16.9460),
    ("Junikowo", 52.3830, 16.8330),
    ("Luboń", 52.3450, 16.8790),
)

GOALS = {
    "language": ("Make a phone call in Polish", "Pass the A2 exam", "Read a letter from school"),
    "work": ("Have a CV in Polish", "Go to two job interviews", "Know my rights at work"),
    "learning": ("Have my diploma recognised", "Begin an evening course", "Find a school place"),
    "housing": (
        "Understand our rental contract",
        "Find a flat nearer to work",
        "Know the neighbours",
    ),
    "health": ("Register with a doctor", "Find a dentist", "Sleep better"),
    "connections": ("Join the choir", "Meet other parents", "Play football on Saturdays"),
    "rights": ("Use the online office alone", "Extend the residence card", "Keep papers in order"),
    "belonging": (
        "Cook for the street festival",
        "Know the customs here",
        "Join the school council",
    ),
}

STEPS = (
    "Write down the words first",
    "Look up the address together",
    "Ring and ask for a time",
    "Fill in the form",
    "Ask the neighbour",
    "Go there once together",
    "Send the letter",
    "Try it alone",
)

# What much less, less, as much, more and much more than expected would be.
OUTCOMES = (
    (
        "I leave it as it is",
        "Somebody does it for me",
        "I do it with my mentor beside me",
        "I do it on my own",
        "I show somebody else how",
    ),
    (
        "I have not begun",
        "I know where to ask",
        "I have been there once",
        "I go there each week",
        "I bring somebody along",
    ),
)

NEXT_STEPS = (
    "Bring the letter from the office",
    "Ring the school on Monday",
    "Practise five sentences",
    "Ask about the evening course",
    "Take the tram to the library together",
    "Send the CV to two places",
    "Nothing for now, just meet",
    "Look at the contract again",
)

OWN_WORDS = (
    "I can do more than last month.",
    "On the phone it is still hard.",
    "My neighbour helps me.",
    "This was easy at home, here it takes time.",
    "I know where to ask now.",
)

CONTACT_NOTES = ("after 17", "mornings only", "not on Fridays", "please write first", "")
# What an office writes down of participants and of mentors; each part by its own name.
NOTES: tuple[dict[str, str], ...] = (
    {
        "observed": "At the first talk: came early, brought all letters sorted by date.",
        "told_by_person": "“I would like to speak with someone who is patient.”",
    },
    {
        "told_by_person": "Works nights this month and sleeps until noon.",
        "interpretation": "May be too tired for evening meetings. Or the times just need asking.",
    },
    {
        "observed": "At the open evening: laughed a lot at the table of games.",
        "told_by_others": "The librarian said the reading group has a free place from next month.",
    },
    {
        "told_by_person": "Would rather meet outside than in an office.",
    },
    {
        "told_by_others": "The language school said the course ends in three weeks.",
        "interpretation": "A regular meeting may help to keep speaking. Or another course.",
    },
)
MENTOR_NOTES: tuple[dict[str, str], ...] = (
    {
        "told_by_person": "“I had someone like this when I was new here, now it is my turn.”",
        "observed": "At the first talk: asked more than talked.",
    },
    {
        "told_by_others": "The choir says one can count on every Thursday being taken.",
    },
    {
        "told_by_person": "Wants to begin with one person and see how it goes.",
        "interpretation": "May be shy of offices. Or simply likes to take one step at a time.",
    },
)
WHY = (
    "Both like to walk, and she knows the office well.",
    "They live close by and share two languages.",
    "He asked for help with work; she worked in the same trade.",
    "Their evenings fit, and both like cooking.",
)
