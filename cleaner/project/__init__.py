"""A project on disk: its configuration, its files, and which rules act where."""
