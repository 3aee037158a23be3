internal import CLibUV

/// The memory of one libuv handle. It keeps its owner alive while the handle is open and is freed in the close callback,
/// the only moment at which libuv lets go of it.
struct HandleMemory<Raw>: @unchecked Sendable {
  let pointer = UnsafeMutablePointer<Raw>.allocate(capacity: 1)

  var handle: UnsafeMutablePointer<uv_handle_t> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: uv_handle_t.self)
  }

  var isClosing: Bool { uv_is_closing(handle) != 0 }

  /// Ties the owner to the handle; call it once, right after the handle's `uv_…_init`.
  func attach(_ owner: AnyObject) { handle.pointee.data = Unmanaged.passRetained(owner).toOpaque() }

  /// Frees memory whose `uv_…_init` failed.
  func discard() { pointer.deallocate() }

  func close() {
    guard !isClosing else { return }
    uv_close(handle) { handle in
      guard let handle = handle else { return }
      Unmanaged<AnyObject>.fromOpaque(handle.pointee.data).release()
      UnsafeMutableRawPointer(handle).deallocate()
    }
  }

  /// Closes a handle that nobody will use again because its loop ends.
  static func closeStray(_ handle: UnsafeMutablePointer<uv_handle_t>) {
    guard uv_is_closing(handle) == 0 else { return }
    uv_close(handle, nil)
  }
}

/// The owner attached to a handle's memory.
func owner<Owner: AnyObject>(_ data: UnsafeMutableRawPointer?, as type: Owner.Type = Owner.self) -> Owner {
  Unmanaged<Owner>.fromOpaque(data!).takeUnretainedValue()
}
