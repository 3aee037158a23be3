"""Makes a project of any number of bundles that differ in nothing but their names, and bundle files of it."""
import concurrent.futures, hashlib, os, pathlib, shutil, subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FIRST_PORT = 3201
FLAGS = [
    "-swift-version", "6", "-enable-upcoming-feature", "InternalImportsByDefault",
    "-enable-upcoming-feature", "ExistentialAny", "-enable-upcoming-feature", "MemberImportVisibility",
    "-enable-upcoming-feature", "NonisolatedNonsendingByDefault",
]


def names(count):
    """`bundle` and a letter: event names have no digits."""
    return [f"bundle{chr(ord('a') + number)}" for number in range(count)]


class NotBuilt(Exception):
    """Why `lakoo build` makes no bundle file."""


class Project:
    """A folder that `lakoo` takes for a project; its programs stand where SwiftPM would have put them."""

    def __init__(self, folder, count, configuration="release"):
        self.folder = pathlib.Path(folder)
        self.names = names(count)
        self.workshop = None
        self.configuration = configuration
        self.built = ROOT / ".build" / configuration
        self.programs = self.folder / ".build" / configuration
        self.programs.mkdir(parents=True)
        for program in ["lakoo", "libFunctionKit.so"]:
            shutil.copy2(self.built / program, self.programs / program)
        kit = hashlib.sha256((self.programs / "libFunctionKit.so").read_bytes()).hexdigest()[:12]
        self.cache = ROOT / ".build" / "deploys" / kit
        self.cache.mkdir(parents=True, exist_ok=True)
        (self.folder / "manifests" / "events").mkdir(parents=True)

    @property
    def lakoo(self):
        return str(self.programs / "lakoo")

    def write(self, version="v1", names=None, change=lambda kind, text: text):
        """Writes everything of bundles; `change` may alter each text (of bundle, manifest, event, migration)."""
        names = names or self.names
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: self._write(name, version, change), names))

    def file(self, name, version="v1", change=lambda kind, text: text, migrations={}):
        """Packs one bundle, with further migrations; in another folder, since a host builds what changes in its own.
        Returns the bundle file's path."""
        if self.workshop is None:
            self.workshop = Project(f"{self.folder}-workshop", len(self.names), self.configuration)
            self.workshop.write()
        self.workshop.write(version, [name], change)
        folder = self.workshop.folder / "functions" / name / "Migrations"
        for old in folder.glob("000[2-9]*"):
            old.unlink()
        for file, text in migrations.items():
            (folder / file).write_text(text)
        return self.workshop.pack(name)

    def pack(self, name):
        done = subprocess.run(
            [self.lakoo, "build", name, "--skip-build", "-c", self.configuration, "--root", str(self.folder)],
            capture_output=True, text=True)
        if done.returncode:
            raise NotBuilt(done.stderr.strip())
        return pathlib.Path(done.stdout.splitlines()[-1].split("  ")[0])

    def _write(self, name, version, change):
        index = self.names.index(name)
        words = {
            "__NAME__": name, "__TYPE__": name.capitalize(), "__VERSION__": version,
            "__PORT__": str(FIRST_PORT + index), "__BEFORE__": self.names[index - 1],
            "__AFTER__": self.names[(index + 1) % len(self.names)],
        }
        functions = self.folder / "functions" / name
        (functions / "Migrations").mkdir(parents=True, exist_ok=True)
        for kind, template, path in [
            ("bundle", "Bundle.swift.in", functions / "Bundle.swift"),
            ("manifest", "manifest.yaml", self.folder / "manifests" / f"{name}.yaml"),
            ("event", "event.yaml", self.folder / "manifests" / "events" / f"{name}.counted.yaml"),
            ("migration", "Migrations/0001_counted.sql", functions / "Migrations" / "0001_counted.sql"),
        ]:
            text = (HERE / "template" / template).read_text()
            for word, value in words.items():
                text = text.replace(word, value)
            path.write_text(change(kind, text))
        self._compile(name, functions / "Bundle.swift")

    def _compile(self, name, source):
        module = f"{name.capitalize()}Functions"
        known = self.cache / f"{hashlib.sha256(source.read_bytes()).hexdigest()[:16]}-{module}.so"
        if not known.exists():
            output = known.with_suffix(f".{os.getpid()}")
            subprocess.run(
                ["swiftc", "-O", "-emit-library", "-module-name", module, *FLAGS, str(source), "-o", str(output),
                 "-I", str(self.built / "Modules"), "-L", str(self.programs), "-lFunctionKit",
                 "-Xlinker", "-rpath=$ORIGIN", "-Xlinker", f"-soname=lib{module}.so"], check=True)
            output.rename(known)
        target = self.programs / f"lib{module}.so"
        target.unlink(missing_ok=True)
        shutil.copy2(known, target)
