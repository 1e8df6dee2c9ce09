"""The text of Rego trees: what a policy says stays inside its quotes, and lines stay within 120 columns where `opa fmt` breaks them."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam2rego.rego.language.printer import fits, print_module, quote
from iam2rego.rego.language.tree import (
    Array,
    Call,
    Comment,
    Every,
    Infix,
    Labels,
    Literal,
    Lookup,
    Module,
    Name,
    Not,
    Null,
    Number,
    Object,
    Present,
    Rule,
    Set,
    SomeIn,
    String,
)

ACTION, KEY = Name("input.action"), String("a:b")
TEXT = Call("context.text", (KEY,))
LONG = "x" * 60


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("", '""', id="empty"),
        pytest.param("a", '"a"', id="plain"),
        pytest.param('"', r'"\""', id="quotation-mark"),
        pytest.param("\\", r'"\\"', id="backslash"),
        pytest.param('\\"', r'"\\\""', id="escaped-quotation-mark"),
        pytest.param("`", '"`"', id="backtick"),
        pytest.param("\n", r'"\n"', id="newline"),
        pytest.param("\r", r'"\r"', id="carriage-return"),
        pytest.param("\t", r'"\t"', id="tab"),
        pytest.param("\0", r'"\u0000"', id="null"),
        pytest.param("\x1b", r'"\u001b"', id="escape"),
        pytest.param("\x7f", r'"\u007f"', id="delete"),
        pytest.param("\x85", r'"\u0085"', id="next-line"),
        pytest.param("\u00ff", r'"\u00ff"', id="latin"),
        pytest.param("\u2028", r'"\u2028"', id="line-separator"),
        pytest.param("\u202e", r'"\u202e"', id="right-to-left-override"),
        pytest.param("\U0001f600", r'"\ud83d\ude00"', id="beyond-the-basic-plane"),
        pytest.param("%d {{ }} # $", '"%d {{ }} # $"', id="no-format-no-comment"),
    ],
)
def test_quote(text: str, quoted: str) -> None:
    assert quote(text) == quoted


@given(st.text())
def test_a_quoted_text_is_one_line_of_printable_ascii_and_reads_as_the_text(text: str) -> None:
    quoted = quote(text)
    assert re.fullmatch(r'"(?:[ !#-\[\]-~]|\\["\\bfnrt]|\\u[0-9a-f]{4})*"', quoted)
    assert json.loads(quoted) == text


def printed(*rules: Rule, comments: tuple[Comment, ...] = (), imports: tuple[str, ...] = ()) -> str:
    return print_module(Module("iam.policies.p", comments, imports, rules))


def body(*literals: Literal) -> str:
    """Return the text of a rule whose body is ``literals``, without its head's module."""
    return printed(Rule("allow", literals, contains=Number("0"))).removeprefix("package iam.policies.p\n\n")


@pytest.mark.parametrize(
    ("literal", "line"),
    [
        pytest.param(Infix(ACTION, "==", String('s3:"')), r'input.action == "s3:\""', id="comparison"),
        pytest.param(Infix(ACTION, "in", Set((String("a"), String("b")))), 'input.action in {"a", "b"}', id="membership"),
        pytest.param(Infix(Name("n"), "<", Number("1.5")), "n < 1.5", id="number"),
        pytest.param(Infix(Lookup(Name("context.texts"), KEY), "==", String("v")), 'context.texts["a:b"] == "v"', id="lookup"),
        pytest.param(Infix(Name("d"), "==", Array((Number("-1"), Number("0")))), "d == [-1, 0]", id="array"),
        pytest.param(
            Call("f", (Object(((String("a"), Set((String("b"), String("c")))), (String("d"), Set((String("e"),))))),)),
            'f({"a": {"b", "c"}, "d": {"e"}})',
            id="object",
        ),
        pytest.param(Not(Call("context.absent", (KEY,))), 'not context.absent("a:b")', id="negation"),
        pytest.param(Call("glob.match", (String("*"), Null(), TEXT)), 'glob.match("*", null, context.text("a:b"))', id="nested-call"),
        pytest.param(Infix(Infix(Name("a"), "+", Call("count", (Name("b"),))), "==", Number("3")), "a + count(b) == 3", id="arithmetic"),
    ],
)
def test_a_body_of_one_line_stands_beside_its_head(literal: Literal, line: str) -> None:
    assert body(literal) == f"allow contains 0 if {line}\n"


