"""The desk of a review in a terminal: that of every review, and the reviewer's editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.names.suggestion import Group, Place
from cleaner.review.desk import ProjectDesk
from cleaner.review.project import Project
from cleaner.review.screen import editor


class TerminalDesk(ProjectDesk):
    """A desk with an editor, which the environment variables name."""

    def __init__(
        self, project: Project, groups: Sequence[Group], environment: Mapping[str, str]
    ) -> None:
        super().__init__(project, groups)
        self._environment = environment

    def open(self, place: Place) -> str:
        """Open a file of the project in the editor, whatever the current folder is."""
        file = self.project.folder / place.file
        message = editor.show(place._replace(file=str(file)), self._environment)
        self.forget_texts()
        return message
