"""Files that are no export at all, and exports that lack something: what each is told."""

import gzip
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions
from loaders.errors import LoadError
from loaders.load import Source, load
from store.writer import Store


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"crime": 1}\n', "is JSON, not CSV text"),
        (b'[\n  {"crime": 1}\n]\n', "is JSON, not CSV text"),
        (b"PAR1\x15\x04\x15 \x15", "is a Parquet file, not CSV text"),
        (b"%PDF-1.7\n1 0 obj\n", "is a PDF document, not CSV text"),
        (b"Rar!\x1a\x07\x01 \n", "is a RAR archive, not CSV text"),
        (b'<?xml version="1.0"?>\n<a/>\n', "is XML, not CSV text"),
        (b"\x89PNG\r\n\x1a\n", "is a picture, not CSV text"),
        (b"Crime~Date~Code\nA1~14/05/2024~8Q\n", "has no header of column names"),
        (b"A1,14/05/2024,8Q,16\nA2,15/05/2024,8Q,1\n", "its first line is a row like the others"),
        (
            b"Crime Ref,Date Recorded,HO Code\nA1,14/05/2024,8Q\n",
            "is nearly an export of the kind Crime outcomes, but lacks the column 'outcome_code'",
        ),
        (
            b"Crime Ref,Ward,Beat\nA1,Ditton,1\nA2,Hale,2\n",
            "lacks the columns 'order_reference', 'breached_on', 'breach_kind'",
        ),
        (gzip.compress(gzip.compress(b"a,b\n1,2\n")), "is an archive inside another"),
    ],
)
def test_a_file_of_another_kind_is_told_what_it_is(
    store: Store, tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(LoadError) as refused:
        load(store, [Source(path, "a.csv")], LoadOptions())
    said = str(refused.value)
    assert words in said
    assert said.isprintable() and "\\x" not in said
    assert store.current() is None
