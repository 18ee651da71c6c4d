"""Words in a written name that are no name: forms of address, degrees, the Arabic article."""

from kith.methods.names.romanize import words

_WRITTEN = """
mr mrs ms miss mister madam dr doctor prof professor
pan pani państwo mgr inż lek hab
herr frau dipl ing
пан пані панна добродій добродійка г-н г-жа господин госпожа
السيد السيدة الآنسة الأستاذ الأستاذة الدكتور الدكتورة المهندس المهندسة استاذ دكتور دكتورة
آقای خانم sayın çev öğr av
al el ال
"""

TITLES: frozenset[str] = frozenset(words(_WRITTEN)) - frozenset(words("г н жа"))
