"""Why the embedded database cannot start, each in one sentence for the person at the terminal."""

from pathlib import Path


class ServerProblem(Exception):
    """The database cannot be used; the text says what to do."""


class NoPrograms(ServerProblem):
    def __init__(self) -> None:
        super().__init__(
            "The PostgreSQL programs are missing: install Kith again, "
            "or set KITH_DATABASE_URL to a PostgreSQL server of your own."
        )


class NoAccount(ServerProblem):
    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL does not run as root and no other user could be made for it: "
            "run Kith as an ordinary user."
        )


class UnreadableFolder(ServerProblem):
    def __init__(self, folder: Path, *, account: str) -> None:
        super().__init__(
            f"The folder {folder} cannot be used by {account}: give that user the right "
            "to read and write it, or choose another folder with KITH_HOME."
        )


class ClosedParent(ServerProblem):
    def __init__(self, folder: Path, *, account: str) -> None:
        super().__init__(
            f"The database runs as the user {account}, who may not enter {folder}: "
            "choose another folder with KITH_HOME, or run Kith as an ordinary user."
        )


class ForeignFolder(ServerProblem):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The folder {folder} holds something that Kith did not make: "
            "choose an empty folder with KITH_HOME."
        )


class OtherVersion(ServerProblem):
    def __init__(self, folder: Path, *, found: str, ours: str) -> None:
        super().__init__(
            f"The database in {folder} belongs to PostgreSQL {found}, "
            f"and this Kith brings PostgreSQL {ours}: use the Kith that made it."
        )


class LostPasswords(ServerProblem):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The database passwords in {file} are missing or are not those of this database: "
            "bring the keys folder back from your backup."
        )


class FullDisk(ServerProblem):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"The disk that holds {folder} is full: free some space and start again.")


class PathTooLong(ServerProblem):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The path {folder} is too long for a database: choose a shorter KITH_HOME."
        )


class NotOurs(ServerProblem):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another program already runs a database in {folder}: stop it and start again."
        )


class DidNotStart(ServerProblem):
    def __init__(self, folder: Path, *, said: str) -> None:
        super().__init__(f"The database in {folder} did not start. It said: {said}")
