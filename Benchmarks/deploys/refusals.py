"""Deploys that must not come to be, each with what the operator is told; whoever calls notices none of them."""
import http.client, os, re, subprocess, threading

from bundles import NotBuilt
from host import Refused
from scenario import books, line, loaded, of_load, running

NAME = "bundlea"


def refusals():
    with running(5) as server:
        with loaded(server, rate=100, names=server.project.names[:3]) as load:
            for title, code, attempt in CASES:
                refuse(server, title, code, attempt)
            undone(server)
            at_once(server)
            no_space(server)
        line("refusals", "load meanwhile", of_load(load, books(server, load)))


def refuse(server, title, code, attempt):
    before = server.deployment()
    try:
        attempt(server)
        outcome = "deployed" if code is None else "DEPLOYED"
    except Refused as refused:
        mark = "" if refused.code == code else f" (expected {code})"
        outcome = f"{refused.status} {refused.code}{mark}: " + refused.detail.replace("\n", " ⏎ ")
    except NotBuilt as refused:
        outcome = "not even built: " + str(refused).replace("\n", " ⏎ ")
    except (OSError, http.client.HTTPException) as error:
        outcome = f"NO ANSWER: {error!r}"
    after = server.deployment()
    if (before["number"], before["bundles"]) != (after["number"], after["bundles"]) or server.version(NAME) != "v1":
        outcome += " — AND THE DEPLOYMENT HAS CHANGED"
        for bundle in server.project.names:
            if server.version(bundle) != "v1":
                server.rollback(bundle)
    line("refusals", title, outcome)


def altered(pattern, replacement, kind="manifest", **options):
    """A deploy of a release in whose manifest, event or source something else stands."""
    def change(of, text):
        return re.sub(pattern, replacement, text) if of == kind else text
    return lambda server: server.deploy(server.project.file(NAME, "v2", change, **options))


def altered_event(server):
    """The key becomes a number, in the schema, in its sample and in the code."""
    def change(of, text):
        if of == "event":
            return text.replace("key: { type: string }", "key: { type: integer }").replace('key: "1"', "key: 1")
        if of == "bundle":
            return text.replace("var key: String\n\n  var subject", "var key: Int\n\n  var subject").replace(
                "Counted(key: input.key)", "Counted(key: input.key.utf8.count)").replace('{ key }', '{ "\\(key)" }')
        return text
    return server.deploy(server.project.file(NAME, "v2", change))


def patched(patch):
    """A deploy of a file whose bytes are not what was built."""
    return lambda server: server.admin("POST", "/deploy", patch(server.project.file(NAME, "v2").read_bytes()))


def migrated(text, name=NAME):
    """A deploy with one more migration; each of these has a bundle of its own, in case it comes to be."""
    return lambda server: server.deploy(server.project.file(name, "v2", migrations={"0002_more.sql": text}))


def other_kit(data):
    return re.sub(rb'("kit"\s*:\s*)"[0-9a-f]{12}"', rb'\1"0123456789ab"', data, count=1)


def other_toolchain(data):
    return data.replace(b"clang version", b"clang versiom", 1)


def flipped(data):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1:]


HALF = "create table half (id int);\n"
CASES = [
    ("wrong token", "unauthenticated",
     lambda server: server.admin("POST", "/deploy", server.project.file(NAME, "v2").read_bytes(), token="wrong")),
    ("nothing sent", "bundle_unreadable", patched(lambda data: b"")),
    ("not a bundle file", "bundle_unreadable", patched(lambda data: os.urandom(100_000))),
    ("truncated", "bundle_unreadable", patched(lambda data: data[:len(data) * 2 // 3])),
    ("truncated within its index", "bundle_unreadable", patched(lambda data: data[:700])),
    ("one bit flipped", "bundle_unreadable", patched(flipped)),
    ("another kit", "bundle_mismatch", patched(other_kit)),
    ("another toolchain", "bundle_mismatch", patched(other_toolchain)),
    ("a manifest that the library does not fit", "check_failed", altered("  Note:", "  Notes:")),
    ("a manifest with a mistake", "check_failed", altered("access: public, idem", "acess: public, idem")),
    ("a secret that is not set", "check_failed",
     altered(r"endpoints:", "needs:\n  secrets: [ABSENT_SECRET_KEY]\n\nendpoints:")),
    ("another bundle's port", "check_failed", altered(r"port: \d+", "port: 3202")),
    ("a library that ends the process when it is opened", "check_failed",
     altered(r"public static let functions: \[Registered\] = \[",
             "public static let functions: [Registered] = Array([Registered]()[7...]) + [", "bundle")),
    ("an event that a live consumer can't read", "schema_incompatible", altered_event),
    ("an event without what a live consumer needs", "schema_incompatible",
     altered(r"required: \[key\]", "required: []", "event")),
    ("an event's file with a mistake", "check_failed",
     altered("key: { type: string }", "key: { type: integer }", "event")),
    ("a migration that fails half-way", "migration_failed", migrated(HALF + "insert into nowhere values (1);\n")),
    ("a migration that takes what a live statement needs", "statement_broken",
     migrated("drop table noted;\n", "bundled")),
    ("a migration that renames a column of a live statement", "statement_broken",
     migrated("alter table counted rename key to id;\n", "bundlee")),
    ("a statement that no schema has", "statement_broken", altered("from noted", "from nosuch", "bundle")),
    ("a release that is not kept", "release_unknown",
     lambda server: server.admin("POST", "/deploy?release=0123456789ab")),
    ("a rollback with nothing to go back to", "nothing_to_roll_back", lambda server: server.rollback("bundlec")),
    ("what is live already", None,
     lambda server: server.admin("POST", f"/deploy?release={server.live()[NAME]}")),
]


def undone(server):
    """What the failed migration had done before it failed is not there: the same again, mended, goes through."""
    done = migrated(HALF)(server)
    line("refusals", "the same migration, mended", f"deployed as {done['release']}: nothing was left")
    server.rollback(NAME)


def at_once(server):
    """Two deploys: one comes to be, the other is told."""
    files = [server.project.file(name, "v4") for name in ("bundleb", "bundlec")]
    outcomes = []

    def deploy(file):
        try:
            outcomes.append("deployed: " + server.deploy(file)["bundle"])
        except Refused as refused:
            outcomes.append(str(refused))
    threads = [threading.Thread(target=deploy, args=[file]) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    line("refusals", "two deploys at once", "; ".join(sorted(outcomes)))


def no_space(server):
    """The file system of the releases has room for almost nothing."""
    file, folder = server.project.file(NAME, "v5"), server.state / "releases"
    kept = server.state / "releases-kept"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        return line("refusals", "no disk space", "not tried: nothing may be mounted here")
    try:
        refuse(server, "no disk space", "no_space", lambda server: server.deploy(file))
        line("refusals", "left behind by it", os.listdir(folder) or "nothing")
    finally:
        subprocess.run(["umount", folder], check=True)
