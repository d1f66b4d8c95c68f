"""What a build stores for the next one: plan by plan, what was read and what came of it, so that unchanged plans need not be read."""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from genplan.diagnostics import Diagnostic
from genplan.documents.file_names import folded, safe_name
from genplan.incremental.build_inputs import Inputs
from genplan.incremental.database import DamagedManifestError
from genplan.incremental.document_result import DocumentResult
from genplan.incremental.entries import source_of
from genplan.incremental.manifest import Manifest
from genplan.incremental.stored_diagnostics import to_json
from genplan.messages import msg
from genplan.storage.contained_files import is_inside
from genplan.storage.digests import data_digest
from genplan.workspace.assessment import Assessment

Record = Mapping[str, Any]
"""What is stored of a plan or of a whole build, as JSON."""
_ROW = ("", "", "", "", "")
_PLAN = {
    "digest": "",
    "results": [""],
    "folder": "",
    "pictures": [""],
    "paths": [""],
    "read": "",
    "made": "",
    "row": _ROW,
    "orphans": [""],
    "outdated": [""],
    "id": "",
    "alone": True,
}
"""The shape of a plan's record: `digest` of all that its documents are made from; the patterns of `results`, and the `folder` and the
`pictures` in it, that tell where to look for that; the `paths` that stand for it, what was found in reading (`read`), in making (`made`),
its `row` of the closing table, its orphans, its outdated files, its id, and whether it stands `alone`, so that nothing about it is told
together with other plans."""
_WHOLE = {"plans": [""], "page": object, "findings": "", "rows": [_ROW], "skipped": 0, "orphans": [""]}
"""The shape of a build's: its plans, what the store says of its page, what was found, the rows of the closing table, and so on."""


def _has_shape(value: object, shape: object) -> bool:
    """Return whether JSON has a shape: the same keys and kinds; of a list any number, of a tuple as many."""
    if shape is object:
        return True
    if isinstance(shape, dict):
        return isinstance(value, dict) and value.keys() == shape.keys() and all(_has_shape(value[key], each) for key, each in shape.items())
    if isinstance(shape, tuple):
        return isinstance(value, list) and len(value) == len(shape) and all(map(_has_shape, value, shape))
    if isinstance(shape, list):
        return isinstance(value, list) and all(_has_shape(each, shape[0]) for each in value)
    return type(value) is type(shape)


class Tally:
    """The result of the documents of a build, plan by plan, held in little memory."""

    def __init__(self, assessments: Sequence[Assessment]) -> None:
        self._of = {id(each): Counts(each) for each in assessments}
        self.plans = list(self._of.values())
        self.failed: list[tuple[str, str]] = []
        """Documents that came to nothing, with the reason."""

    def add(self, result: DocumentResult) -> None:
        """Count a document in."""
        self._of[id(result.document.assessment)].add(result)
        if result.reason:
            self.failed.append((result.stem, result.reason))

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found in making documents, each once: many have it in common."""
        return list(dict.fromkeys(diagnostic for plan in self.plans for diagnostic in plan.diagnostics))


class Counts:
    """The result of a plan's documents."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.diagnostics: dict[Diagnostic, None] = {}
        self.alone = True
        self._documents = self._files = self._built = self._failed = 0

    def add(self, result: DocumentResult) -> None:
        """Count a document in."""
        failed = bool(result.reason)
        self._documents += not failed
        self._failed += failed
        self._built += len(result.built)
        self._files += len(result.entries)
        self.diagnostics |= dict.fromkeys(result.diagnostics)
        self.alone = self.alone and not result.document.password

    def row(self, *, later: bool = False) -> list[str]:
        """Return the plan's id, its documents, the files that were built and those that were fresh, and the documents that failed."""
        built = 0 if later else self._built
        return [self.assessment.plan.id, *map(str, (self._documents, built, self._files - built, self._failed))]


