"""Joint activities: how they repeat, who comes, and how they are said."""
