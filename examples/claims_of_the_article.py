"""The article, claim by claim: what is proved, on which condition, and what would overturn it.

Run ``python examples/claims_of_the_article.py [number ...]``; a number explains one claim.
"""

import sys

import gametheory_eeu as eeu


def main(numbers: list[str]) -> None:
    """Print the claims with their verdicts, or explain some of them."""
    claims = eeu.article.claims()
    for number in numbers:
        print(claims[number].explain(), end="\n\n")
    if numbers:
        return
    print(claims)
    print("\nWHAT HANGS ON THE NUMBERS")
    for claim in claims.where(verdict="holds at the calibration"):
        print(f"{claim.number}: {claim.paraphrase} {claim.robustness()!r}")
    print("\nWHAT PULLS APART IN THE TEXT")
    for tension in eeu.article.tensions():
        numbers_text = " and ".join(str(claim.number) for claim in tension.claims)
        print(f"{numbers_text}: {tension.text} {tension.resolution.statement} [{tension.verdict}]")
    print("\nOne claim with its proofs: python examples/claims_of_the_article.py 9")


if __name__ == "__main__":
    main(sys.argv[1:])
