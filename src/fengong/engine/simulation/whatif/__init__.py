"""What would change, for whom and how surely, if the work were divided another way.

`division` says how the work is divided, `forecast` where tickets come from when it is not the history; `trial` runs
two divisions on the same luck, `comparison` sums up the runs and `finding` puts first what matters most. No words
here: what was found is codes and numbers.
"""
