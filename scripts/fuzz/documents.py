"""What can happen to the bytes of a UPO, besides what happens to any body."""

from __future__ import annotations

import gzip
import re
from random import Random

from scripts.fuzz.answer import Answer
from scripts.fuzz.kinds import Mutation

_BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
_LONG = 300
_DOCTYPES = (
    _BOMB,
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    b"<!DOCTYPE html>",
    b"<!DOCTYPE a [",
)


def doctype(answer: Answer, random: Random) -> None:
    """A DOCTYPE where none may be."""
    head, mark, rest = answer.body.partition(b"?>")
    answer.freeze(head + mark + random.choice(_DOCTYPES) + rest.replace(b"</", b"&c;</", 1))


def other_root(answer: Answer, random: Random) -> None:
    """Another root element, namespace or version."""
    old, new = random.choice(
        [
            (b"Potwierdzenie", b"Faktura"),
            (b"KSeF/v4-3", b"KSeF/v9-9"),
            (b"KSeF/v4-3", b"KSeF/zly"),
            (b"http://upo.schematy.mf.gov.pl/KSeF/v4-3", b""),
            (b"<Potwierdzenie xmlns=", b"<Potwierdzenie xmlns:x="),
            (b"<Potwierdzenie ", b"<p:Potwierdzenie "),
        ]
    )
    answer.freeze(answer.body.replace(old, new))


def element_gone(answer: Answer, random: Random) -> None:
    """An element with a text less."""
    found = re.findall(rb"<(\w+)>[^<]*</\1>", answer.body)
    if found:
        name = random.choice(found)
        answer.freeze(re.sub(rb"<%b>[^<]*</%b>" % (name, name), b"", answer.body))


def element_twice(answer: Answer, random: Random) -> None:
    """An element with a text more than once."""
    found = re.findall(rb"(<(\w+)>[^<]*</\2>)", answer.body)
    if found:
        whole, _ = random.choice(found)
        # Mutations meet: what is long already is only doubled.
        times = random.choice([2, 500]) if len(whole) < _LONG else 2
        answer.freeze(answer.body.replace(whole, whole * times))


def other_text(answer: Answer, random: Random) -> None:
    """An element's text is another."""
    found = re.findall(rb"<(\w+)>[^<]*</\1>", answer.body)
    if found:
        name = random.choice(found)
        texts = [b"", b"-1", b"0", b"9" * 4000, b"1.5", b"x" * 100_000, b"&amp;", b"&bad;", b"\x01"]
        text = random.choice([*texts, "żółć".encode(), b"20250925-SO-0000000000-0000000000-00"])
        pattern = rb"(<%b>)[^<]*(</%b>)" % (name, name)
        answer.freeze(re.sub(pattern, lambda match: match[1] + text + match[2], answer.body))


def odd_prolog(answer: Answer, random: Random) -> None:
    """An encoding or prolog that does not fit."""
    prologs = [
        b'<?xml version="1.0" encoding="utf-16"?>',
        b'<?xml version="1.0" encoding="iso-8859-2"?>',
        b'<?xml version="1.0" encoding="no-such"?>',
        b'<?xml version="9.9"?>',
        b"",
        b"\r\n ",
        b"\xef\xbb\xbf",
        b"<?xml?>",
        b"<?php evil ?>",
    ]
    answer.freeze(random.choice(prologs) + answer.body.partition(b"?>")[2])


def deep_document(answer: Answer, random: Random) -> None:
    """Elements within elements, or attributes without end."""
    depth = random.choice([100, 300, 20_000])
    inside = random.choice(
        [
            b"<a>" * depth + b"</a>" * depth,
            b"<a " + b" ".join(b'b%d="c"' % number for number in range(depth)) + b"/>",
            b"<Dokument/>" * depth,
            b"<![CDATA[" + b"]" * depth + b"]]>",
            b"<!--" + b"a" * depth + b"-->",
        ]
    )
    answer.freeze(answer.body.replace(b"</Potwierdzenie>", inside + b"</Potwierdzenie>"))


def not_xml(answer: Answer, random: Random) -> None:
    """Something else with the same status."""
    answer.freeze(
        random.choice(
            [
                b'{"exception": {}}',
                b"PK\x03\x04",
                gzip.compress(answer.body),
                b"%PDF-1.7",
                b"\x00" * 50,
            ]
        )
    )


DOCUMENT_KINDS: tuple[Mutation, ...] = (
    doctype,
    other_root,
    element_gone,
    element_twice,
    other_text,
    odd_prolog,
    deep_document,
    not_xml,
)
