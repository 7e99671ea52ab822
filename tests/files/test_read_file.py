import codecs
import io
import os
import socket
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from graphc.diagnostics import Code, Diagnostic
from graphc.files import COULD_NOT_RUN, DOCUMENT_LIMIT, SIZE_LIMIT, read
from graphc.source import Source

TEXT = "nodes:\n  caf\u00e9: Conv k=3\n  \U0001f600: BN\n"


def text_of(path: str | Path) -> str:
    source = read(path)
    assert isinstance(source, Source), source
    return source.text


def fault(path: str | Path, code: Code) -> Diagnostic:
    found = read(path)
    assert isinstance(found, Diagnostic)
    assert found.code is code
    assert found.place is None
    assert found.file is not None
    assert f"`{found.file}`" in found.message
    return found


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where a spec is to be written: a name in the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path("spec.yaml")


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_the_codes_that_keep_a_command_from_running() -> None:
    assert {Code.GC001, Code.GC002} == COULD_NOT_RUN


def test_utf8(spec: Path) -> None:
    source = read(write(spec, TEXT.encode()))
    assert isinstance(source, Source)
    assert (source.name, source.text) == ("spec.yaml", TEXT)


def test_line_ends_are_kept(spec: Path) -> None:
    assert text_of(write(spec, b"a: 1\r\nb: 2\r")) == "a: 1\r\nb: 2\r"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks(spec: Path, mark: bytes, encoding: str) -> None:
    assert text_of(write(spec, mark + TEXT.encode(encoding))) == TEXT
    assert text_of(write(spec, mark)) == ""


def test_latin_1(spec: Path) -> None:
    found = fault(write(spec, "a: 1\r\nb: caf\u00e9\r\n".encode("latin-1")), Code.GC003)
    assert found.message == (
        "`spec.yaml` is not text: byte 0xe9 at offset 12 on line 2 is not UTF-8"
    )
    assert found.help == (
        "save the file as UTF-8",
        "if it is Latin-1: `iconv -f latin1 -t utf-8 spec.yaml > utf8.yaml`",
    )


def test_the_advice_quotes_the_name(spec: Path) -> None:
    path = write(spec.with_name("my spec.yaml"), b"\xff")
    assert "'my spec.yaml' >" in fault(path, Code.GC003).help[1]


def test_a_broken_byte_behind_a_mark(spec: Path) -> None:
    found = fault(write(spec, codecs.BOM_UTF8 + b"a\n\xe9"), Code.GC003)
    assert "byte 0xe9 at offset 5 on line 2" in found.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (codecs.BOM_UTF16_LE + b"a\0\n\0b", "byte 0x62 at offset 6 on line 2"),
        (codecs.BOM_UTF16_LE + b"\0\xd8a\0", "byte 0x00 at offset 2 on line 1"),
        (codecs.BOM_UTF32_BE + b"\0\x11\0\0", "byte 0x00 at offset 4 on line 1"),
    ],
)
def test_broken_utf_16_and_32(spec: Path, data: bytes, words: str) -> None:
    message = fault(write(spec, data), Code.GC003).message
    assert words in message
    assert message.endswith(("is not UTF-16", "is not UTF-32"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "byte 0x00 at offset 8 on line 3"),
        (b"a: 1\nb: \0\n", "byte 0x00 at offset 8 on line 2"),
        ("a: 1".encode("utf-16-le"), "byte 0x00 at offset 1 on line 1"),
    ],
)
def test_binary(spec: Path, data: bytes, words: str) -> None:
    assert words in fault(write(spec, data), Code.GC003).message


def test_an_empty_file_is_a_text(spec: Path) -> None:
    assert text_of(write(spec, b"")) == ""


def test_a_missing_file_and_its_neighbour(spec: Path) -> None:
    write(spec.with_name("irv1.yaml"), b"")
    found = fault("irv.yaml", Code.GC001)
    assert found.message == "there is no file `irv.yaml`"
    assert found.help == ("did you mean `irv1.yaml`?",)
    Path("specs").mkdir()
    write(Path("specs/net.yaml"), b"")
    assert fault("specs/nett.yaml", Code.GC001).help == (
        "did you mean `specs/net.yaml`?",
    )


@pytest.mark.usefixtures("spec")
@pytest.mark.parametrize("name", ["x.yaml", "none/x.yaml", "", "."])
def test_a_missing_file_without_neighbours(name: str) -> None:
    assert fault(name, Code.GC001).help == ()


def test_no_folder_is_advised(spec: Path) -> None:
    spec.with_name("spec2.yaml").mkdir()
    assert fault("spec.yaml", Code.GC001).help == ()


def test_a_directory(spec: Path) -> None:
    spec.mkdir()
    assert fault(spec, Code.GC001).message == "`spec.yaml` is a directory"


def test_a_file_for_a_folder(spec: Path) -> None:
    found = fault(write(spec, b"") / "x.yaml", Code.GC001)
    assert found.message == "there is no file `spec.yaml/x.yaml`"


