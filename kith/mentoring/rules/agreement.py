"""What is filled into the text of the agreement."""

EMERGENCY = {"US": "911", "CA": "911", "GB": "999", "AU": "000", "NZ": "111", "CH": "112"}
USUAL_EMERGENCY = "112"


def emergency_number(country: str) -> str:
    """The number to call when somebody is in danger; 112 all over Europe."""
    return EMERGENCY.get(country, USUAL_EMERGENCY)
