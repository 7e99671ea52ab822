"""The search for the fixes that hold: each is made, checked again, and kept or not."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from graphc.diagnostics import Code, Diagnostic, Edit, Severity
from graphc.fix import Wording, annotations, missing, modules_with_edges
from graphc.infer import Sized
from graphc.ir import Module
from graphc.pipeline.check import Checked
from graphc.pipeline.checks import check_paths
from graphc.pipeline.edited import Texts
from graphc.pipeline.kinds import Kind
from graphc.pipeline.networks import CheckedDocument
from graphc.pipeline.paths import Target, place
from graphc.pipeline.reports import Report
from graphc.pipeline.single import check_single, report_of
from graphc.pipeline.text import text_of
from graphc.pipeline.verdict import failed
from graphc.record import record

_MOST_ROUNDS = 20
"""So many times the sure fixes are made, as one may make another sure."""

_MOST_ALONE = 50
"""So many fixes are tried one by one where all together do not hold."""

_LATE = frozenset(
    {
        *(Code.GC131, Code.GC132, Code.GC133),
        *(Code.GC306, Code.GC307, Code.GC309, Code.GC310),
        *(Code.GC311, Code.GC312, Code.GC313),
    }
)
"""What is told only of a spec without other mistakes, and so may appear after a fix."""


@record(eq=False, slots=False)
class Result:
    """What a check of one file gives.

    There is no ``target`` where no file could be found, and no ``document``.
    """

    report: Report
    target: Target | None = None
    document: CheckedDocument | None = None

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All that is found in the file."""
        return self.report.all_findings

    @property
    def networks(self) -> tuple[Checked, ...]:
        """The networks of the file."""
        return () if self.document is None else self.document.networks

    @property
    def sources(self) -> set[str]:
        """The files it was read from."""
        return {place(name) for one in self.networks for name in one.sources}

    @property
    def modules(self) -> list[tuple[Sized, Module]]:
        """The graphs of its networks whose sizes are known."""
        found = [one.sized for one in self.networks if one.sized is not None]
        return [(sized, each) for sized in found for each in modules_with_edges(sized)]

    @cached_property
    def mistakes(self) -> int:
        """How many errors there are, but for those that others may hide."""
        return sum(one.code not in _LATE for one in self._of(Severity.ERROR))

    def improved(self, after: "Result", fixed: Sequence[Diagnostic]) -> bool:
        """Whether what was fixed is found no longer, and no mistake in its place."""
        errors = sum(one.severity is Severity.ERROR for one in fixed)
        codes = Counter(one.code for one in fixed if one.severity is Severity.WARNING)
        return after.mistakes <= self.mistakes - errors and all(
            after.warnings[code] <= self.warnings[code] - number
            for code, number in codes.items()
        )

    @cached_property
    def warnings(self) -> Counter[Code]:
        """How many warnings of each code there are."""
        return Counter(one.code for one in self._of(Severity.WARNING))

    def _of(self, severity: Severity) -> Iterator[Diagnostic]:
        return (one for one in self.findings if one.severity is severity)


