"""The files of tests that take more than about two seconds: a run starts with them, or without.

``pytest -m "not slow"`` takes a minute; everything else runs them. A line names a folder or a file,
the longest first, so that no worker is left with a long file when the other is done.
"""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SLOW = (
    "tests/properties/test_quadratic_games.py",
    "tests/unit/test_main_job.py",
    "tests/properties/test_statics_at_points.py",
    "tests/properties/test_many_players_routes.py",
    "tests/properties/test_polynomial_choices.py",
    "tests/properties",
    "tests/benchmarks",
    "tests/literature",
    "tests/interop",
    "tests/unit/models",
    "tests/unit/statics/test_condition_forms.py",
    "tests/unit/statics/test_signs_of_games.py",
    "tests/unit/statics/test_regimes.py",
    "tests/unit/statics/test_row_computation.py",
    "tests/unit/statics/test_piecewise.py",
    "tests/unit/statics/test_pieces.py",
    "tests/unit/statics/test_supermodular.py",
    "tests/unit/statics/test_where_signs_are_claimed.py",
    "tests/unit/statics/test_derivatives_of_games.py",
    "tests/unit/statics/test_recheck.py",
    "tests/unit/forms/test_tree_solvers.py",
    "tests/unit/forms/test_symmetric_many_actions.py",
    "tests/unit/forms/test_enclosed_games.py",
    "tests/unit/forms/test_readable_conditions.py",
    "tests/unit/model/test_bound_symbols.py",
    "tests/unit/display/test_hypotheses.py",
    "tests/unit/display/test_json.py",
    "tests/unit/core/test_size_limits.py",
    "tests/unit/core/test_symbols_by_name.py",
    "tests/unit/solvers/test_support_families.py",
    "tests/unit/prover/test_theory.py",
    "tests/unit/prover/test_prove.py",
    "tests/unit/model/test_closed_families.py",
    "tests/unit/prover/test_sizes_of_statements.py",
    "tests/unit/prover/test_transcendental_claims.py",
    "tests/unit/prover/test_implication.py",
    "tests/unit/prover/test_transcendentals.py",
    "tests/unit/prover/test_smt_encoding.py",
    "tests/unit/prover/test_process.py",
    "tests/unit/solvers/test_bimatrix.py",
    "tests/unit/solvers/test_indifference.py",
    "tests/unit/solvers/test_interval_signs.py",
    "tests/unit/solvers/test_bargaining_solutions.py",
    "tests/unit/solvers/test_behaviour_supports.py",
    "tests/unit/solvers/test_active_sets.py",
    "tests/unit/solvers/test_linear_feasibility.py",
    "tests/unit/solvers/test_symmetric_roots.py",
    "tests/unit/solvers/test_monotone_fixed_points.py",
    "tests/unit/solvers/test_condition_simplification.py",
    "tests/unit/forms/test_many_players.py",
    "tests/unit/forms/test_readings.py",
    "tests/unit/forms/test_continuous_game.py",
    "tests/unit/forms/test_sequential_equilibria.py",
    "tests/unit/statics/test_boundaries.py",
    "tests/unit/statics/test_monotone.py",
    "tests/unit/statics/test_monotone_premises.py",
    "tests/unit/statics/test_inequalities.py",
    "tests/unit/display/test_figures.py",
    "tests/unit/display/test_widths.py",
    "tests/face/test_results_travel.py",
    "tests/unit/test_mutation.py",
    "gametheory_eeu",
    "docs",
    "README.md",
)


def place(path: Path) -> int:
    """The first line of the table that holds a path; after all of them where none does."""
    parents = {path, *path.parents}
    return next((k for k, name in enumerate(SLOW) if ROOT / name in parents), len(SLOW))


def is_slow(path: Path) -> bool:
    """Whether a line of the table holds a path."""
    return place(path) < len(SLOW)


__all__ = ["ROOT", "SLOW", "is_slow", "place"]
