/// Decides when what is built and deployed; who asks does it and tells how it ended.
///
/// One thing is done at a time, in the bundles' order of name. What changes meanwhile is noted and done afterwards, once.
struct DevelopmentState {
  enum Step: Equatable {
    /// Wait until nothing has changed for a moment, from now on anew, then tell ``settled()``.
    case settle
    case build(String)
    case deploy(String)
  }

  private enum Phase {
    case resting, settling
    case building(String)
    case deploying(String)
  }

  private enum Need { case build, deploy }

  private var phase = Phase.resting
  private var needs: [String: Need] = [:]
  /// Bundles whose source has not compiled since it was changed.
  private var broken: Set<String> = []

  mutating func changed(_ effect: ProjectTree.Effect) -> Step? {
    switch effect {
    case .none, .restart: return nil
    case .build(let bundle): needs[bundle] = .build
    case .deploy(let bundles): for bundle in bundles where needs[bundle] == nil { needs[bundle] = .deploy }
    }
    switch phase {
    case .resting, .settling: return settle()
    case .building, .deploying: return nil
    }
  }

  mutating func settled() -> Step? {
    guard case .settling = phase else { return nil }
    guard let (bundle, need) = needs.min(by: { $0.key < $1.key }) else {
      phase = .resting
      return nil
    }
    needs[bundle] = nil
    if need == .build || broken.contains(bundle) {
      phase = .building(bundle)
      return .build(bundle)
    }
    return deploy(bundle)
  }

  /// The build that was asked for has ended.
  mutating func built(_ isBuilt: Bool) -> Step? {
    guard case .building(let bundle) = phase else { return nil }
    if isBuilt {
      broken.remove(bundle)
      return deploy(bundle)
    }
    broken.insert(bundle)
    return settle()
  }

  /// The deployment that was asked for has ended, well or not.
  mutating func deployed() -> Step? {
    guard case .deploying = phase else { return nil }
    return settle()
  }

  private mutating func deploy(_ bundle: String) -> Step {
    phase = .deploying(bundle)
    return .deploy(bundle)
  }

  private mutating func settle() -> Step? {
    phase = needs.isEmpty ? .resting : .settling
    return needs.isEmpty ? nil : .settle
  }
}
