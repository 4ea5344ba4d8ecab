"""Source, Parameter and Calibration."""

import pickle

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import MARKS, domain_text
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.models.vocabulary import VOCABULARY


def test_one_name_one_meaning_package_wide() -> None:
    names = [parameter.name for parameter in VOCABULARY]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("parameter", VOCABULARY, ids=lambda p: p.name)
def test_every_parameter_says_what_it_is(parameter: eeu.Parameter) -> None:
    assert parameter.meaning
    assert parameter.source.mark in MARKS
    assert parameter.symbol.is_extended_real
    assert parameter.symbol.is_positive is None or parameter.symbol.is_integer
    assert parameter.domain_text


@pytest.mark.parametrize(
    ("domain", "text"),
    [
        (sp.Interval.open(0, sp.oo), "> 0"),
        (sp.Interval(0, sp.oo), ">= 0"),
        (sp.Interval.Ropen(0, 1), "in [0, 1)"),
        (sp.Interval.Lopen(0, 1), "in (0, 1]"),
        (sp.S.Reals, "any real number"),
        (sp.S.Naturals, "a whole number, 1 or more"),
    ],
)
def test_domains_in_words(domain: sp.Set, text: str) -> None:
    assert domain_text(domain) == text


def test_a_component_is_named_after_its_member() -> None:
    (weights,) = (p for p in VOCABULARY if p.name == "weights")
    component = weights.component("Kazakhstan")
    assert (component.name, component.symbol.name) == ("weights.Kazakhstan", "w_Kazakhstan")
    assert component.index is None
    with pytest.raises(ParameterError, match=r"weights.Kazakhstan = 0 is not allowed.*> 0"):
        component.value(0)


def test_a_source_shows_its_mark() -> None:
    assert str(eeu.Source("L", "Kydd2005", "ch. 2")) == "[L] Kydd2005, ch. 2"
    with pytest.raises(ParameterError, match=r"mark = 'Z'.*'A' \(said by the text under study\)"):
        eeu.Source("Z")


def test_a_calibration_is_exact_and_sourced() -> None:
    mine = eeu.Calibration("mine", {"trust": (0.7, eeu.Source("M", note="a guess"))})
    assert mine["trust"] == sp.Rational(7, 10)
    assert mine.sources()["trust"].note == "a guess"
    assert pickle.loads(pickle.dumps(mine)) == mine  # noqa: S301
    game = eeu.CredibleCommitment().at(mine)
    assert game.parameters.source("trust").note == "a guess"
    assert game.at(trust="1/2").parameters.source("trust").note == "given by the user"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (0.7, "a pair \\(value, Source\\)"),
        ((0.7, "M"), "a pair \\(value, Source\\)"),
        ((float("nan"), eeu.Source("M")), "trust = nan"),
    ],
)
def test_a_value_without_a_source_is_refused(entry: object, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        eeu.Calibration("mine", {"trust": entry})


def test_frozen_mapping() -> None:
    mapping = FrozenMapping({"a": 1, "b": 2})
    assert list(mapping) == ["a", "b"]
    assert mapping == {"b": 2, "a": 1}
    assert hash(mapping) == hash(FrozenMapping({"b": 2, "a": 1}))
    assert pickle.loads(pickle.dumps(mapping)) == mapping  # noqa: S301
    with pytest.raises(AttributeError, match="frozen"):
        mapping.c = 3
    with pytest.raises(TypeError):
        mapping["c"] = 3  # type: ignore[index]
