"""Review in a terminal.

`session`, `turn`, `commands`, `field`, `keys` and `effects` say what a key does; `pages`,
`screens` and `cells` say what it looks like. All of these are pure. `terminal`, `keyboard`,
`editor` and `desk` deal with the outside world.
"""
