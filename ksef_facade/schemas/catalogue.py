"""Which schema files there are, by their hashes, and where the Ministry publishes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from attrs import frozen

from ksef_facade.form_codes import FormCode

LARGEST_FILE: Final = 4 << 20
"""Bytes; the largest schema file, the aggregates of UBL, has 2.4 MB."""

# The repository of the API's documentation, under its name and the one it had until 2026.
_REPOSITORIES: Final = (
    "https://raw.githubusercontent.com/CIRFMF/ksef-api/main/faktury/",
    "https://raw.githubusercontent.com/CIRFMF/ksef-docs/main/faktury/",
)
# The central repository of document templates; namespaces of invoices are addresses there.
_TEMPLATES: Final = "https://crd.gov.pl/"
_TYPES: Final = "xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/"


@frozen
class SchemaFile:
    """One schema file.

    Attributes:
        name: what other schemas call it, and what it is called here.
        sha256: hexadecimal SHA-256 of each publication of it. The two repositories of the Ministry
            differ in whether an include names a file or an address, and in nothing else.
        path: where it is in the repository of the API's documentation.
        template: where it is in the repository of document templates, if it is.
    """

    name: str
    sha256: tuple[str, ...]
    path: str
    template: str = ""

    @property
    def addresses(self) -> Iterator[str]:
        """The https addresses that it is published at, the likeliest first."""
        if self.template:
            yield _TEMPLATES + self.template
        for repository in _REPOSITORIES:
            yield repository + quote(self.path)


@frozen
class SchemaSet:
    """The schema of one form code: the file to begin with, and all that it needs."""

    form_code: FormCode
    root: str
    parts: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Names of all files."""
        return (self.root, *self.parts)


