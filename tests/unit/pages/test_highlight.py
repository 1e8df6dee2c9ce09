"""JSON and Rego in colours, and messages with code in them."""

import pytest

from iam2rego.pages.highlight import highlighted, worded


@pytest.mark.parametrize(
    ("text", "language", "want"),
    [
        pytest.param('"a": "b"', "json", '<span class="k">&#34;a&#34;</span>: <span class="s">&#34;b&#34;</span>', id="json/key-and-text"),
        pytest.param("[-1.5e3, true]", "json", '[<span class="n">-1.5e3</span>, <span class="w">true</span>]', id="json/number-and-word"),
        pytest.param(r'"\"": 1', "json", r'<span class="k">&#34;\&#34;&#34;</span>: <span class="n">1</span>', id="json/escape"),
        pytest.param('"open <b>', "json", "&#34;open &lt;b&gt;", id="json/no-end"),
        pytest.param(
            'allow contains 0 if x == "if" # if',
            "rego",
            'allow <span class="w">contains</span> <span class="n">0</span> <span class="w">if</span> x == '
            '<span class="s">&#34;if&#34;</span> <span class="c"># if</span>',
            id="rego",
        ),
        pytest.param("gift.if_not", "rego", "gift.if_not", id="rego/names"),
        pytest.param('\t"\u202ea"', "rego", '  <span class="s">&#34;\N{REPLACEMENT CHARACTER}a&#34;</span>', id="hidden-characters"),
    ],
)
def test_words_have_the_class_of_their_kind(text: str, language: str, want: str) -> None:
    assert highlighted(text, language) == want


def test_code_in_messages_is_code() -> None:
    assert worded("no `<a>` & `b`") == "no <code>&lt;a&gt;</code> &amp; <code>b</code>"
