"""Write a game with symbols, solve it, read the conditions, and verify every claim.

Two members of a union each choose whether to keep to its rules or to bargain on the side. A side
deal is worth s alone and d if both do it; keeping the rules is worth r together and 0 alone.

Run it with ``python examples/your_own_game.py``.
"""

import gametheory_eeu as eeu


def main() -> None:
    """Tell the whole story."""
    game = eeu.NormalForm(
        [["r", 0], ["s", "d"]],
        [["r", "s"], [0, "d"]],
        players=["Kazakhstan", "Belarus"],
        actions=[["Keep", "Side"]] * 2,
        given=["r > 0", "s > 0"],
        title="Side deals",
    )
    print(game, end="\n\n")

    solution = game.solve()
    print(solution, end="\n\n")

    print("Every equilibrium, proved from the payoffs:")
    for name, check in solution.verify().items():
        print(f"  {check.verdict}: {name}")

    print("\nSide deals are strictly dominant:")
    for found in game.dominated():
        print(f"  {found!r}")

    print("\nIn numbers, r = 3, s = 2, d = 1:")
    at = game.at(r=3, s=2, d=1)
    for equilibrium in at.solve():
        print(f"  {equilibrium.name}: {equilibrium.strategies}")
    safer = at.risk_dominates(("Side", "Side"), ("Keep", "Keep"))
    print(f"  both on the side is the safer equilibrium: {safer}")

    print("\nFor a paper:\n")
    print(solution.to_latex())


if __name__ == "__main__":
    main()
