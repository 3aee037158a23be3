internal import EventLoop
internal import FunctionKit
internal import Manifest

/// A function that only owners may call, and that has not looked whose it is, must not tell anybody anything.
extension Invocation {
  /// Whether the function should have said whose it is and has not. Whoever was let in for a role, or as a service, may see what belongs to anyone.
  func lacksOwner(_ caller: Caller) -> Bool {
    guard !caller.isPrivileged, !state.value.hasProvenOwner, case .endpoint(let endpoint) = function.manifest.trigger
    else { return false }
    return endpoint.access.contains(.owner) && !endpoint.access.contains(.user)
  }

  var ownerNotProven: Problem {
    Problem(
      500, "owner_not_proven",
      "\(bundle.name)/\(function.name) is for owners and did not prove whose this is; "
        + "its code must call context.requireOwner or context.owningUser.")
  }
}
