"""What calendars hold, how it is written, and when an invitation goes."""
