"""States, promises about time, receipt codes and the texts of this room."""
