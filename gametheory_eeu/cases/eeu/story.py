"""The argument of the article in plain words."""

SUMMARY = """\
It is cheaper to dominate neighbours one at a time than through institutions, which bind even a \
hegemon. As long as the neighbours trusted it, Russia did better by bilateral deals; its power \
brought soft dominance, short of the absolute threshold beyond which all must follow.
In 2014 two shocks came at once. Borders proved violable, so trust fell, and promises to weaker \
partners were no longer credible; isolation made a quick success urgent, so consent was bought at \
a high price, in cash and in multilateral institutions.
The Eurasian Economic Union is what came of it: signed in a hurry, dear, and without depth. \
Interest fades as the hurry does, while trust takes far longer to rebuild than it took to lose."""
