"""Every write about accounts. Upper rooms use `cards` and `invitations`."""

from kith.accounts.commands.cards import IssuedCard, issue_card, open_account_for, revoke_card
from kith.accounts.commands.invitations import Invited, invite

__all__ = ["Invited", "IssuedCard", "invite", "issue_card", "open_account_for", "revoke_card"]
