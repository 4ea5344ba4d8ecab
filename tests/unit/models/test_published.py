"""Published models: the listing, the names, the filter, and a module that is called."""

import doctest
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import cases
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnknownNameError
from gametheory_eeu.models.publication import MECHANISMS, Publication


def test_rows_name_a_game_a_reference_and_propositions() -> None:
    listed = eeu.models()
    assert len(listed) >= 33
    known = [*eeu.models.bibliography()]
    for row in listed:
        assert row.reference in known
        assert type(row.game).__name__ == row.game_class
        assert set(row.mechanisms) <= set(MECHANISMS)
        assert len(row.propositions) > 0
        assert row.reference in cases.cite(type(row.game)).keys
    assert {m for row in listed for m in row.mechanisms} == set(MECHANISMS)
    assert len({row.name for row in listed}) == len(listed)


def test_a_mechanism_filters() -> None:
    for mechanism in MECHANISMS:
        rows = [row for row in eeu.models() if mechanism in row.mechanisms]
        assert list(eeu.models(mechanism=mechanism)) == rows
    assert {"kreps 1990", "powell 2004", "powell 2006"} <= {
        r.name for r in eeu.models("commitment")
    }


@pytest.mark.parametrize("odd", ["commitments", "", 3])
def test_an_unknown_mechanism_lists_the_known(odd: object) -> None:
    with pytest.raises(ParameterError, match="commitment, competition, contest"):
        eeu.models(mechanism=odd)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Fearon (1995)", "Fearon1995"), ("fearon1995", "Fearon1995"),
        (" FEARON, 1995 ", "Fearon1995"), ("Bernheim & Whinston 1986", "Hedging"),
        ("BernheimWhinston1986", "Hedging"), ("Rubinstein 1982", "AlternatingOffers"),
        ("Angeletos, Hellwig, and Pavan (2007)", "RegimeChange"),
    ],
)  # fmt: skip
def test_names_are_read_however_written(written: str, kind: str) -> None:
    assert type(eeu.model(written)).__name__ == kind
    assert eeu.models()[written].game_class == kind


def test_unknown_names_are_refused_with_the_nearest() -> None:
    for find in (eeu.model, eeu.models().__getitem__):
        with pytest.raises(UnknownNameError, match="Did you mean 'fearon 1995'"):
            find("feron 1995")
    with pytest.raises(GameTheoryError, match="name = 3"):
        eeu.model(3)
    with pytest.raises(UnknownNameError, match="coordination"):
        Publication("a 1990", "b", ("co-ordination",), "c")


def test_a_model_is_a_game_with_all_that_games_have() -> None:
    """The risk of war (C - c_A)/(2 C) is 1/4 at C = 1 and c_A = 1/2."""
    game = eeu.model("fearon 1995", win_probability="1/2", C=1, war_cost="1/2")
    assert game == eeu.model("fearon 1995").at(p="1/2", C=1, c_A="1/2")
    (equilibrium,) = game.solve()
    assert equilibrium.choices["x"] == sp.Rational(3, 4)
    assert game.quantities["war_probability"].value == sp.Rational(1, 4)
    statics = eeu.model("fearon 1995").comparative_statics("war_probability")
    assert {row.parameter.name: row.sign for row in statics}["cost_range"] == "+"
    assert eeu.cite(game).keys == ("Fearon1995",)
    assert eeu.cite(game.propositions()[0]).keys == ("Fearon1995",)


def test_models_and_results_travel() -> None:
    listed, solution = eeu.models(), eeu.model("fearon 1995").solve()
    assert pickle.loads(pickle.dumps(listed)) == listed  # noqa: S301 - our own
    assert hash(listed) == hash(eeu.models())
    assert pickle.loads(pickle.dumps(solution)) == solution  # noqa: S301 - our own
    assert eeu.from_json(solution.to_json()) == solution
    frame = listed.to_dataframe()
    assert list(frame["name"]) == [row.name for row in listed]
    assert frame.set_index("name")["mechanisms"]["barro and gordon 1983"] == "commitment"


ORDERS = (
    "import gametheory_eeu as eeu; a = eeu.models('contest'); import gametheory_eeu.models",
    "import gametheory_eeu.models; import gametheory_eeu as eeu; a = eeu.models('contest')",
    "from gametheory_eeu.models import registry; import gametheory_eeu as eeu; "
    "a = eeu.models(mechanism='contest')",
)


@pytest.mark.parametrize("order", ORDERS)
def test_the_module_is_called_whatever_was_imported_before(order: str) -> None:
    check = "; assert a[0].name == 'tullock 1980' and eeu.models.CLASSES and eeu.models() != a"
    subprocess.run([sys.executable, "-c", order + check], check=True, timeout=120)


def test_import_loads_no_model() -> None:
    code = "import sys, gametheory_eeu as e; e.models; assert 'sympy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("module", [__name__, "no_loaded_module"])
def test_a_class_of_the_users_has_none_of_the_librarys_propositions(module: str) -> None:
    kind = type("Participation", (eeu.Game,), {"__module__": module})
    assert len(eeu.Participation().propositions()) > 0
    assert len(kind().propositions()) == 0


def test_a_name_is_no_keyword_of_the_function() -> None:
    with pytest.raises(UnknownNameError, match="no parameter of Tullock1980 'name'"):
        eeu.model("tullock 1980", name="x")


def test_a_name_of_the_package_is_hinted_at() -> None:
    for wrong, right in {"NormalFrom": "NormalForm", "Kyd2005": "Kydd2005"}.items():
        with pytest.raises(AttributeError, match=f"'{wrong}'. Did you mean '{right}'"):
            getattr(eeu, wrong)
    with pytest.raises(AttributeError, match=r"no attribute '__wrapped__'$"):
        _ = eeu.__wrapped__


def test_propositions_of_one_s_own_file_as_the_page_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Path(__file__).parents[3] / "docs/how-to/published-model.md"
    file, session = re.findall(r"^```py\n(.+?)^```", page.read_text("utf-8"), re.M | re.S)
    (tmp_path / "entry.py").write_text(file, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    test = doctest.DocTestParser().get_doctest(session, {}, page.name, str(page), 0)
    assert doctest.DocTestRunner().run(test) == (0, 4)
    monkeypatch.delitem(sys.modules, "entry")
