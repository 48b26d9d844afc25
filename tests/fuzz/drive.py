"""One parser, in a process of its own, for so many seconds: guided by coverage if atheris is there,
by chance alone if it is not. Or once more with an input that was a finding:

    python tests/fuzz/drive.py NAME SECONDS FOLDER
    python tests/fuzz/drive.py NAME --again FILE
"""

import base64
import hashlib
import importlib.util
import json
import os
import random  # noqa: TID251 - a fuzzer's chance is no world's: it has a seed of its own
import resource
import sys
import time
import traceback
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

ADDRESS_SPACE = 3 << 30
RESIDENT_MB = 1_500
HANGS_S = 30
LONGEST = 1 << 16
HAS_ATHERIS = (
    importlib.util.find_spec("atheris") is not None and os.environ.get("DRIVER") != "chance"
)
COUNTED = {
    "signatures": ["mock_api.seller_center.diagnosis", "mock_api.seller_center.signing"],
    "yaml": ["scenarios.format"],
    "scenario-times": ["scenarios.format.instants", "scenarios.format.story"],
    "csv": ["simulator.demand.sheet"],
    "snapshot": ["simulator.plain", "simulator.snapshot"],
    "pictures": ["mock_api.kernel.pictures", "PIL"],
    "xml-tnt": ["mock_api.carriers.tnt.xml"],
    "xml-dhl": ["mock_api.carriers.dhl.xml"],
    "xml-chinapost": ["mock_api.carriers.chinapost.papers"],
    "ems-messages": ["mock_api.carriers.ems.messages"],
    "ids": ["mock_api.carriers.easypost.ids"],
    "json-seller-center": ["mock_api.seller_center.fulfillment", "mock_api.seller_center.gates"],
    "json-control": ["mock_api.control"],
    "json-desk": ["mock_api.desk"],
    "json-4px": ["mock_api.carriers.fourpx"],
    "json-17track": ["mock_api.carriers.seventeentrack"],
}
"""Whose branches are counted; others: the kernel's. Counting all takes minutes to begin with."""


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@dataclass
class Run:
    """What came of it so far."""

    parser: object
    folder: Path
    ends: float
    began: float = field(default_factory=time.monotonic)
    calls: int = 0
    found: dict[str, str] = field(default_factory=dict)

    def one(self, content):
        """Call the parser; what it may not do is kept, and the run goes on."""
        self.calls += 1
        before, began = peak_mb(), time.process_time()
        # What ends the process without an exception leaves its input behind.
        self._last.write_bytes(content)
        try:
            self.parser.parse(content)
        except Exception as wrong:  # noqa: BLE001 - that is what is looked for
            self.keep(content, f"{_place(wrong)}: {wrong!r}"[:300], _place(wrong))
        took, grew = time.process_time() - began, peak_mb() - before
        if took > _most_seconds() and self._takes_as_long(content):
            self.keep(content, f"takes {took:.1f} s", "slow")
        if grew > 200:
            self.keep(content, f"takes {grew} MB", "large")
        if time.monotonic() > self.ends:
            self.close()

    @property
    def _last(self):
        return self.folder / f"{self.parser.name}.last"

    def _takes_as_long(self, content):
        """A busy machine, or a server that is made anew, takes long once."""
        began = time.process_time()
        try:
            self.parser.parse(content)
        except Exception:  # noqa: BLE001 - told already
            return False
        return time.process_time() - began > _most_seconds()

    def keep(self, content, words, kind):
        if kind in self.found:
            return
        digest = hashlib.sha256(content).hexdigest()[:12]
        path = self.folder / f"{self.parser.name}-{digest}.b64"
        path.write_bytes(base64.b64encode(content))
        self.found[kind] = (
            f"{words}\n    python tests/fuzz/drive.py {self.parser.name} --again {path}"
        )
        sys.stderr.write(f"{self.found[kind]}\n")
        sys.stderr.flush()

    def close(self):
        """Tell, and end the process at once: neither driver gives it back."""
        took = time.monotonic() - self.began
        told = {
            "calls": self.calls,
            "seconds": round(took),
            "peak_mb": peak_mb(),
            "driver": "atheris" if HAS_ATHERIS else "chance",
            "found": list(self.found.values()),
        }
        (self.folder / f"{self.parser.name}.json").write_text(json.dumps(told))
        self._last.unlink(missing_ok=True)
        sys.stdout.flush()
        os._exit(0)


def _most_seconds():
    """Code that counts its branches is slower."""
    return 5.0 if HAS_ATHERIS else 1.0


def _place(wrong):
    frames = traceback.extract_tb(wrong.__traceback__)
    ours = [
        each for each in frames if str(ROOT) in each.filename and "/tests/" not in each.filename
    ]
    last = (ours or frames)[-1]
    return f"{type(wrong).__name__} at {Path(last.filename).name}:{last.lineno}"


def by_chance(run, seeds, chance):
    from tests.fuzz.mutation import mutated  # noqa: PLC0415 - after atheris' hooks

    kept = list(seeds)
    for seed in kept:
        run.one(seed)
    while True:
        run.one(mutated(chance.choice(kept), chance, kept))


def by_coverage(run, seeds, chance):
    import atheris  # noqa: PLC0415 - not everywhere

    from tests.fuzz.mutation import mutated  # noqa: PLC0415 - after its hooks

    corpus = run.folder / f"{run.parser.name}.corpus"
    corpus.mkdir(exist_ok=True)
    for nth, seed in enumerate(seeds):
        (corpus / f"seed-{nth:04d}").write_bytes(seed)

    def change(content, longest, seed):
        chance.seed(seed)
        if chance.random() < 0.5:
            return atheris.Mutate(content, longest)
        return mutated(content, chance, seeds)[:longest]

    options = (
        *(f"-max_len={LONGEST}", f"-timeout={HANGS_S}", f"-rss_limit_mb={RESIDENT_MB}"),
        *("-detect_leaks=0", "-verbosity=0", "-print_final_stats=0"),
        *(f"-artifact_prefix={run.folder}/{run.parser.name}-", "-reload=0", str(corpus)),
    )
    atheris.Setup([sys.argv[0], *options], run.one, custom_mutator=change)
    atheris.Fuzz()


def _counted(name):
    kind, _, dialect = name.partition("-")
    usual = f"mock_api.carriers.{dialect}" if kind == "json" else "mock_api.kernel"
    return COUNTED.get(name, [usual])


def loaded(name):
    """The parser of that name, its code counted branch by branch if anybody can."""
    hooks = nullcontext()
    if HAS_ATHERIS and "--again" not in sys.argv:
        import atheris  # noqa: PLC0415 - not everywhere

        hooks = atheris.instrument_imports(include=_counted(name))
    with hooks:
        from tests.fuzz.parsers import PARSERS  # noqa: PLC0415 - the hooks come first
    return PARSERS[name]


def main(name, how, where):
    parser = loaded(name)
    if how == "--again":
        parser.parse(base64.b64decode(Path(where).read_bytes()))
        return
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    folder = Path(where)
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(parser, folder, time.monotonic() + float(how))
    drive = by_coverage if HAS_ATHERIS else by_chance
    drive(run, parser.seeds(), random.Random(int(os.environ.get("SEED", "1"))))  # noqa: S311


if __name__ == "__main__":
    main(*sys.argv[1:])
