"""genplan beside its peers: the same documents, in one run, in turn.

Run: python bench/run.py [default|full|smoke] [RESULTS FILE] (`make bench` installs what it needs, and does the first).
"""

import shutil
import sys
import tempfile
from pathlib import Path

import measure
from incremental import rebuilds
from peers.content import contents, workspace
from plan import PLANS
from prepare import Kitchen
from report import Results, write_report
from singles import singles
from whole import wholes

HERE = Path(__file__).parent
_EXTRAS = (("Ten thousand documents", "scale.py", ""), ("A cluster", "cluster.py", "text"))
"""What else is measured in full runs: its title, its script where there is one, and what it prints (nothing: Markdown)."""


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
        results.extras = _extras() if plan.extras else []
        results.finished = True
    finally:
        kitchen.close()
        shutil.rmtree(root, ignore_errors=True)
    write_report(results, target)
    measure.say(f"written: {target.name}")


def _extras() -> list[tuple[str, str]]:
    """Run what else this folder measures, where it is there: what each prints goes into the results."""
    found = []
    for title, script, kind in _EXTRAS:
        if (HERE / script).is_file():
            measure.say(title)
            said = measure.printed([sys.executable, str(HERE / script)])
            found.append((title, f"```{kind}\n{said}\n```" if kind else said))
    return found


if __name__ == "__main__":
    main()