FILES: Final = {
    file.name: file
    for file in (
        SchemaFile(
            "schemat_FA(3)_v1-0E.xsd",
            ("b646b6b525f51adf1bb2545f111fc8ca6e7aa6dd2f98948f1667d3695c06d958",),
            "schemy/FA/schemat_FA(3)_v1-0E.xsd",
            "wzor/2025/06/25/13775/schemat.xsd",
        ),
        SchemaFile(
            "schemat_FA(2)_v1-0E.xsd",
            ("b8acb60f0692ac2b05ac40ffcb1929b4d68c12b3c486cac4322e1699796f6999",),
            "schemy/FA/schemat_FA(2)_v1-0E.xsd",
            "wzor/2023/06/29/12648/schemat.xsd",
        ),
        SchemaFile(
            "schemat_FA_RR(1)_v1-1E.xsd",
            ("3edf1c313bbb38d933ca73c0d054f72aa3b7ecba3bf2b9b57847269b4f290c45",),
            "schemy/RR/schemat_FA_RR(1)_v1-1E.xsd",
            "wzor/2026/03/06/14189/schemat.xsd",
        ),
        SchemaFile(
            "StrukturyDanych_v10-0E.xsd",
            (
                "cb08348374598e1e716e086c40d740390fb9e1bfa3aba1f4ec4cba0e1ef6d60f",
                "1137ce6e3c11c2b9ef3f05e4e72d6dcd6b4fa94908ea558f2ba15de0259bb2aa",
            ),
            "schemy/FA/bazowe/StrukturyDanych_v10-0E.xsd",
            _TYPES + "StrukturyDanych_v10-0E.xsd",
        ),
        SchemaFile(
            "ElementarneTypyDanych_v10-0E.xsd",
            (
                "8daf4d3771de200b26b697294cc906a2add3de9acfbbd97f4b1bd4fc0e5ecb2f",
                "8a531cb181d3e298d11b28766655ae91fee2d7851440095932ffc82137ed2be1",
            ),
            "schemy/FA/bazowe/ElementarneTypyDanych_v10-0E.xsd",
            _TYPES + "ElementarneTypyDanych_v10-0E.xsd",
        ),
        SchemaFile(
            "KodyKrajow_v10-0E.xsd",
            ("48be2a9f181d7ff80f185c62491ba12604c5cacbbe21af8e2aaaf2c585bbd214",),
            "schemy/FA/bazowe/KodyKrajow_v10-0E.xsd",
            _TYPES + "KodyKrajow_v10-0E.xsd",
        ),
        SchemaFile(
            "Schemat_PEF(3)_v2-1.xsd",
            ("10d9bc493b08501b8d95dfd45fa5a1d476bbdd1cf1456689c657a63ba3616579",),
            "schemy/PEF/Schemat_PEF(3)_v2-1.xsd",
        ),
        SchemaFile(
            "Schemat_PEF_KOR(3)_v2-1.xsd",
            ("a33615bbad44f8e3eeedc47cc19d2041bc8922e827f30ad9f5ef733717aaf596",),
            "schemy/PEF/Schemat_PEF_KOR(3)_v2-1.xsd",
        ),
        SchemaFile(
            "20241206_PEFPL-CommonAggregateComponents-2.1-v1.4.34.xsd",
            ("0aef109d27cebf3e32ca36f9cffb7331977db4dcc473e237148cd12f445c8fe8",),
            "schemy/PEF/bazowe/20241206_PEFPL-CommonAggregateComponents-2.1-v1.4.34.xsd",
        ),
        SchemaFile(
            "20241206_PEFPL-CommonBasicComponents-2.1-v1.4.34.xsd",
            ("8cbc4c9875e0e2546884a32ad71f7e9f7e384f99d7d174a536f4f3a66b4e0ad2",),
            "schemy/PEF/bazowe/20241206_PEFPL-CommonBasicComponents-2.1-v1.4.34.xsd",
        ),
        SchemaFile(
            "CCTS_CCT_SchemaModule-2.1.xsd",
            ("dd546e4809df86b6445589f69f0d6c9df162840ae386574ddfc1da7638103e15",),
            "schemy/PEF/bazowe/CCTS_CCT_SchemaModule-2.1.xsd",
        ),
        SchemaFile(
            "UBL-CommonAggregateComponents-2.1.xsd",
            ("939172ad8dd057cd403e7f763f6532184dd5ed4b9de24c42ebb35db4792ba613",),
            "schemy/PEF/bazowe/UBL-CommonAggregateComponents-2.1.xsd",
        ),
        SchemaFile(
            "UBL-CommonBasicComponents-2.1.xsd",
            ("bd4ad043ee1d9da1c7f8018dabf739cfafdfb59143d0d16b9ef769e6b7c408a7",),
            "schemy/PEF/bazowe/UBL-CommonBasicComponents-2.1.xsd",
        ),
        SchemaFile(
            "UBL-CommonExtensionComponents-2.1.xsd",
            ("ad7a4e490978adfbcfc5ec0bb20941cf11ac960ccf0c4de8791a7c731a8dbe87",),
            "schemy/PEF/bazowe/UBL-CommonExtensionComponents-2.1.xsd",
        ),
        SchemaFile(
            "UBL-CommonSignatureComponents-2.1.xsd",
            ("3db472305f029bba5c1ae157bfd0178f715c3f9b94bd8e6c557dbce5e88da874",),
            "schemy/PEF/bazowe/UBL-CommonSignatureComponents-2.1.xsd",
        ),
        SchemaFile(
            "UBL-ExtensionContentDataType-2.1.xsd",
            ("fcee77a11870208e6377ea6311b9f2a050bca24bdad8606ea02d71e9f9e72f8d",),
            "schemy/PEF/bazowe/UBL-ExtensionContentDataType-2.1.xsd",
        ),
        SchemaFile(
            "UBL-QualifiedDataTypes-2.1.xsd",
            ("7dcb156e610239c97ae70940cf4653b88e48c3595bf5f56a2204a32e2893e6cf",),
            "schemy/PEF/bazowe/UBL-QualifiedDataTypes-2.1.xsd",
        ),
        SchemaFile(
            "UBL-SignatureAggregateComponents-2.1.xsd",
            ("17bb6b62d709b4fd81449a37655af36aa6a1276ad4fdb1b2e249a5ed4b7c2172",),
            "schemy/PEF/bazowe/UBL-SignatureAggregateComponents-2.1.xsd",
        ),
        SchemaFile(
            "UBL-SignatureBasicComponents-2.1.xsd",
            ("cef924d7ba3d1d8ade14469325cde1364f8c174e46f0198ec02da8e9e748a489",),
            "schemy/PEF/bazowe/UBL-SignatureBasicComponents-2.1.xsd",
        ),
        SchemaFile(
            "UBL-UnqualifiedDataTypes-2.1.xsd",
            ("09052d406b4293e2a5f9c2bfee6df10ad4d8d5f0b36e24a6349d7f7936d89eb6",),
            "schemy/PEF/bazowe/UBL-UnqualifiedDataTypes-2.1.xsd",
        ),
        SchemaFile(
            "UBL-XAdESv132-2.1.xsd",
            ("a4f726bcf8cc3f7d9ffa4dab99e005535a8e8b60dced1e5d94578d2e05afa96e",),
            "schemy/PEF/bazowe/UBL-XAdESv132-2.1.xsd",
        ),
        SchemaFile(
            "UBL-XAdESv141-2.1.xsd",
            ("1fa4625e9cefcb7a9abb5ac1b64315547450031eece8a55bd584e4ba4b79dbc1",),
            "schemy/PEF/bazowe/UBL-XAdESv141-2.1.xsd",
        ),
        SchemaFile(
            "UBL-xmldsig-core-schema-2.1.xsd",
            ("93a98c8bab035b6841df1106bd70f963531d91cb4bad483d53eb4e4d24104ca3",),
            "schemy/PEF/bazowe/UBL-xmldsig-core-schema-2.1.xsd",
        ),
        SchemaFile(
            "upo-v4-3.xsd",
            ("1e5ff386a29324021a9e0126319680aec0b1e0d4f4a18add30b2f5d12ce6fa86",),
            "upo/schemy/upo-v4-3.xsd",
        ),
    )
}