@pytest.mark.parametrize(
    ("literals", "text"),
    [
        pytest.param((), "allow contains 0\n", id="no-body"),
        pytest.param((Name("a"), Not(Name("b"))), "allow contains 0 if {\n\ta\n\tnot b\n}\n", id="several-lines"),
        pytest.param(
            (SomeIn("text", Call("context.values", (KEY,))),),
            'allow contains 0 if {\n\tsome text in context.values("a:b")\n}\n',
            id="some-is-never-beside-the-head",
        ),
        pytest.param(
            (Every("text", Call("context.values", (KEY,)), (Name("a"), Not(Name("b")))),),
            'allow contains 0 if {\n\tevery text in context.values("a:b") {\n\t\ta\n\t\tnot b\n\t}\n}\n',
            id="every-has-a-block",
        ),
        pytest.param(
            (Infix(ACTION, "in", Set((String(LONG), String(LONG)))),),
            f'allow contains 0 if {{\n\tinput.action in {{\n\t\t"{LONG}",\n\t\t"{LONG}",\n\t}}\n}}\n',
            id="long-set-an-item-a-line",
        ),
        pytest.param(
            (Not(Call("pattern.like", (TEXT, Set((String(LONG), String(LONG)))))),),
            f'allow contains 0 if {{\n\tnot pattern.like(context.text("a:b"), {{\n\t\t"{LONG}",\n\t\t"{LONG}",\n\t}})\n}}\n',
            id="long-set-as-last-argument",
        ),
        pytest.param(
            (Call("startswith", (TEXT, Call("concat", (String(""), Array((String(LONG), String(LONG))))))),),
            f'allow contains 0 if {{\n\tstartswith(\n\t\tcontext.text("a:b"),\n\t\tconcat("", [\n\t\t\t"{LONG}",\n\t\t\t"{LONG}",\n'
            "\t\t]),\n\t)\n}\n",
            id="long-call-an-argument-a-line",
        ),
        pytest.param(
            (Infix(Name("a"), ":=", Call("f", (Object(((String("b"), String(LONG)), (String("c"), String(LONG)))),))),),
            f'allow contains 0 if {{\n\ta := f({{\n\t\t"b": "{LONG}",\n\t\t"c": "{LONG}",\n\t}})\n}}\n',
            id="long-object-as-last-argument",
        ),
        pytest.param(
            (SomeIn("n", Call("pattern.positions", (Name("text"), String(LONG + LONG)))),),
            f'allow contains 0 if {{\n\tsome n in pattern.positions(\n\t\ttext,\n\t\t"{LONG}{LONG}",\n\t)\n}}\n',
            id="long-collection",
        ),
        pytest.param(
            (Not(Call("context.absent", (String(LONG + LONG),))),),
            f'allow contains 0 if {{\n\tnot context.absent("{LONG}{LONG}")\n}}\n',
            id="one-argument-stays-beside-its-function",
        ),
        pytest.param(
            (Call("f", (Call("g", (String(LONG), Set((String(LONG),)))),)),),
            f'allow contains 0 if {{\n\tf(g("{LONG}", {{\n\t\t"{LONG}",\n\t}}))\n}}\n',
            id="long-set-inside-one-argument",
        ),
        pytest.param(
            (Call("f", (String(LONG + LONG), Array(()))),),
            f'allow contains 0 if {{\n\tf("{LONG}{LONG}", [])\n}}\n',
            id="what-is-empty-has-one-line",
        ),
        pytest.param(
            (Infix(ACTION, "==", String(LONG + LONG)),),
            f'allow contains 0 if {{\n\tinput.action in {{\n\t\t"{LONG}{LONG}",\n\t}}\n}}\n',
            id="long-equality-is-a-set-of-one",
        ),
    ],
)
def test_the_lines_of_a_body(literals: tuple[Literal, ...], text: str) -> None:
    assert body(*literals) == text


