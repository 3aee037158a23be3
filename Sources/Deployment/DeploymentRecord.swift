public import FunctionKit

/// Which release of each bundle is live: the one thing that a deploy changes, at once and for good.
public struct DeploymentRecord: Codable, Sendable, Hashable {
  /// Counts the changes; each generation of workers belongs to one number.
  public private(set) var number: Int
  /// When it came to be as it is.
  public private(set) var since: Instant
  public private(set) var bundles: [String: Bundle]
  /// The release that each bundle's working tree made when it was last looked at: another one is a change to deploy, the
  /// same one does not undo what was deployed or rolled back since.
  public var tree: [String: String]

  /// The releases of one bundle.
  public struct Bundle: Codable, Sendable, Hashable {
    /// The live one.
    public var release: String
    /// What a rollback goes back to.
    public var previous: String?
    /// When the live one became it.
    public var since: Instant
    /// One on trial beside the live one.
    public var candidate: String?
    /// How much of the traffic the candidate gets.
    public var percent: Int?

    init(release: String, since: Instant) {
      self.release = release
      self.since = since
    }
  }

  /// A deployment of nothing.
  public init(since: Instant) {
    number = 0
    self.since = since
    bundles = [:]
    tree = [:]
  }

  /// The live release of each bundle, with the candidates of some in their place.
  public func releases(withCandidatesOf trial: Set<String> = []) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: bundles.map { name, bundle in
        (name, trial.contains(name) ? bundle.candidate ?? bundle.release : bundle.release)
      })
  }

  /// Every release that is live, on trial, to roll back to, or what the working tree was when it was last looked at.
  public var named: Set<String> {
    Set(bundles.values.flatMap { [$0.release, $0.previous, $0.candidate].compactMap(\.self) } + tree.values)
  }

  /// The bundles that have a release on trial, and how many of a hundred requests that gets.
  public var trials: [String: Int] {
    bundles.compactMapValues { bundle in bundle.candidate == nil ? nil : bundle.percent }
  }

  /// Takes a bundle out of the deployment. Should the working tree have it again, it is a new one.
  public func removing(_ name: String, at now: Instant) throws(DeploymentError) -> DeploymentRecord {
    _ = try bundle(name)
    var record = with(name, nil, at: now)
    record.tree[name] = nil
    return record
  }

  func bundle(_ name: String) throws(DeploymentError) -> Bundle {
    guard let bundle = bundles[name] else {
      throw DeploymentError(
        .unknownBundle,
        "no bundle '\(name)' is deployed; those that are: \(bundles.keys.sorted().joined(separator: ", "))")
    }
    return bundle
  }

  /// The record after a change to one bundle.
  func with(_ name: String, _ bundle: Bundle?, at now: Instant) -> DeploymentRecord {
    var record = self
    record.bundles[name] = bundle
    record.number += 1
    record.since = now
    return record
  }

  /// The same record under another number: what is changed at once counts once.
  func numbered(_ number: Int) -> DeploymentRecord {
    var record = self
    record.number = number
    return record
  }
}
