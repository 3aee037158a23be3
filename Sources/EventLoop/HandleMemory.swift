internal import CLibUV

/// What a libuv handle's `data` points to: who the handle belongs to, kept alive while it is open.
class HandleOwnership: @unchecked Sendable {
  fileprivate(set) var owner: AnyObject?
  /// Once true the memory may be gone, so nothing else may be asked of it.
  fileprivate(set) var isClosing = false
}

/// The memory of one libuv handle. It is freed in the close callback, the only moment at which libuv lets go of it.
final class HandleMemory<Raw>: HandleOwnership, @unchecked Sendable {
  let pointer = UnsafeMutablePointer<Raw>.allocate(capacity: 1)

  private var handle: UnsafeMutablePointer<uv_handle_t> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: uv_handle_t.self)
  }

  /// Ties the owner to the handle; call it once, right after the handle's `uv_…_init`.
  func attach(_ owner: AnyObject) {
    self.owner = owner
    handle.pointee.data = Unmanaged<HandleOwnership>.passRetained(self).toOpaque()
  }

  /// Frees memory whose `uv_…_init` failed.
  func discard() {
    isClosing = true
    pointer.deallocate()
  }

  func close() {
    guard !isClosing else { return }
    closeHandle(handle)
  }
}

/// Closes a handle that has an owner, whoever that is; also those that nobody will use again because their loop ends.
func closeHandle(_ handle: UnsafeMutablePointer<uv_handle_t>) {
  guard uv_is_closing(handle) == 0 else { return }
  Unmanaged<HandleOwnership>.fromOpaque(handle.pointee.data).takeUnretainedValue().isClosing = true
  uv_close(handle) { handle in
    guard let handle else { return }
    let ownership = Unmanaged<HandleOwnership>.fromOpaque(handle.pointee.data).takeRetainedValue()
    ownership.owner = nil
    UnsafeMutableRawPointer(handle).deallocate()
  }
}

/// The owner attached to a handle's memory.
func owner<Owner: AnyObject>(_ data: UnsafeMutableRawPointer?, as type: Owner.Type = Owner.self) -> Owner {
  let ownership = Unmanaged<HandleOwnership>.fromOpaque(data!).takeUnretainedValue()
  return unsafeDowncast(ownership.owner!, to: Owner.self)
}
