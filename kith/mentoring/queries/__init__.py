"""Every read of mentoring."""
