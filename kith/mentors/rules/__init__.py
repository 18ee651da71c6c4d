"""What stands on a mentor's checklist, and the promise of mentors: data and pure functions."""