@dataclass(frozen=True)
class PlanCache:
    """The records of builds that asked for the same; `key` names what they asked for."""

    manifest: Manifest
    key: str

    def whole(self) -> Record | None:
        """Return the record of the last build as a whole."""
        return self._record(self.key, _WHOLE)

    def unchanged(self, inputs: Inputs, stamp: str) -> dict[Path, Record]:
        """List the plans that are as they were, as are all files that stand for them."""
        stats = self.manifest.stats()
        unchanged: dict[Path, Record] = {}
        for path in inputs.plans:
            record = self._record(self._of(path), _PLAN)
            if record and all(self.manifest.token(each) == stats.get(each) for each in record["paths"]):
                results, pictures = {str(path): record["results"]}, {record["folder"]: record["pictures"]}
                alone = replace(inputs, plans=(path,), results=results, pictures=pictures)
                if alone.digest(stamp, alone.files()) == record["digest"]:
                    unchanged[path] = record
        return unchanged

    def begin(self, unchanged: Mapping[Path, Record]) -> None:
        """Forget all but the plans that stay as they are: this build may write to the same files as one that asked for something else."""
        self.manifest.keep_only_builds({self._of(path) for path in unchanged})

    def store(self, inputs: Inputs, stamp: str, reads: Mapping[str, str], plans: Sequence["PlanOutcome"]) -> bool:
        """Remember plans, unless what was read is not what stands there now, or nothing accounts for it; tell whether all are."""
        pictures = self.manifest.pictures_by_source()
        alone = [self._alone(inputs, outcome.counts.assessment, pictures) for outcome in plans]
        files = [each.files() for each in alone]
        known = {path: digest for each in (replace(inputs, plans=()).files(), *files) for path, digest in each.items()}
        theme = [Path(os.path.realpath(root)) for root in inputs.theme]
        read = {path: digest for path, digest in reads.items() if not any(Path(path).is_relative_to(root) for root in theme)}
        if read != known:
            return False
        paths = self.manifest.paths_by_source()
        for outcome, its, its_files in zip(plans, alone, files, strict=True):
            plan = outcome.counts.assessment.plan
            ((folder, pictures_named),) = its.pictures.items()
            record = {
                "digest": its.digest(stamp, its_files),
                "results": its.results[str(plan.path.absolute())],
                "folder": folder,
                "pictures": list(pictures_named),
                "paths": paths.get(source_of(plan.path, self.manifest.output), []),
                "read": to_json(outcome.read),
                "made": to_json(outcome.counts.diagnostics),
                "row": outcome.counts.row(later=True),
                "orphans": list(outcome.orphans),
                "outdated": list(outcome.outdated),
                "id": plan.id,
                "alone": outcome.counts.alone,
            }
            self.manifest.store_build(self._of(plan.path.absolute()), record)
        return True

    def _alone(self, inputs: Inputs, assessment: Assessment, pictures: Mapping[str, Collection[str]]) -> Inputs:
        """Return what one plan was made from."""
        path = assessment.plan.path
        named = sorted(pictures.get(source_of(path, self.manifest.output), ()))
        return replace(inputs, plans=(path.absolute(),)).reading([assessment], {str(assessment.pictures.absolute()): named})

    def store_whole(self, record: Record) -> None:
        """Remember the build as a whole."""
        self.manifest.store_build(self.key, record)

    def _of(self, path: Path) -> str:
        return f"{self.key}/{data_digest(str(path))}"

    def _record(self, key: str, shape: object) -> Record | None:
        """Read a record.

        Raises:
            DamagedManifestError: it is not what was kept.
        """
        record = self.manifest.run(key)
        if record is not None and not (
            _has_shape(record, shape) and all(map(is_inside, (*record["orphans"], *record.get("outdated", ()))))
        ):
            raise DamagedManifestError(msg("what the last build kept is not what it was"))
        return record


@dataclass(frozen=True)
class PlanOutcome:
    """A plan that was built: the result of its documents, what was found in reading it, and the files left over from earlier.

    Of these, the source of `orphans` is gone, and `outdated` are those that the build left out though they are out of date.
    """

    counts: Counts
    read: Sequence[Diagnostic]
    orphans: Sequence[str]
    outdated: Sequence[str]


def entangled(assessments: Sequence[Assessment], unchanged: Mapping[Path, Record]) -> bool:
    """Return whether plans may share a folder of the output, so that none can be seen without the others."""
    ids = [each.plan.id for each in assessments] + [record["id"] for record in unchanged.values()]
    return len({folded(safe_name(each)) for each in ids}) < len(ids)
