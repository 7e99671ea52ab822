"""What is kept, and what is not taken for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from graphc.cache import JSON, Store, cache_folder, content, digest
from graphc.cache.store import MOST_BYTES, MOST_ENTRIES

KEY = digest(b"key")
VALUE: JSON = {"text": "caf\u00e9", "list": [1, None, "x"]}


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def keys(number: int) -> list[str]:
    """Return keys that fall into one part."""
    return [f"ab{index:062x}" for index in range(number)]


def test_what_is_kept_is_given_again(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "new" / "cache"))
    assert store.get(KEY) is None
    store.put(KEY, VALUE)
    assert store.get(KEY) == VALUE
    assert Store(str(tmp_path / "new" / "cache")).get(KEY) == VALUE
    assert store.get(digest(b"other")) is None
    store.put(KEY, "later")
    assert store.get(KEY) == "later"
    assert len(files(tmp_path)) == 1


def test_others_cannot_read_it(tmp_path: Path) -> None:
    Store(str(tmp_path / "cache")).put(KEY, VALUE)
    (file,) = files(tmp_path)
    assert file.parent.stat().st_mode & 0o077 == 0


def damaged(data: bytes) -> list[bytes]:
    """Return what an entry may become: cut, changed, or well sealed and no JSON."""
    seals = [b"{", b"[" * 100_000, b"\xff"]
    return [
        *(b"", data[:-1], data + b" ", data.replace(b"text", b"test")),
        *(b"\xff" + data, data.partition(b"\n")[2]),
        *(digest(one).encode() + b"\n" + one for one in seals),
    ]


def test_what_was_cut_or_changed_is_nothing(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    store.put(KEY, VALUE)
    (file,) = files(tmp_path)
    for data in damaged(file.read_bytes()):
        file.write_bytes(data)
        assert store.get(KEY) is None
    store.put(KEY, VALUE)
    assert store.get(KEY) == VALUE


def test_a_folder_that_cannot_be_used_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (str(tmp_path / "file"), "\0", "/proc/none"):
        store = Store(folder)
        store.put(KEY, VALUE)
        assert store.get(KEY) is None


def test_a_folder_that_stands_for_a_value_is_none(tmp_path: Path) -> None:
    (tmp_path / KEY[:2] / KEY[2:]).mkdir(parents=True)
    store = Store(str(tmp_path))
    store.put(KEY, VALUE)
    assert store.get(KEY) is None
    assert not files(tmp_path), "what could not be put in its place is removed"


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    known = keys(MOST_ENTRIES)
    for age, key in enumerate(known):
        store.put(key, age)
        os.utime(tmp_path / key[:2] / key[2:], (1000 + age, 1000 + age))
    assert store.get(known[0]) == 0
    (new,) = keys(MOST_ENTRIES + 1)[MOST_ENTRIES:]
    store.put(new, "new")
    assert len(files(tmp_path)) == MOST_ENTRIES
    assert store.get(new) == "new"
    assert store.get(known[0]) == 0
    assert store.get(known[1]) is None


def test_it_holds_no_more_than_so_many_bytes(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    for key in keys(12):
        store.put(key, "x" * (MOST_BYTES // 5))
    assert sum(one.stat().st_size for one in files(tmp_path)) <= MOST_BYTES
    store.put(KEY, "x" * MOST_BYTES)
    assert store.get(KEY) is None


def test_what_a_process_left_that_was_killed_goes_too(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    left = tmp_path / "ab" / f"{KEY}.123.0"
    left.parent.mkdir()
    left.write_bytes(b"cut")
    os.utime(left, (1, 1))
    for key in keys(MOST_ENTRIES):
        store.put(key, 1)
    assert not left.exists()


WRITER = """
import sys
from graphc.cache import Store
store = Store(sys.argv[1])
for number in range(300):
    key = f"ab{number % 90:062x}"
    store.put(key, ["x" * number, key])
    value = store.get(key)
    assert value is None or value[1] == key, value
"""


def test_several_processes_may_use_it_at_once(tmp_path: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    for one in running:
        _, errors = one.communicate()
        assert one.returncode == 0, errors.decode()
    for file in files(tmp_path):
        told, _, data = file.read_bytes().partition(b"\n")
        assert told.decode() == digest(data)
        assert json.loads(data)[1] == "ab" + file.name


def test_where_it_is() -> None:
    home = os.path.expanduser("~")  # noqa: PTH111
    for environment, folder in (
        ({"GRAPHC_CACHE_DIR": "/own", "XDG_CACHE_HOME": "/all"}, "/own/checks"),
        ({"GRAPHC_CACHE_DIR": "", "XDG_CACHE_HOME": "/all"}, "/all/graphc/checks"),
        ({"XDG_CACHE_HOME": "relative"}, f"{home}/.cache/graphc/checks"),
        ({}, f"{home}/.cache/graphc/checks"),
    ):
        assert cache_folder(environment, "checks") == folder


def test_the_digest_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"abc")
    assert content(str(file), 3) == digest(b"abc")
    assert content(str(file), 2) is None
    os.mkfifo(tmp_path / "pipe")
    for none in (tmp_path, tmp_path / "none", tmp_path / "pipe", "\0"):
        assert content(str(none), 3) is None