def test_a_line_of_120_columns_is_not_broken() -> None:
    """The head and the operator take 36 columns, the quotation marks 2."""
    assert body(Infix(ACTION, "==", String("x" * 82))) == f'allow contains 0 if input.action == "{"x" * 82}"\n'
    assert body(Infix(ACTION, "==", String("x" * 83))) == f'allow contains 0 if {{\n\tinput.action == "{"x" * 83}"\n}}\n'


def test_what_fits_takes_120_columns_with_its_indentation() -> None:
    """The indentation takes 8 columns, the name, the quotation marks and what comes between and behind them 10."""
    assert fits(Object(((String("arn"), String("x" * 102)),)))
    assert not fits(Object(((String("a"), String("b")), (String("arn"), String("x" * 103)))))


def test_a_set_may_hold_more_than_numbers() -> None:
    pair = Array((Number("0"), Name("kind")))
    assert printed(Rule("allow", (Infix(Name("kind"), ":=", String("a")),), contains=pair)).endswith(
        'allow contains [0, kind] if kind := "a"\n'
    )


def test_helpers_have_parameters() -> None:
    assert printed(Rule("f", (Name("text"),), parameters=("text",))).endswith("\nf(text) if text\n")


def test_a_rule_has_a_value() -> None:
    value = Infix(Name("found"), ":=", Present(Name("given")))
    rules = (Rule("a", (), value=Object(()), default=True), Rule("f", (value,), value=Name("found"), parameters=("given",)))
    assert printed(*rules).endswith(
        "\ndefault a := {}\n\nf(given) := found if found := {key: value | some key, value in given; value != null}\n"
    )


def test_a_module_has_comments_imports_and_rules_apart() -> None:
    text = printed(Rule("a", (Name("b"),)), Rule("c", (Name("d"),)), comments=(Comment("From", "f.json"),), imports=("data.x", "data.y"))
    assert text == '# From "f.json"\npackage iam.policies.p\n\nimport data.x\nimport data.y\n\na if b\n\nc if d\n'


def test_a_rule_with_labels_has_metadata() -> None:
    assert printed(Rule("allow", (), contains=Number("3"), title="Statement 3: S", labels=Labels("p", "S", 3))).endswith(
        '\n# METADATA\n# labels:\n#   policy: "p"\n#   sid: "S"\n#   index: 3\nallow contains 3\n'
    )


def test_a_rule_without_labels_has_its_title_as_a_comment() -> None:
    assert printed(Rule("allow", (), contains=Number("3"), title="Statement 3: S")).endswith('\n# "Statement 3: S"\nallow contains 3\n')


HOSTILE = '"\n# METADATA\nallow := true #\U0001f600\u2028'


def test_no_text_of_a_policy_leaves_its_comment_or_label() -> None:
    rule = Rule("allow", (), contains=Number("0"), title=HOSTILE, labels=Labels(HOSTILE, HOSTILE, 0), comments=(Comment("Like", HOSTILE),))
    escaped = r"\"\n# METADATA\nallow := true #\U0001f600\u2028"
    assert printed(rule, comments=(Comment("From", HOSTILE),)) == (
        '# From "\\"\\n# METADATA\\nallow := true #\\ud83d\\ude00\\u2028"\n'
        "package iam.policies.p\n\n"
        '# Like "\\"\\n# METADATA\\nallow := true #\\ud83d\\ude00\\u2028"\n'
        f'# METADATA\n# labels:\n#   policy: "{escaped}"\n#   sid: "{escaped}"\n#   index: 0\n'
        "allow contains 0\n"
    )
