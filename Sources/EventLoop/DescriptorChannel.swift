private import CLibUV
private import Glibc

/// Hands open descriptors from process to process, each with a word that says what it is.
///
/// Every process of a host has both ends: who lets go of a connection sends it, and of those who receive just then one
/// takes it. Until somebody does, it waits in the kernel.
public final class DescriptorChannel: Sendable {
  private let loop: EventLoop
  private let sending: Descriptor
  private let receiving: Descriptor
  private let poll: LoopLocal<Poll?>

  /// No word is longer.
  private static let longestWord = 256
  /// So many are taken at a time, that others get their share.
  private static let most = 16

  public init(_ loop: EventLoop, sending: Descriptor, receiving: Descriptor) {
    self.loop = loop
    self.sending = sending
    self.receiving = receiving
    poll = LoopLocal(loop, nil)
  }

  /// The two ends of a channel, for the processes that are to inherit it.
  /// - Throws: ``LoopError`` when the process has no descriptors left.
  public static func ends() throws(LoopError) -> (sending: Descriptor, receiving: Descriptor) {
    try Descriptor.socketPair(of: Int32(SOCK_SEQPACKET.rawValue))
  }

  /// Sends it without waiting; the sender's own is still its to close.
  /// - Returns: false when the channel is full.
  public func send(_ descriptor: Int32, as word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard (1...Self.longestWord).contains(bytes.count) else { return false }
    return bytes.withUnsafeBytes {
      uv_shim_send_descriptor(sending.number, descriptor, $0.baseAddress, $0.count) == 0
    }
  }

  /// Takes what is sent, from now until ``stopReceiving()``.
  /// - Throws: ``LoopError`` when the receiving end can't be watched.
  public func startReceiving(_ take: @escaping (Descriptor, _ word: String) -> Void) throws(LoopError) {
    let poll = try Poll(loop, descriptor: receiving.number)
    self.poll.value = poll
    poll.start(.readable) { [self] _ in
      for _ in 0..<Self.most { if !takeOne(take) { return } }
    }
  }

  public func stopReceiving() {
    poll.value?.close()
    poll.value = nil
  }

  /// - Returns: whether there may be more. Another process may have been faster.
  private func takeOne(_ take: (Descriptor, String) -> Void) -> Bool {
    guard poll.value != nil else { return false }
    var raw: Int32 = -1
    var bytes = [UInt8](repeating: 0, count: Self.longestWord)
    let count = bytes.withUnsafeMutableBytes {
      uv_shim_receive_descriptor(receiving.number, &raw, $0.baseAddress, $0.count)
    }
    if count == 0 { stopReceiving() }
    guard count > 0 else { return false }
    if raw >= 0 { take(Descriptor(owning: raw), String(decoding: bytes[..<Int(count)], as: UTF8.self)) }
    return true
  }
}
