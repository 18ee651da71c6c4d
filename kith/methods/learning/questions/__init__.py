"""Questions of a quiz: what they hold, how they are kept, drawn and marked."""
