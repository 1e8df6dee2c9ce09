"""What each operator makes of one line of a rule, of a rule, and of a module: all of it, and nothing else."""

from collections import Counter

import pytest

from iam2rego.mutation.modules import mutants
from iam2rego.mutation.mutant import Mutant, Operator
from iam2rego.rego.language.tree import (
    Array,
    Call,
    Every,
    Infix,
    Literal,
    Lookup,
    Module,
    Name,
    Not,
    Null,
    Number,
    Object,
    Rule,
    Set,
    SomeIn,
    String,
)

ACTION = Name("input.action")
TEXT = Name("text")
COLON = Array((String(":"),))
KEY = Call("context.text", (String("k:a"),))
RULE = Rule("allow", (Call("f", ()),), contains=Number("0"))
OTHER = Rule("deny", (Call("f", ()),), contains=Number("1"))
HELPER = Rule("statement_0_x", (Call("f", (TEXT,)),), parameters=("text",))


def module(*rules: Rule) -> Module:
    return Module("iam.policies.p", (), (), rules)


def made(operator: Operator, *rules: Rule) -> list[Mutant]:
    return [each for each in mutants(module(*rules), most=100, seed=0) if each.operator is operator]


def made_of(operator: Operator, literal: Literal) -> list[str]:
    """Return what an operator makes of the only line of a rule."""
    return [each.change.after.removeprefix("statement_0_x if ") for each in made(operator, Rule("statement_0_x", (literal,)))]


@pytest.mark.parametrize(
    ("operator", "literal", "wanted"),
    [
        pytest.param(Operator.DROP_CONDITION, Name("y"), ["true"], id="drop/a-line"),
        pytest.param(Operator.DROP_CONDITION, Infix(TEXT, ":=", KEY), [], id="drop/not-what-names-something"),
        pytest.param(Operator.DROP_CONDITION, SomeIn("text", KEY), [], id="drop/not-what-iterates"),
        pytest.param(Operator.WEAKEN_EDGE, Infix(TEXT, "<", Number("5")), ["text <= 5"], id="weaken/less"),
        pytest.param(Operator.WEAKEN_EDGE, Infix(TEXT, "<=", Number("5")), ["text < 5"], id="weaken/less-or-equal"),
        pytest.param(Operator.WEAKEN_EDGE, Infix(TEXT, ">", Number("5")), ["text >= 5"], id="weaken/greater"),
        pytest.param(Operator.WEAKEN_EDGE, Infix(TEXT, "==", Number("5")), ["text >= 5"], id="weaken/equal-numbers"),
        pytest.param(Operator.WEAKEN_EDGE, Infix(TEXT, "==", String("a")), ['startswith(text, "a")'], id="weaken/exact-to-prefix"),
        pytest.param(Operator.WEAKEN_EDGE, Infix(Call("read.boolean", (TEXT,)), "==", String("true")), [], id="weaken/no-boolean"),
        pytest.param(Operator.WEAKEN_EDGE, Call("startswith", (TEXT, String("a"))), ['contains(text, "a")'], id="weaken/prefix"),
        pytest.param(
            Operator.WEAKEN_EDGE,
            Call("glob.match", (String("a*\\*"), Null(), TEXT)),
            ['glob.match("a*\\\\*", [":"], text)', 'glob.match("a?*\\\\*", null, text)'],
            id="weaken/glob-with-escape",
        ),
        pytest.param(
            Operator.WEAKEN_EDGE,
            Call("glob.match", (String("**?"), COLON, TEXT)),
            ['glob.match("**?", null, text)', 'glob.match("*?", [":"], text)', 'glob.match("***", [":"], text)'],
            id="weaken/glob-of-fields",
        ),
        pytest.param(
            Operator.WEAKEN_EDGE,
            Call("glob.match", (String("s3:*a"), Null(), ACTION)),
            ['glob.match("s3:?*a", null, input.action)'],
            id="weaken/an-action-has-one-colon",
        ),
        pytest.param(
            Operator.WEAKEN_EDGE,
            Call("net.cidr_contains", (String("10.0.0.0/32"), TEXT)),
            ['net.cidr_contains("10.0.0.0/31", text)'],
            id="weaken/widest-range",
        ),
        pytest.param(Operator.SWAP_BUILT_IN, Call("endswith", (TEXT, String("a"))), ['startswith(text, "a")'], id="swap/suffix"),
        pytest.param(Operator.SWAP_BUILT_IN, Call("read.decimal", (TEXT,)), ["text"], id="swap/reader"),
        pytest.param(Operator.SWAP_BUILT_IN, Infix(TEXT, ":=", KEY), ['text := context.variable("k:a")'], id="swap/empty-text"),
        pytest.param(Operator.CHANGE_LITERAL, Infix(TEXT, "==", String("ab")), ['text == "a"'], id="change/text"),
        pytest.param(Operator.CHANGE_LITERAL, Infix(TEXT, "==", String("")), ['text == "x"'], id="change/empty-text"),
        pytest.param(Operator.CHANGE_LITERAL, Infix(TEXT, "==", Number("-0.5")), ["text == 0.5"], id="change/number"),
        pytest.param(
            Operator.CHANGE_LITERAL, Call("glob.match", (String("a*"), COLON, TEXT)), ['glob.match("a", [":"], text)'], id="change/glob"
        ),
        pytest.param(
            Operator.CHANGE_LITERAL,
            Call("principals.kind", (Object(((String("arn"), Set((String("ab"),))),)),)),
            ['principals.kind({"arn": {"a"}})'],
            id="change/no-name-of-a-list",
        ),
        pytest.param(
            Operator.LOSE_ALTERNATIVE,
            Infix(TEXT, "in", Set((String("a"), String("b")))),
            ['text in {"b"}', 'text in {"a"}'],
            id="lose/each",
        ),
        pytest.param(Operator.LOSE_ALTERNATIVE, Infix(TEXT, "in", Set((String("a"),))), [], id="lose/not-the-only-one"),
        pytest.param(Operator.LOSE_NEGATION, Not(Name("y")), ["y"], id="negation/not"),
        pytest.param(Operator.LOSE_NEGATION, Infix(TEXT, "!=", String("a")), ['text == "a"'], id="negation/unequal"),
        pytest.param(Operator.FORGET_CASE, Infix(ACTION, "==", String("s3:a")), ['input.action == "S3:A"'], id="case/action"),
        pytest.param(
            Operator.FORGET_CASE,
            Infix(ACTION, "in", Set((String("s3:a"), String("s3:b")))),
            ['input.action in {"S3:A", "S3:B"}'],
            id="case/actions",
        ),
        pytest.param(Operator.FORGET_CASE, Infix(TEXT, "==", Call("lower", (Name("y"),))), ["text == y"], id="case/lower"),
        pytest.param(
            Operator.FORGET_CASE,
            Infix(Lookup(Name("context.texts"), String("k:a")), "==", TEXT),
            ['context.texts["K:A"] == text'],
            id="case/key",
        ),
        pytest.param(
            Operator.FORGET_MISSING_KEY,
            Infix(TEXT, "==", Call("context.variable", (String("k:a"),))),
            ['text == object.get(context.texts, "k:a", "")'],
            id="missing/variable",
        ),
        pytest.param(Operator.FORGET_MISSING_KEY, Call("context.absent", (String("k:a"),)), ["false"], id="missing/absent"),
    ],
)
def test_what_becomes_of_a_line(operator: Operator, literal: Literal, wanted: list[str]) -> None:
    assert made_of(operator, literal) == wanted


