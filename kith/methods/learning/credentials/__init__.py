"""Open Badges 3.0: credentials that other systems can check without asking this one."""
