internal import FunctionKit

/// Reads one event's file.
public func parseEvent(yaml: String, file: String) -> Parsed<EventDefinition> {
  let mistakes = Mistakes(file: file)
  let event = readYAML(yaml, mistakes).flatMap { readEvent($0, mistakes) }
  return Parsed(manifest: mistakes.isEmpty ? event : nil, diagnostics: mistakes.all)
}

private let eventKeys = ["event", "producer", "consumers", "external", "topic", "payload", "sample"]

private func readEvent(_ value: Value, _ mistakes: Mistakes) -> EventDefinition? {
  guard let fields = Fields(value, in: nil, at: .start, keys: eventKeys, mistakes) else { return nil }
  for (key, example) in [("event", "payment.paid"), ("producer", "payment"), ("topic", "payment.events")] {
    fields.require(key, example: example)
  }
  fields.require("payload", example: "{ type: object, properties: { … } }")
  fields.require("sample", example: "{ amount: 5 }")
  let name = fields.read("event", Names.event)
  let producer = fields.read("producer", Names.bundle)
  let consumers = fields.readFilledList("consumers", Names.bundle)
  let isExternal = fields.read("external", Numbers.flag) ?? false
  if !fields.has("consumers"), !isExternal {
    let text = "nobody consumes the event; list bundles under consumers, or say 'external: true' for readers outside"
    mistakes.add(text, at: fields.entry("external")?.position ?? .start)
  }
  let topic = fields.read("topic", Names.topic)
  let payload = fields.readPayload()
  let sample = fields.readSample(of: payload)
  guard let name, let producer, let topic, let payload, let sample else { return nil }
  return EventDefinition(
    name: name, producer: producer, consumers: consumers, isExternal: isExternal, topic: topic, payload: payload,
    sample: sample, file: mistakes.file, namePosition: fields.entry("event")?.value.position ?? .start)
}

extension Fields {
  fileprivate func readPayload() -> PayloadSchema? {
    guard let value = value("payload"), let schema = PayloadSchema(value, in: "payload", mistakes) else { return nil }
    guard case .object = schema.shape, !schema.allowsNull else {
      mistakes.add("payload must be of type object; put the value in a member of one", at: value.position)
      return nil
    }
    return schema
  }

  fileprivate func readSample(of payload: PayloadSchema?) -> JSON? {
    guard let value = value("sample") else { return nil }
    let sample = value.json(mistakes)
    for violation in payload?.violations(in: sample) ?? [] {
      let text = "sample does not satisfy payload: \(violation); mend either"
      mistakes.add(text, at: value.position(of: violation.path))
    }
    return sample
  }
}
