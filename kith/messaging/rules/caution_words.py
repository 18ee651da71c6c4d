"""Beginnings of words that speak of money changing hands, in the languages of many matches.

Not every sum: what a ticket costs is no reason to ask. Lend, send, an account, a payment service.
"""

MONEY = (
    # English
    "lend me", "lend you", "borrow money", "borrow some money", "send money", "send you money",
    "send me money", "transfer money", "bank account", "account number", "card number",
    "bank transfer", "western union", "moneygram", "paypal", "revolut", "gift card", "pin code",
    # Polish
    "pożycz", "pozycz", "przelew", "przelej", "numer konta", "numer rachunku", "numer karty",
    "konto bankowe", "blik", "wyślij pieniądze", "wyślę pieniądze", "prześlij pieniądze",
    # Arabic
    "أقرض", "اقرض", "تقرض", "سلفني", "تسلفني",
    "حساب بنكي", "الحساب البنكي", "رقم الحساب", "رقم حساب",
    "تحويل بنكي", "تحويل مال", "حوالة", "أرسل المال", "ارسل المال", "ويسترن يونيون",
    # Ukrainian
    "позич", "переказ", "номер картки", "номер рахунку", "банківськ", "надішли гроші",
)  # fmt: skip

GIVING = (
    "give me", "give you", "send", "lend", "pay me", "pay you", "owe", "transfer",
    "daj mi", "dam ci", "dasz", "wyślij", "wyślę", "wyślesz", "zapłać", "oddaj", "oddam", "prześl",
    "أعطني", "اعطني", "أعطيك", "اعطيك", "أرسل", "ارسل", "ادفع", "حول لي",
    "дай", "надішли", "надішлю", "заплати", "поверн",
)  # fmt: skip

AMOUNT_WORDS = (
    "zł", "pln", "złotych", "euro", "eur", "usd", "dollars?", "gbp", "pounds?", "cad", "aud",
    "sek", "kr", "uah", "грн", "гривень", "євро", "يورو", "دولار", "زلوتي",
)  # fmt: skip
