"""What only the terminal asks of the outside world, beside the deeds of every review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from cleaner.names.suggestion import Group, Place
from cleaner.review.session.effects import Choices, Deed, Desk


@dataclass(frozen=True, slots=True)
class Open:
    """Open a place in the reviewer's editor."""

    place: Place


@dataclass(frozen=True, slots=True)
class Diff:
    """Show what the rule would change in texts that have goldens."""

    group: Group
    choices: Choices


@dataclass(frozen=True, slots=True)
class Quit:
    """End the review. If `fix` is true, clean the files afterwards."""

    fix: bool = False


Effect: TypeAlias = Deed | Open | Diff | Quit


class ScreenDesk(Desk, Protocol):
    """A desk with an editor."""

    def open(self, place: Place) -> str:
        """Open a place in the reviewer's editor. Return when the editor is closed."""
