import gametheory_eeu as eeu

CASE = eeu.article.CASE
