"""Review in a browser, on this machine alone.

`views` says what the page is told (pure). `sitting` is the review that all open pages share, and
`fixing` cleans the files at its end. `guard` decides which requests are answered, `server` answers
them. The page itself is in `page/`.
"""
