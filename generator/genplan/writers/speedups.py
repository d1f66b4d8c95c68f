"""The versions that `writers.pdf.speedups` was made for, looked up without loading WeasyPrint, which takes half a second."""

from importlib.metadata import PackageNotFoundError, version

from genplan.messages import listing, msg

KNOWN = {"weasyprint": "70.0", "pydyf": "0.13.0"}
"""The versions whose insides were read. pyproject.toml pins them exactly."""

CURE = "pip install " + " ".join(f'"{name}=={known}"' for name, known in KNOWN.items())


def other_versions() -> dict[str, str]:
    """Return the libraries that are installed in another version than the speed-ups are for, with that version; none where they are on."""
    installed = {name: _installed(name) for name in KNOWN}
    return {name: here for name, here in installed.items() if here != KNOWN[name]}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return msg("none")


def why_off() -> str:
    """Say in a line that the speed-ups are off, why, and how to have them; empty where they are on."""
    others = other_versions()
    if not others:
        return ""
    named = listing(
        msg("{package} {known} (found: {installed})", package=name, known=KNOWN[name], installed=here) for name, here in others.items()
    )
    return msg(
        "PDFs take about four times as long as necessary: genplan's speed-ups are for {packages}; {command}", packages=named, command=CURE
    )
