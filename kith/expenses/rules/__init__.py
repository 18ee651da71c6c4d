"""States and limits of expenses, and the list for the bookkeeping."""
