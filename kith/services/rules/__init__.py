"""The directory's format, its facts, and the way of a referral."""
