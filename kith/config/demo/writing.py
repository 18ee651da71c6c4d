"""What the made-up pair wrote to each other, and one message they showed to the coordinators."""

from datetime import datetime, timedelta

from kith.gate.actor import Actor
from kith.mentoring.models import Match
from kith.messaging import commands
from kith.messaging.models import Message

# Days ago, who, and the words; each writes in a language of their own.
SAID: tuple[tuple[int, str, str], ...] = (
    (16, "mentor", "Dzień dobry! Cieszę się na nasze spotkanie. Czy wtorek o 17:00 pasuje?"),
    (16, "participant", "نعم، الثلاثاء مناسب. شكرًا."),
    (15, "participant", "أين نلتقي؟ لا أعرف المكتبة بعد."),
    (15, "mentor", "Spotkajmy się przed wejściem do biblioteki. Są tam duże zielone drzwi."),
    (9, "mentor", "Please bring the letter from the school, we read it together."),
    (9, "participant", "Thank you. I have two letters now."),
    (2, "mentor", "I found the opening hours of the clinic: Monday to Friday, 8:00-16:00."),
    (1, "participant", "شكرًا جزيلًا. سأذهب يوم الخميس وحدي."),
)
SHOWN = "Could you look after my documents at your home?"
NOTE = "I would like to help, but I am not sure that I should keep them."

# In the participant's language, and in the mentor's; the last one waits for its second word.
WORDS = (
    ("موعد", "termin wizyty"),
    ("مكتبة", "biblioteka"),
    ("رسالة المدرسة", "list ze szkoły"),
    ("إلى اللقاء يوم الثلاثاء", "do zobaczenia we wtorek"),
    ("", "przychodnia"),
)


def write_messages(match: Match, mentor: Actor, participant: Actor, *, now: datetime) -> None:
    """A conversation of two weeks, its last message unread, and words side by side."""
    if Message.objects.filter(match=match).exists():
        return
    begun = match.agreed_on
    for days, who, text in SAID:
        at = now - timedelta(days=days)
        if at.date() > begun:
            _say(mentor if who == "mentor" else participant, match, text, now=at)
    asked = _say(participant, match, SHOWN, now=now - timedelta(hours=20))
    commands.look(mentor, match=match, now=now - timedelta(hours=19))
    commands.show_message(mentor, message=asked, note=NOTE, now=now - timedelta(hours=19))
    _say(participant, match, "See you tomorrow!", now=now - timedelta(hours=1))
    for theirs, ours in WORDS:
        commands.add_word(mentor, match=match, participant_word=theirs, mentor_word=ours)


def _say(actor: Actor, match: Match, text: str, *, now: datetime) -> Message:
    return commands.send_message(actor, match=match, text=text, now=now)
