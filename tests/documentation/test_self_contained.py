"""A page that would ask another host for something is found; what people follow is not meant."""

import pytest

from scripts.docs.self_contained import requests_elsewhere


@pytest.mark.parametrize(
    "page",
    [
        '<link rel="stylesheet" href="https://fonts.example/css">',
        '<link rel="preconnect" href="//fonts.example">',
        '<script src="HTTPS://cdn.example/a.js"></script>',
        '<img src="//cdn.example/a.png">',
        '<img src="a.png" srcset="a.png 1x, https://cdn.example/b.png 2x">',
        '<iframe src="https://video.example"></iframe>',
        '<div style="background: url(https://cdn.example/a.png)"></div>',
        "<style>@import 'https://fonts.example/css';</style>",
        '<style>a { background: url("//cdn.example/a.png") }</style>',
        '<pre class="mermaid"><code></code></pre>',
        '<a href="https://forge.example/x" data-md-component="source"></a>',
    ],
)
def test_what_a_browser_loads_by_itself_is_found(tmp_path, page):
    (tmp_path / "index.html").write_text(f"<html><body>{page}</body></html>")
    (found,) = requests_elsewhere(tmp_path)
    assert found.startswith("index.html would ask for ")


def test_style_sheets_and_pictures_are_looked_through(tmp_path):
    (tmp_path / "a.css").write_text("@font-face { src: url('https://fonts.example/a.woff2') }")
    (tmp_path / "b.svg").write_text('<svg><image href="https://cdn.example/a.png"/></svg>')
    assert list(requests_elsewhere(tmp_path)) == [
        "a.css would ask for https://fonts.example/a.woff2",
        "b.svg would ask for https://cdn.example/a.png",
    ]


def test_what_is_here_or_followed_by_people_is_fine(tmp_path):
    (tmp_path / "index.html").write_text(
        '<link rel="canonical" href="https://docs.example/"><link rel="icon" href="a.png">'
        '<script src="a.js"></script><a href="https://example.com">there</a>'
        '<svg><use href="#mark"/></svg><style>a { background: url("a.png") }</style>'
        "<style></style><p>url(https://cdn.example/a.png)</p>"
    )
    assert list(requests_elsewhere(tmp_path)) == []
