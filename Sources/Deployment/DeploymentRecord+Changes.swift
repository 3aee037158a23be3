public import FunctionKit

extension DeploymentRecord {
  /// Makes a release live; the one that was becomes what a rollback goes back to. The live one itself changes nothing.
  public func deploying(
    _ release: String, of name: String, at now: Instant
  ) throws(DeploymentError) -> DeploymentRecord {
    guard let bundle = bundles[name] else { return with(name, Bundle(release: release, since: now), at: now) }
    try bundle.checkNoCandidate(name)
    return bundle.release == release ? self : with(name, bundle.replaced(by: release, at: now), at: now)
  }

  /// Makes the previous release live again, or any other that is kept. What is rolled back from becomes the previous one,
  /// so that a rollback can be taken back by another.
  /// - Parameter stored: what the store knows of a release.
  public func rollingBack(
    _ name: String, to release: String? = nil, at now: Instant, stored: (String) -> StoredRelease?
  ) throws(DeploymentError) -> DeploymentRecord {
    let bundle = try bundle(name)
    try bundle.checkNoCandidate(name)
    guard let target = release ?? bundle.previous else {
      throw DeploymentError(
        .nothingToRollBack, "\(name) has had no release before \(bundle.release); name one that is kept here")
    }
    guard target != bundle.release else {
      throw DeploymentError(.alreadyLive, "release \(target) of \(name) is live already; name another one")
    }
    guard stored(target)?.bundle == name else { throw DeploymentError.unknownRelease(target, of: name) }
    return with(name, bundle.replaced(by: target, at: now), at: now)
  }

  /// Puts a release on trial with a part of the traffic.
  public func beginning(
    candidate release: String, of name: String, percent: Int, at now: Instant
  ) throws(DeploymentError) -> DeploymentRecord {
    var bundle = try bundle(name)
    try bundle.checkNoCandidate(name)
    guard (1...99).contains(percent) else {
      throw DeploymentError(
        .percentOutOfRange, "a candidate gets 1 to 99 percent, not \(percent); leave it out for all")
    }
    guard release != bundle.release else {
      throw DeploymentError(.alreadyLive, "release \(release) of \(name) is live already; there is nothing to try out")
    }
    (bundle.candidate, bundle.percent) = (release, percent)
    return with(name, bundle, at: now)
  }

  /// Makes the candidate live.
  public func promoting(_ name: String, at now: Instant) throws(DeploymentError) -> DeploymentRecord {
    let bundle = try bundle(name)
    return with(name, bundle.replaced(by: try bundle.trial(name), at: now), at: now)
  }

  /// Ends the trial; the live release gets all traffic again.
  public func aborting(_ name: String, at now: Instant) throws(DeploymentError) -> DeploymentRecord {
    var bundle = try bundle(name)
    _ = try bundle.trial(name)
    (bundle.candidate, bundle.percent) = (nil, nil)
    return with(name, bundle, at: now)
  }

  /// Makes live what a file says, all at once. Bundles that it does not name stay as they are.
  /// - Parameter stored: what the store knows of a release.
  /// - Throws: ``DeploymentError`` that names every release that is not kept here.
  public func applying(
    _ file: DeploymentFile, at now: Instant, stored: (String) -> StoredRelease?
  ) throws(DeploymentError) -> DeploymentRecord {
    let absent = file.bundles.sorted { $0.key < $1.key }.filter { name, entry in
      guard let release = stored(entry.release) else { return true }
      return release.bundle != name || release.sha256 != entry.sha256
    }
    guard absent.isEmpty else {
      let lines = absent.map { DeploymentError.unknownRelease($1.release, of: $0).message }
      throw DeploymentError(.unknownRelease, lines.joined(separator: "\n"))
    }
    var record = self
    for (name, entry) in file.bundles { record = try record.deploying(entry.release, of: name, at: now) }
    return record == self ? self : record.numbered(number + 1)
  }
}

extension DeploymentRecord.Bundle {
  fileprivate func replaced(by release: String, at now: Instant) -> Self {
    var bundle = Self(release: release, since: now)
    bundle.previous = self.release
    return bundle
  }

  fileprivate func trial(_ name: String) throws(DeploymentError) -> String {
    guard let candidate else {
      throw DeploymentError(.noCandidate, "\(name) has no candidate; deploy one with a percentage first")
    }
    return candidate
  }

  fileprivate func checkNoCandidate(_ name: String) throws(DeploymentError) {
    guard let candidate else { return }
    throw DeploymentError(
      .candidateUnderWay, "\(name) has release \(candidate) on trial; promote or abort that first")
  }
}