def test_lines_of_every_are_changed_too() -> None:
    every = Every("text", KEY, (Not(TEXT), Name("y")))
    assert [each.change.after for each in made(Operator.LOSE_NEGATION, Rule("statement_0_x", (every,)))] == ["text"]
    assert made(Operator.DROP_CONDITION, Rule("statement_0_x", (every,)))[0].change.before == "y"


@pytest.mark.parametrize(
    ("literals", "wanted"),
    [
        pytest.param((SomeIn("text", KEY), TEXT), [], id="some"),
        pytest.param((SomeIn("text", KEY), TEXT, Not(TEXT)), ["true", "true"], id="some-used-twice"),
        pytest.param((Every("text", KEY, (TEXT,)),), ["statement_0_x if true"], id="every"),
    ],
)
def test_what_is_iterated_over_is_still_used(literals: tuple[Literal, ...], wanted: list[str]) -> None:
    assert [each.change.after for each in made(Operator.DROP_CONDITION, Rule("statement_0_x", literals))] == wanted


@pytest.mark.parametrize(
    ("operator", "rules", "wanted"),
    [
        pytest.param(Operator.FLIP_EFFECT, (RULE,), ["deny contains 0 if f()"], id="flip/allow"),
        pytest.param(Operator.FLIP_EFFECT, (OTHER,), ["allow contains 1 if f()"], id="flip/deny"),
        pytest.param(Operator.FLIP_EFFECT, (HELPER,), [], id="flip/no-helper"),
        pytest.param(Operator.CHANGE_LITERAL, (RULE,), ["allow contains 1 if f()"], id="change/index"),
        pytest.param(Operator.LOSE_ALTERNATIVE, (RULE,), [""], id="lose/a-statement"),
        pytest.param(Operator.LOSE_ALTERNATIVE, (HELPER,), [], id="lose/not-a-helper-that-is-called"),
    ],
)
def test_what_becomes_of_a_rule(operator: Operator, rules: tuple[Rule, ...], wanted: list[str]) -> None:
    assert [each.change.after for each in made(operator, *rules)] == wanted


def test_a_missing_key_meets_a_condition_beside_the_rule() -> None:
    compared = Rule("allow", (Infix(ACTION, "==", String("s3:a")), Call("startswith", (KEY, String("a")))), contains=Number("0"))
    (mutant,) = made(Operator.FORGET_MISSING_KEY, compared)
    assert mutant.change.after.endswith('input.action == "s3:a" context.absent("k:a") }')


def test_a_mutant_tells_its_place() -> None:
    (mutant,) = made(Operator.FLIP_EFFECT, HELPER, OTHER)
    assert (mutant.module, mutant.change.line, mutant.change.before) == ("p", 5, "deny contains 1 if f()")
    assert mutant.statement == 1


def test_of_each_operator_only_so_many_are_drawn() -> None:
    long = module(*(Rule("allow", (Infix(ACTION, "==", String(f"s3:a{number}")),), contains=Number("0")) for number in range(30)))
    drawn = [mutants(long, most=3, seed=seed) for seed in (1, 1, 2)]
    assert set(Counter(each.operator for each in drawn[0]).values()) == {3}
    assert drawn[0] == drawn[1] != drawn[2]
