"""JSON out and in."""

import json
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import Game, declare
from gametheory_eeu.models import vocabulary as v

MEMBERS = {"P": 3, "R": 1, "tau": ".5", "c": ".05", "lam": ".9", "power_ceiling": 3}
GAMES = [
    eeu.CredibleCommitment(),
    eeu.CredibleCommitment(mu="sqrt(2)/2", ell="2*b"),
    eeu.CredibleCommitment.from_article("2014"),
    eeu.BandwagoningContest(),
    eeu.BandwagoningContest(weights={"Belarus": 1, "Kazakhstan": 2}, **MEMBERS),
    eeu.BandwagoningContest(members=2),
    eeu.BandwagoningContest(weights=[1, 2], **MEMBERS),
    eeu.AsymmetricBargaining.from_article("2014"),
]


@pytest.mark.parametrize("game", GAMES, ids=str)
def test_a_game_comes_back(game: Game) -> None:
    back = display.from_json(game.to_json())
    assert back == game
    assert back.calibration == game.calibration
    assert back.parameters.sources == game.parameters.sources


def own_class(name: str, module: str = __name__, factor: int = 1) -> type[Game]:
    """A class that a user might write, with a form of its own."""

    def form(self: Game) -> eeu.NormalForm:
        return eeu.NormalForm([[f"{factor}*mu", 0], [0, 1]], [[1, 0], [0, 1]], given=self.space)

    body = {"__module__": module, "parameters": declare(v.TRUST), "form": form}
    return type(name, (Game,), body)


@pytest.mark.parametrize("name", ["Participation", "EquilibriumSet", "Partition", "StaticsTable"])
def test_a_game_comes_back_as_the_class_that_wrote_it(name: str) -> None:
    """Of a name there are the library's class and any number of the users', here and elsewhere."""
    games: list[Any] = [eeu.Participation(members=2)]
    for module, factor in (("regions", 2), ("regions", 3), ("elsewhere", 2), (__name__, 5)):
        games.append(own_class(name, module, factor)(trust="1/3"))
    for game in games:
        for result in (game, game.solve(), game.solve()[0], eeu.regimes(game)):
            back = eeu.from_json(result.to_json())
            assert back == result
            assert type(getattr(back, "game", back)) is type(getattr(result, "game", result))


def test_a_game_that_is_not_loaded_or_has_changed_is_refused() -> None:
    kind = own_class("Duel")
    data = json.loads(kind().to_json())
    for key, value, message in (
        ("module", "nowhere", "'Duel' of the module 'nowhere' is not loaded: import"),
        ("class", "Outer.Duel", "'Outer.Duel' .* is not loaded"),
        ("digest", "", "'Duel' .* its form has changed"),
        ("class", 3, "damaged: 'class' must be text"),
    ):
        with pytest.raises(GameTheoryError, match=message):
            display.from_json(json.dumps(data | {"game": data["game"] | {key: value}}))


def test_what_older_versions_wrote_is_read_by_name() -> None:
    game = own_class("WrittenByName")(trust="1/3")
    data = json.loads(game.to_json())
    for key in ("module", "class", "digest"):
        del data["game"][key]
    assert display.from_json(json.dumps(data)) == game


def test_a_class_that_needs_more_than_values_is_refused() -> None:
    def needs_more(self: Any, k: int, **values: object) -> None:
        super(kind, self).__init__(**values)

    kind: Any = type("Needy", (own_class("Duel"),), {"__init__": needs_more})
    with pytest.raises(GameTheoryError, match="Needy cannot be built again from its values"):
        display.from_json(kind(1).to_json())


@pytest.mark.parametrize("kind", ["Partition", "Curve", "Dataset"])
def test_a_game_is_not_drawn_as_a_result_of_its_name(kind: str) -> None:
    game = type(kind, (Game,), {"parameters": declare(v.TRUST)})()
    assert not display.has_figure(game)


@pytest.mark.parametrize("game", GAMES, ids=str)
def test_equilibria_come_back(game: Game) -> None:
    assert display.from_json(game.solve().to_json()) == game.solve()


def test_comparative_statics_come_back() -> None:
    statics = eeu.AsymmetricBargaining().comparative_statics("transfer", "mu")
    back = display.from_json(statics.to_json())
    assert [(r.quantity, r.parameter, r.sign) for r in back] == [
        (r.quantity, r.parameter, r.sign) for r in statics
    ]