class Fixing:
    """Files, their texts as they become, and the checks of these."""

    def __init__(
        self,
        paths: Sequence[str],
        import_root: str | os.PathLike[str] | None,
        kind: Kind | None,
    ) -> None:
        self.texts = Texts()
        self.fixed: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        self.added: Counter[str] = Counter()
        self._import_root = import_root
        checked: dict[str, Result] = {}

        def checks(targets: Sequence[Target]) -> Iterator[Report | None]:
            for target in targets:
                result = self._look(target, self.texts)
                if result is not None:
                    checked.setdefault(target.path, result)
                yield None if result is None else result.report

        reports = check_paths(paths, kind, checks)
        self.results = {
            one.file: replace(checked.get(one.file, Result(one)), report=one)
            for one in reports
        }
        self._named = {place(file) for file in self.results}

    def fix(self) -> None:
        """Make the fixes that are sure, as long as one more is."""
        for _ in range(_MOST_ROUNDS):
            found = [one for each in self.results.values() for one in each.findings]
            sure = [one for one in found if one.fixes and self._in_reach(one.fixes)]
            if not sure or not self._make(sure):
                break

    def annotate(self) -> None:
        """Write the sizes that are missing in files without errors."""
        for path in self.results:
            if failed(self.results[path].findings):
                continue
            modules = range(len(self.results[path].modules))
            if not self._annotate(path, modules):
                # The sizes of one module may not hold as they are told; others' do.
                for number in modules:
                    self._annotate(path, range(number, number + 1))

    def elsewhere(self, path: str) -> tuple[str, ...]:
        """Return the imported files with sizes that could be fixed, were they named."""
        found = (edit for one in self.results[path].findings for edit in one.fixes)
        left = (edit.span.source.name for edit in found if not self._in_reach((edit,)))
        return tuple(dict.fromkeys(left))

    def _check(self, path: str, texts: Texts) -> Result:
        """Check a file again, with the texts that are given."""
        known = self.results[path]
        again = None if known.target is None else self._look(known.target, texts)
        return known if again is None else again

    def _look(self, target: Target, texts: Texts) -> Result | None:
        text = text_of(target, texts)
        if text is None:
            return None
        document = check_single(text, self._import_root)
        return Result(report_of(document, found=target.found), target, document)

    def _in_reach(self, edits: Sequence[Edit]) -> bool:
        files = {self.texts.file(edit.span.source) for edit in edits}
        return files <= self._named

    def _make(self, sure: Sequence[Diagnostic]) -> bool:
        """Make fixes, all at once or those that hold; return whether any was made."""
        made = self._tried(sure)
        if made is not None:
            self._keep(made, sure)
            return True
        good: list[Diagnostic] = []
        for one in sure[:_MOST_ALONE] if len(sure) > 1 else ():
            tried = self._tried([*good, one])
            if tried is not None:
                good, made = [*good, one], tried
        if made is not None:
            self._keep(made, good)
        return made is not None

    def _tried(self, sure: Sequence[Diagnostic]) -> "_After | None":
        """Return what fixes give, if what they put right is found no longer."""
        after = self._after(edit for one in sure for edit in one.fixes)
        if after is None:
            return None
        places = self._places(sure)
        for path, result in after.results.items():
            found = self.results[path].findings
            own = [one for one in found if self._places([one]) & places]
            if not self.results[path].improved(result, own):
                return None
        return after

    def _places(self, findings: Sequence[Diagnostic]) -> set[tuple[str, int]]:
        edits = [edit for one in findings for edit in one.fixes[:1]]
        return {(self.texts.file(one.span.source), one.span.start) for one in edits}

    def _annotate(self, path: str, numbers: range) -> bool:
        """Write the sizes of some modules, as they hold; return whether they do."""
        modules = [self.results[path].modules[number] for number in numbers]
        for wording in Wording:
            sizes = {
                edge: size
                for sized, module in modules
                for edge, size in missing(sized, module, wording).items()
            }
            edits = [
                edit
                for found in annotations(sizes).values()
                for edit in found
                if self._in_reach([edit])
            ]
            if not edits:
                return True
            after = self._after(edits)
            if after is not None and self._sound(after):
                self.added += self._count(edits)
                self._keep(after, ())
                return True
        return False

    def _sound(self, after: "_After") -> bool:
        """Whether there is no error, and no warning that was not there before."""
        return not any(
            failed(result.findings) or result.warnings - self.results[path].warnings
            for path, result in after.results.items()
        )

    def _count(self, edits: Sequence[Edit]) -> Counter[str]:
        places = {(self.texts.file(one.span.source), one.span.start) for one in edits}
        return Counter(file for file, _ in places)

    def _after(self, edits: Iterable[Edit]) -> "_After | None":
        """Return the texts after edits, with a new check of all that they change."""
        made = list(edits)
        texts = self.texts.edited(made)
        if texts is None:
            return None
        changed = {self.texts.file(edit.span.source) for edit in made}
        affected = (
            path
            for path, result in self.results.items()
            if place(path) in changed or result.sources & changed
        )
        return _After(texts, {path: self._check(path, texts) for path in affected})

    def _keep(self, after: "_After", made: Sequence[Diagnostic]) -> None:
        sizes = [one for one in made if one.code is Code.GC301]
        others = [one for one in made if one.code is not Code.GC301]
        self.fixed += Counter(file for file, _ in self._places(sizes))
        self.others += Counter(file for file, _ in self._places(others))
        self.texts = after.texts
        self.results = {**self.results, **after.results}


@record(eq=False)
class _After:
    """The texts after edits, and the checks of the files that these change."""

    texts: Texts
    results: dict[str, Result]