_POLISH_TYPES: Final = (
    "StrukturyDanych_v10-0E.xsd",
    "ElementarneTypyDanych_v10-0E.xsd",
    "KodyKrajow_v10-0E.xsd",
)
_UBL: Final = (
    "20241206_PEFPL-CommonAggregateComponents-2.1-v1.4.34.xsd",
    "20241206_PEFPL-CommonBasicComponents-2.1-v1.4.34.xsd",
    "CCTS_CCT_SchemaModule-2.1.xsd",
    "UBL-CommonAggregateComponents-2.1.xsd",
    "UBL-CommonBasicComponents-2.1.xsd",
    "UBL-CommonExtensionComponents-2.1.xsd",
    "UBL-CommonSignatureComponents-2.1.xsd",
    "UBL-ExtensionContentDataType-2.1.xsd",
    "UBL-QualifiedDataTypes-2.1.xsd",
    "UBL-SignatureAggregateComponents-2.1.xsd",
    "UBL-SignatureBasicComponents-2.1.xsd",
    "UBL-UnqualifiedDataTypes-2.1.xsd",
    "UBL-XAdESv132-2.1.xsd",
    "UBL-XAdESv141-2.1.xsd",
    "UBL-xmldsig-core-schema-2.1.xsd",
)

SETS: Final = (
    SchemaSet(FormCode.FA_3, "schemat_FA(3)_v1-0E.xsd", _POLISH_TYPES),
    SchemaSet(FormCode.FA_2, "schemat_FA(2)_v1-0E.xsd", _POLISH_TYPES),
    SchemaSet(FormCode.FA_RR_1, "schemat_FA_RR(1)_v1-1E.xsd", _POLISH_TYPES),
    SchemaSet(FormCode.PEF_3, "Schemat_PEF(3)_v2-1.xsd", _UBL),
    SchemaSet(FormCode.PEF_KOR_3, "Schemat_PEF_KOR(3)_v2-1.xsd", _UBL),
)

UPO_SCHEMAS: Final = ("upo-v4-3.xsd",)
"""The schemas of receipts: `upo-<version>.xsd`, whole in one file each."""

_BY_HASH: Final = {digest: file for file in FILES.values() for digest in file.sha256}


def file_with(digest: str) -> SchemaFile | None:
    """The schema file with this SHA-256, in hexadecimal, or `None`."""
    return _BY_HASH.get(digest)


def schema_set(form_code: FormCode) -> SchemaSet | None:
    """The schema of a form code, or `None`."""
    return next((known for known in SETS if known.form_code == form_code), None)
