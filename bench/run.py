"""genplan compared with similar tools: the same documents, in one run, in turn.

Run: python bench/run.py [default|full|smoke] [RESULTS FILE] (`make bench` installs what it needs, and does the first).
"""

import shutil
import sys
import tempfile
from pathlib import Path

import measure
from incremental import rebuilds
from peers.content import contents, workspace
from plan import PLANS, Extra
from prepare import Kitchen
from report import Results, write_report
from singles import singles
from whole import wholes

HERE = Path(__file__).parent


def main() -> None:
    """Measure, and write the results."""
    name = sys.argv[1] if len(sys.argv) > 1 else "default"
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "RESULTS.md"
    plan = PLANS[name]
    measure.adopt()
    results = Results(name, plan)
    root = Path(tempfile.mkdtemp(prefix="genplan-bench-"))
    documents = contents(workspace(root / "workspace", max(plan.counts)))
    kitchen = Kitchen(root, documents, everyone=plan.everyone)
    try:
        results.absent = kitchen.absent
        results.checked = kitchen.check()
        results.singles = singles(kitchen, plan)
        write_report(results, target)
        results.wholes = wholes(kitchen, plan, results.singles, results.started)
        write_report(results, target)  # what follows may be interrupted
        results.rebuilds = rebuilds(root, plan, results.wholes, kitchen.absent)
        write_report(results, target)
        results.extras = [_extra(extra) for extra in plan.extras]
        results.finished = True
    finally:
        kitchen.close()
        shutil.rmtree(root, ignore_errors=True)
    write_report(results, target)
    measure.say(f"written: {target.name}")


def _extra(extra: Extra) -> tuple[str, str]:
    """Run another measurement in this folder, and add its output to the results."""
    measure.say(extra.title)
    script, *arguments = extra.command
    said = measure.printed([sys.executable, str(HERE / script), *arguments])
    return extra.title, f"```{extra.kind}\n{said}\n```" if extra.kind else said


if __name__ == "__main__":
    main()
