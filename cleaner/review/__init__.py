"""Review: from a suggestion to a rule.

The modules here decide and write; they know no screen. `screen` shows them in a terminal.
"""
