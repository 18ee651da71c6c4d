"""What pictures of any kind have in common when a credential is put into them."""

MOST_BYTES = 5 * 1024 * 1024


class BadPicture(ValueError):
    """A picture that cannot hold a credential, or holds none; the text is a sentence."""
