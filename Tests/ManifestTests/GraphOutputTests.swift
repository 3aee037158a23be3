import FunctionKit
import Manifest
import Testing

/// The graph, printed.
@Suite struct GraphOutputTests {
  private func graph() throws -> EventGraph {
    let set = try EventFile.load([
      "shop.yaml": EventFile.bundle("shop", 3001, emits: "thing.done, thing.lost"),
      "mail.yaml": EventFile.bundle("mail", 3002, on: "thing.done"),
      "events/thing.done.yaml": EventFile.yaml(consumers: "consumers: [mail, ledger]"),
      "events/thing.lost.yaml": EventFile.yaml("thing.lost", consumers: "external: true"),
      "events/thing.made.yaml": EventFile.yaml("thing.made", producer: "mill"),
    ])
    #expect(set.diagnostics == [])
    return EventGraph(set.bundles, catalogue: set.events)
  }

  @Test func `for a terminal, in columns`() throws {
    #expect(
      try graph().text() == """
        thing.done  thing.events
          <- shop    Tell
          -> ledger  not part of this deployment
          -> mail    Listen

        thing.lost  thing.events
          <- shop    Tell
          -> *       readers outside

        thing.made  thing.events
          <- mill    not part of this deployment
          -> mail    no function yet

        """)
    #expect(try graph().wired.nodes.map(\.event) == ["thing.done", "thing.lost"])
  }

  @Test func `for programs, as JSON`() throws {
    let json = try graph().wired.json()
    #expect(json["bundles"] == ["mail", "shop"])
    #expect(json["events"]?[0]?["emittedBy"] == [["bundle": "shop", "deployed": true, "functions": ["Tell"]]])
    #expect(
      json["events"]?[0]?["consumedBy"] == [
        ["bundle": "ledger", "deployed": false, "functions": []],
        ["bundle": "mail", "deployed": true, "functions": ["Listen"]],
      ])
    #expect(json["events"]?[1]?["external"] == true)
    #expect(try JSON.parse(Array(json.indented().utf8)) == json)
  }

  @Test func `as a Mermaid flowchart`() throws {
    #expect(
      try graph().mermaid() == """
        flowchart LR
          bundle_ledger[ledger]
          bundle_mail[mail]
          bundle_mill[mill]
          outside((readers outside))
          bundle_shop[shop]
          bundle_mill -.->|"thing.made"| bundle_mail
          bundle_shop -.->|"thing.done"| bundle_ledger
          bundle_shop -->|"thing.done"| bundle_mail
          bundle_shop -->|"thing.lost"| outside

        """)
  }

  @Test func `as an AsyncAPI document whose references all lead somewhere`() throws {
    let document = try graph().asyncAPI(version: "1.2.3")
    #expect(document["asyncapi"] == "3.0.0")
    #expect(document["info"] == ["title": "Lakoo events", "version": "1.2.3"])
    #expect(document["channels"]?["thing-events"]?["address"] == "thing.events")
    let operations = try #require(document["operations"]?.object)
    #expect(operations.members.map(\.name) == ["mail-receive-thing-events", "shop-send-thing-events"])
    #expect(operations["shop-send-thing-events"]?["messages"]?.array?.count == 2)
    let message = document["components"]?["messages"]?["thing-done"]
    #expect(message?["name"] == "thing.done")
    #expect(message?["payload"]?["required"] == ["id"])
    #expect(message?["examples"]?[0]?["payload"]?["price"]?.double == 2.5)
    let references = references(in: document)
    #expect(references.count == 3 + 2 + 3)
    for reference in references { #expect(target(reference, in: document) != nil, "\(reference)") }
  }

  private func references(in json: JSON) -> [String] {
    switch json {
    case .object(let object):
      object.members.flatMap { $0.name == "$ref" ? [$0.value.string ?? ""] : references(in: $0.value) }
    case .array(let items): items.flatMap(references)
    default: []
    }
  }

  private func target(_ reference: String, in document: JSON) -> JSON? {
    reference.split(separator: "/").dropFirst().reduce(document) { json, name in json?[String(name)] }
  }
}
