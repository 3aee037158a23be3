extension DeploymentRecord {
  /// Of the releases that are kept, those that nobody will ask for: neither named here nor among the newest of their bundle.
  /// - Parameter keep: how many others of each bundle stay.
  public func unneeded(of stored: [StoredRelease], keeping keep: Int) -> [StoredRelease] {
    let others = Dictionary(grouping: stored.filter { !named.contains($0.release) }, by: \.bundle)
    return others.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.addedAt > $1.addedAt }.dropFirst(keep) }
  }
}
