import Manifest
import Testing

/// What is said about functions and events that do not fit.
@Suite struct EventGraphTests {
  private let shop = EventFile.bundle("shop", 3001, emits: "thing.done")
  private let mail = EventFile.bundle("mail", 3002, on: "thing.done")
  private let thing = EventFile.yaml()

  @Test func `an event that is described, emitted and consumed as described has nothing said about it`() throws {
    #expect(try EventFile.said(["shop.yaml": shop, "mail.yaml": mail, "events/thing.done.yaml": thing]) == "")
  }

  @Test func `an event without a file is told at both ends, with the name that was meant`() throws {
    let said = try EventFile.said([
      "shop.yaml": EventFile.bundle("shop", 3001, emits: "thing.doen"),
      "mail.yaml": EventFile.bundle("mail", 3002, on: "other.thing"), "events/thing.done.yaml": thing,
    ])
    #expect(
      said == """
        mail.yaml:6:26: Listen consumes 'other.thing', which has no schema; describe it in events/other.thing.yaml
        shop.yaml:8:39: Tell emits 'thing.doen', which has no schema; did you mean 'thing.done'?
        """)
  }

  @Test func `only the producer may emit`() throws {
    let said = try EventFile.said([
      "shop.yaml": shop, "mail.yaml": mail, "spy.yaml": EventFile.bundle("spy", 3003, emits: "thing.done"),
      "events/thing.done.yaml": thing,
    ])
    #expect(
      said == """
        spy.yaml:8:39: Tell emits 'thing.done', which only bundle shop may by events/thing.done.yaml; emit another \
        event, or mend the producer there
        """)
  }

  @Test func `only listed bundles may consume`() throws {
    let said = try EventFile.said([
      "shop.yaml": shop, "mail.yaml": mail, "spy.yaml": EventFile.bundle("spy", 3003, on: "thing.done"),
      "events/thing.done.yaml": thing,
    ])
    #expect(
      said == """
        spy.yaml:6:26: Listen consumes 'thing.done', but events/thing.done.yaml does not list bundle spy; add it to \
        consumers there
        """)
  }

  @Test func `an event that goes nowhere is told, unless somebody outside of the deployment takes it`() throws {
    let deaf = ["shop.yaml": shop, "mail.yaml": EventFile.bundle("mail", 3002)]
    #expect(
      try EventFile.said(deaf.merging(["events/thing.done.yaml": thing]) { $1 }) == """
        shop.yaml:8:39: Tell emits 'thing.done', which no function consumes; subscribe one, take it out of emits, or say \
        'external: true' in events/thing.done.yaml
        """)
    let external = EventFile.yaml(consumers: "external: true")
    #expect(try EventFile.said(deaf.merging(["events/thing.done.yaml": external]) { $1 }) == "")
    let elsewhere = EventFile.yaml(consumers: "consumers: [mail, ledger]")
    #expect(try EventFile.said(deaf.merging(["events/thing.done.yaml": elsewhere]) { $1 }) == "")
  }

  @Test func `an event that comes from nowhere is told, unless its producer is outside of the deployment`() throws {
    let files = ["mail.yaml": mail, "events/thing.done.yaml": thing]
    #expect(
      try EventFile.said(files.merging(["shop.yaml": EventFile.bundle("shop", 3001)]) { $1 }) == """
        mail.yaml:6:26: Listen consumes 'thing.done', which no function emits; let a function of bundle shop emit it, or \
        take it out of on
        """)
    #expect(try EventFile.said(files) == "")
  }

  @Test func `the host's choice of bundles is the deployment`() throws {
    let files = [
      "shop.yaml": shop, "mail.yaml": mail, "events/thing.done.yaml": thing, "host.yaml": "bundles: [mail]\n",
    ]
    #expect(try EventFile.said(files) == "")
  }

  @Test func `there is one file for an event, with its name`() throws {
    let said = try EventFile.said([
      "events/thing.done.yaml": thing, "events/copy.yaml": thing, "events/thing.made.yaml": EventFile.yaml("thing.mad"),
    ])
    #expect(
      said == """
        events/copy.yaml:1:8: event 'thing.done' is already described in events/thing.done.yaml; keep one of the two \
        files
        events/thing.made.yaml:1:8: event 'thing.mad' does not match the file's name; call the file \
        'events/thing.mad.yaml' or mend the event's name
        """)
  }

  @Test func `a file with a mistake is told of by itself alone`() throws {
    let wrong = thing.replacing("isNew: true", with: "isNew: 1")
    #expect(
      try EventFile.said(["shop.yaml": shop, "mail.yaml": mail, "events/thing.done.yaml": wrong]) == """
        events/thing.done.yaml:13:74: sample does not satisfy payload: $.isNew must be a boolean, not a whole number; \
        mend either
        """)
  }

  @Test func `a bundle that can't be read takes nothing to be missing with it`() throws {
    let said = try EventFile.said([
      "shop.yaml": shop, "mail.yaml": mail.replacing("port: 3002", with: "port: x"),
      "events/thing.done.yaml": thing,
    ])
    #expect(said == "mail.yaml:4:7: port 'x' is not a whole number")
  }

  @Test func `without event files only both ends of each event are looked for`() throws {
    #expect(try EventFile.load(["shop.yaml": shop, "mail.yaml": mail]).events == nil)
    #expect(try EventFile.said(["shop.yaml": shop, "mail.yaml": mail]) == "")
    #expect(
      try EventFile.said(["shop.yaml": shop, "mail.yaml": EventFile.bundle("mail", 3002, on: "thing.doen")]) == """
        mail.yaml:6:26: Listen consumes 'thing.doen', which no function emits; did you mean 'thing.done'?
        shop.yaml:8:39: Tell emits 'thing.done', which no function consumes; subscribe one, take it out of emits, or say \
        'external: true' in events/thing.done.yaml
        """)
  }
}