def test_a_fifo_is_not_waited_for(spec: Path) -> None:
    os.mkfifo(spec)
    found = fault(spec, Code.GC001)
    assert found.message == "`spec.yaml` is a device or a pipe, not a file"
    assert found.help == ("use `-` to read standard input",)


def test_a_device_and_a_socket(spec: Path) -> None:
    fault("/dev/zero", Code.GC001)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(spec))
        fault(spec, Code.GC001)


def test_a_link_in_a_circle(spec: Path) -> None:
    spec.symlink_to("other.yaml")
    Path("other.yaml").symlink_to("spec.yaml")
    assert "round in a circle" in fault(spec, Code.GC001).message


def test_a_link_to_nothing(spec: Path) -> None:
    spec.symlink_to("other.yaml")
    assert fault(spec, Code.GC001).message == "there is no file `spec.yaml`"


def test_names_that_no_file_can_have() -> None:
    assert "too long" in fault("x" * 5000, Code.GC001).message
    fault("a\0b", Code.GC001)


def test_no_permission(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(spec, b"a: 1\n").chmod(0)
    if os.access(spec, os.R_OK):  # the superuser may read all

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    found = fault(spec, Code.GC001)
    assert found.message == "reading `spec.yaml` is not permitted"


def test_a_hundred_megabytes_are_not_loaded(spec: Path) -> None:
    with spec.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    found = fault(spec, Code.GC002)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.message == f"`spec.yaml` is larger than {SIZE_LIMIT:,} bytes"
    assert found.notes == ("it has 100,000,000 bytes",)
    assert peak < 1_000_000


def test_a_document_may_be_larger(tmp_path: Path) -> None:
    document = tmp_path / "net.MD"
    with document.open("wb") as file:
        file.write(b"#")
        file.truncate(SIZE_LIMIT + 1)
    found = read(document)
    assert isinstance(found, Diagnostic)
    assert found.code is Code.GC003  # read, and found to hold zero bytes
    with document.open("wb") as file:
        file.truncate(DOCUMENT_LIMIT + 1)
    found = read(document)
    assert isinstance(found, Diagnostic)
    assert found.message.endswith(f"is larger than {DOCUMENT_LIMIT:,} bytes")


def test_the_limit_itself(spec: Path) -> None:
    write(spec, b"12345678")
    assert isinstance(read(spec, limit=8), Source)
    assert isinstance(read(spec, limit=7), Diagnostic)


def test_a_file_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux's /proc files have size 0: they are read up to the limit all the same."""
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc")
    monkeypatch.chdir("/proc/self")
    found = read("status", limit=10)
    assert isinstance(found, Diagnostic)
    assert found.code is Code.GC002


def test_the_name_is_as_given(spec: Path) -> None:
    write(spec, b"")
    for name in ("./spec.yaml", "../" + Path.cwd().name + "/spec.yaml"):
        source = read(name)
        assert isinstance(source, Source)
        assert source.name == name


def test_a_name_that_is_no_text(spec: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    assert fault(name, Code.GC001).message == "there is no file `caf\\xe9.yaml`"
    write(spec.with_name(name), b"a: 1")
    assert text_of(name) == "a: 1"


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(TEXT.encode("utf-16")))
    source = read("-")
    assert isinstance(source, Source)
    assert (source.name, source.text) == ("<stdin>", TEXT)


def test_too_much_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = _Stdin(b"x" * 1000)
    monkeypatch.setattr(sys, "stdin", stdin)
    assert isinstance(read("-", limit=100), Diagnostic)
    assert stdin.buffer.tell() == 101


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert fault("-", Code.GC001).message == "`<stdin>` is closed"


READ = """
import sys
from graphc.files import read
for name in sys.argv[1:]:
    found = read(name)
    print(ascii((getattr(found, "name", 0) or found.file, getattr(found, "text", 0))))
    print(ascii(getattr(found, "message", "") or ""))
"""


def test_the_locale_plays_no_part(spec: Path) -> None:
    folder = spec.with_name("caf\u00e9")
    folder.mkdir()
    names = [str(write(folder / "a.yaml", TEXT.encode())), f"{folder}/none.yaml"]
    names.append(str(write(folder / "l.yaml", b"\xe9")))
    outputs = {
        subprocess.run(
            [sys.executable, *mode, "-c", READ, *names],
            env={"PATH": os.environ["PATH"], "PYTHONUTF8": "0", **locale},
            capture_output=True,
            check=True,
        ).stdout
        for mode in ([], ["-X", "utf8"])
        for locale in (
            {"LC_ALL": "C"},
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
            {"LC_ALL": "C.UTF-8"},
            {"PYTHONIOENCODING": "latin-1"},
        )
    }
    assert len(outputs) == 1
    assert b"caf\\xe9/a.yaml" in outputs.pop()


def test_an_empty_name_is_no_directory() -> None:
    assert "the name is empty" in fault("", Code.GC001).message
