import FaultTesting
import Foundation

/// The text that Prometheus reads, taken apart as strictly as format 0.0.4 and the conventions of names allow.
struct Exposition {
  struct Sample {
    let name: String
    let labels: [String: String]
    let value: Double
  }

  private(set) var samples: [Sample] = []
  private var kinds: [String: String] = [:]

  /// - Throws: ``TestFailure`` with the first line that is not as it should be.
  init(_ text: String) throws {
    guard text.hasSuffix("\n") else { throw TestFailure("the last line does not end") }
    var metric = ""
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      if let help = line.wholeMatch(of: /# HELP ([a-z_]+) \S.*/) {
        metric = String(help.1)
        guard kinds[metric] == nil else { throw TestFailure("\(metric) comes twice") }
      } else if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
        guard type.1 == metric, kinds.updateValue(String(type.2), forKey: metric) == nil else {
          throw TestFailure("'\(line)' does not follow its HELP")
        }
        try checkName(metric)
      } else {
        try read(String(line), of: metric)
      }
    }
    for name in kinds.keys where kinds[name] == "histogram" { try checkHistogram(name) }
  }

  /// The value of the one sample that has these labels.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    let found = samples.filter { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0] == $1 }
    }
    return found.count == 1 ? found[0].value : nil
  }

  private func checkName(_ name: String) throws {
    let isCounter = kinds[name] == "counter"
    guard name.hasPrefix("lakoo_"), name.hasSuffix("_total") == isCounter, !name.contains("milliseconds") else {
      throw TestFailure("\(name) is no name for a \(kinds[name] ?? "")")
    }
  }

  private mutating func read(_ line: String, of metric: String) throws {
    guard let parts = line.wholeMatch(of: /([a-z_]+)(?:\{(.*)\})? ([0-9.e+-]+)/), let value = Double(parts.3) else {
      throw TestFailure("'\(line)' is no sample")
    }
    let name = String(parts.1)
    let parents = kinds[metric] == "histogram" ? ["_bucket", "_sum", "_count"].map { metric + $0 } : [metric]
    guard parents.contains(name) else { throw TestFailure("'\(line)' stands below \(metric)") }
    let sample = Sample(name: name, labels: try labels(String(parts.2 ?? "")), value: value)
    guard !samples.contains(where: { $0.name == name && $0.labels == sample.labels }) else {
      throw TestFailure("'\(line)' comes twice")
    }
    samples.append(sample)
  }

  private func labels(_ text: String) throws -> [String: String] {
    var (rest, labels) = (text[...], [String: String]())
    while !rest.isEmpty {
      guard let label = rest.prefixMatch(of: /([a-z_]+)="((?:[^"\\\n]|\\["\\n])*)"(?:,(?=[a-z])|$)/),
        labels.updateValue(String(label.2), forKey: String(label.1)) == nil
      else { throw TestFailure("'\(text)' are no labels") }
      rest = rest[label.range.upperBound...]
    }
    return labels
  }

  /// Buckets rise up to one for everything, which is the count.
  private func checkHistogram(_ name: String) throws {
    var buckets: [[String: String]: [(bound: Double, count: Double)]] = [:]
    for sample in samples where sample.name == "\(name)_bucket" {
      let bound = sample.labels["le"].flatMap { $0 == "+Inf" ? .infinity : Double($0) }
      guard let bound else { throw TestFailure("a bucket of \(name) has no bound") }
      buckets[sample.labels.filter { $0.key != "le" }, default: []].append((bound, sample.value))
    }
    for (labels, buckets) in buckets {
      let isRising = zip(buckets, buckets.dropFirst()).allSatisfy { $0.bound < $1.bound && $0.count <= $1.count }
      guard isRising, buckets.last?.bound == .infinity, buckets.last?.count == value("\(name)_count", labels),
        value("\(name)_sum", labels) != nil
      else { throw TestFailure("the buckets of \(name) \(labels) do not fit together") }
    }
  }
}
