"""Whether duties, skills and roster cover the work: where nobody does, where one person alone does, where too few.

What lives here: a team described by arrays (`team`), what covers each cell topic x difficulty x channel x hour
(`blocks`, `cover`), the findings (`findings`), shortage by capacity with its certificate (`shortage`), what would close
it (`moves`, `closing`) and what a change opens and closes (`comparison`). What does not: who takes which ticket now.
"""