def test_other_results_come_back_as_tables_of_exact_text() -> None:
    back = display.from_json(eeu.CredibleCommitment.from_article("2014").quantities.to_json())
    assert isinstance(back, display.Table)
    assert [row[2] for row in back.rows if row[1] == "honour_probability"] == ["7/37"]


def test_json_names_what_made_it() -> None:
    data = json.loads(eeu.CredibleCommitment().solve().to_json())
    assert (data["library"], data["version"], data["format"], data["type"]) == (
        "gametheory_eeu",
        eeu.__version__,
        1,
        "EquilibriumSet",
    )


def altered(**changes: object) -> str:
    data = json.loads(eeu.CredibleCommitment.from_article("2014").solve().to_json())
    return json.dumps(data | changes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not written by to_json"),
        ('{"library": "another"}', "not written by to_json"),
        (altered(format=99), "layout 99"),
        (altered(names=["join"]), r"says \['join'\], but the game implies \['stay out'\]"),
        (altered(game={"name": "Chess", "members": None, "values": {}}), "no game 'Chess'"),
    ],
)
def test_bad_json_is_refused(text: str, message: str) -> None:
    with pytest.raises(GameTheoryError, match=message):
        display.from_json(text)


def without(text: str, name: str) -> str:
    return json.dumps({key: value for key, value in json.loads(text).items() if key != name})


TABLE = eeu.CredibleCommitment.from_article("2014").quantities.to_json()
GAME = json.loads(GAMES[0].to_json())["game"]


@pytest.mark.parametrize(
    "text",
    [
        *(without(TABLE, name) for name in ("columns", "rows", "caption", "note")),
        *(without(altered(), name) for name in ("type", "concept", "names")),
        *(altered(game={k: v for k, v in GAME.items() if k != name}) for name in GAME
          if name != "members"),
        altered(game=[]),
        altered(game=GAME | {"name": 3}),
        altered(game=GAME | {"values": {"trust": 3}}),
        altered(game=GAME | {"values": {"trust": ["1/2"]}}),
        altered(game=GAME | {"members": 3}),
        json.dumps(json.loads(TABLE) | {"rows": [["one"]]}),
        json.dumps(json.loads(TABLE) | {"columns": [1]}),
        json.dumps(json.loads(altered()) | {"type": "StaticsTable", "signs": [["trust"]]}),
    ],
)  # fmt: skip
def test_damaged_json_is_refused(text: str) -> None:
    with pytest.raises(GameTheoryError, match="this JSON is damaged"):
        display.from_json(text)


@pytest.mark.parametrize("text", [None, 3, "[" * 100_000], ids=["none", "number", "deep"])
def test_what_is_not_json_is_refused(text: object) -> None:
    with pytest.raises(GameTheoryError, match="this is not JSON"):
        display.from_json(text)  # type: ignore[arg-type]


def test_from_json_is_on_the_face_of_the_library() -> None:
    assert eeu.from_json is display.from_json


def test_hostile_values_are_read_not_run() -> None:
    values = {"trust": ["__import__('os').getcwd()", "M", "", ""]}
    game = {"name": "CredibleCommitment", "members": None, "calibration": "", "values": values}
    with pytest.raises(GameTheoryError, match="cannot read"):
        display.from_json(altered(game=game))


FORMS = [
    eeu.NormalForm([["(v-c)/2", "v"], [0, "v/2"]], [["(v-c)/2", 0], ["v", "v/2"]],
                   given=["v > 0", "c > 0"], title="Hawk and Dove"),
    eeu.NormalForm([[sp.Symbol("a", positive=True), 0]], [["1/3", sp.sqrt(2)]], players=["R", "K"]),
    eeu.NormalForm(lambda profile: [profile.count("in")] * 3, actions=[["in", "out"]] * 3),
]  # fmt: skip


@pytest.mark.parametrize("game", FORMS, ids=repr)
def test_a_normal_form_and_its_equilibria_come_back(game: eeu.NormalForm) -> None:
    back = display.from_json(game.to_json())
    assert back == game
    assert back.title == game.title
    solution = game.solve("pure Nash")
    assert display.from_json(solution.to_json()) == solution


def test_a_damaged_normal_form_is_refused() -> None:
    data = json.loads(FORMS[0].to_json())
    del data["form"]["payoffs"]["player 2"]
    with pytest.raises(GameTheoryError, match="damaged"):
        display.from_json(json.dumps(data))
