internal import FunctionKit
internal import Manifest
internal import Runtime

/// How far a composed answer has come: which parts have been asked for, and what came of them.
struct Composing {
  let manifest: CompositionManifest
  let parameters: [(name: String, value: String)]
  private(set) var outcomes: [String: PartOutcome] = [:]
  private var asked: Set<String> = []
  private var size = 0

  /// The part that the answer can't do without, with what became of it.
  private(set) var refusal: (part: String, reply: RawReply)?

  init(_ manifest: CompositionManifest, _ parameters: [(name: String, value: String)]) {
    self.manifest = manifest
    self.parameters = parameters
  }

  /// The parts that can be asked for now, each once.
  mutating func next() -> [PartQuestion] {
    var questions: [PartQuestion] = []
    while refusal == nil, let part = manifest.parts.first(where: isReady) {
      asked.insert(part.name)
      if let question = PartHoles(parameters: parameters, found: found).question(part) {
        questions.append(question)
      } else {
        note(part.isOptional ? .absent : .failed(.unexpected("What it is to be asked with is not there.")), of: part)
      }
    }
    return questions
  }

  private func isReady(_ part: PartManifest) -> Bool {
    !asked.contains(part.name) && part.needs.allSatisfy { outcomes[$0] != nil }
  }

  /// An optional part that there is not is no failure.
  mutating func note(_ outcome: PartOutcome, of part: PartManifest) {
    outcomes[part.name] = outcome
    switch outcome {
    case .found(let content):
      size += content.size
      if size > manifest.sizeLimit { refusal = refusal ?? (part.name, tooLarge) }
    case .absent: break
    case .failed(let reply) where part.isOptional:
      if reply.status == 404 { outcomes[part.name] = .absent }
    case .failed(let reply): refusal = refusal ?? (part.name, reply)
    }
  }

  private var tooLarge: RawReply {
    let text = "The parts are larger than the \(manifest.sizeLimit) bytes that \(manifest.name) may have."
    return RawReply(problem: Problem(502, "answer_too_large", text), instance: nil)
  }

  private var found: [String: JSON] {
    outcomes.compactMapValues { if case .found(let content) = $0 { content.data } else { nil } }
  }

  /// What was found, in the order of the manifest.
  var contents: [(part: String, content: PartContent)] {
    manifest.parts.compactMap { part in
      if case .found(let content) = outcomes[part.name] { (part.name, content) } else { nil }
    }
  }

  /// What is missing because it could not be had.
  var failures: [(part: String, reply: RawReply)] {
    manifest.parts.compactMap { part in
      if case .failed(let reply) = outcomes[part.name] { (part.name, reply) } else { nil }
    }
  }
}
