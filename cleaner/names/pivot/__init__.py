"""The pivot: how a name gets into another script and out of it again, read from a folder of tables.

`tables` reads the folder, `readings` says how a name may stand in the pivot's script, `channel` how
that may be spelled in Latin letters, `background` how ordinary words and names are spelled,
`skeleton` what is left of a form that was spelled by habit. Nothing here knows Korean: another
pivot language is another folder in rules/pivots.
"""
