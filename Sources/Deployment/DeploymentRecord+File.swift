internal import FunctionKit

extension DeploymentRecord {
  private static func path(_ directory: String) -> String { "\(directory)/current.json" }

  /// The record of a host; nil where nothing was ever deployed.
  /// - Parameter directory: `<state>/deployments`.
  public static func load(directory: String) throws(DeploymentError) -> DeploymentRecord? {
    do {
      guard let text = try Disk.contentsIfPresent(path(directory)) else { return nil }
      return try decodeJSON(DeploymentRecord.self, from: text)
    } catch {
      throw DeploymentError(
        .unreadable,
        "the deployment can't be read from \(path(directory)): \(error); mend that file, or remove it to begin with what "
          + "the working tree has")
    }
  }

  /// Replaces the record at once, so that a crash leaves the old one or the new one.
  public func save(directory: String) throws(DeploymentError) {
    do { try Disk.replace(DeploymentRecord.path(directory), prettyJSON(self)) } catch {
      throw DeploymentError(error, savingIn: directory)
    }
  }
}
