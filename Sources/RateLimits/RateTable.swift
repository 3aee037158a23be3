internal import Synchronization

/// The rates of all keys, in memory that the workers of a host share.
///
/// There is no lock in it, and no state from which only the process that made it could go on: a process may end between any
/// two of its instructions. What a full table forgets, and what two processes do to one place at the same time, lets a few
/// requests more in; it never keeps any out.
public final class RateTable: @unchecked Sendable {
  /// A key, and the end of the intervals that it has taken up.
  private struct Slot: ~Copyable {
    let key: Atomic<UInt64>
    let end: Atomic<UInt64>
  }

  /// A key is looked for in the slots of one group alone, which are two lines of the cache.
  private static let groupSize = 8

  private let memory: SharedMemory
  private let slots: UnsafeMutablePointer<Slot>
  private let groupMask: UInt64
  private let secret: (UInt64, UInt64)

  /// One of this process alone.
  public convenience init(groups: Int = RateTableFile.groups) throws { try self.init(RateTableFile(groups: groups)) }

  public convenience init(_ file: RateTableFile) throws { try self.init(file.map()) }

  /// - Parameter descriptor: that of a ``RateTableFile``, which this process has inherited.
  /// - Throws: ``RateTableError`` for anything else.
  public convenience init(inherited descriptor: Int32) throws { try self.init(SharedMemory(descriptor)) }

  private init(_ memory: SharedMemory) throws {
    self.memory = memory
    let header = try memory.header()
    secret = header.secret
    groupMask = header.groups - 1
    slots = (memory.start + RateTableFile.headerSize).bindMemory(
      to: Slot.self, capacity: Int(header.groups) * Self.groupSize)
  }

  /// The key of something that is counted by itself. The table's secret is in it, so that nobody can choose keys that push
  /// another's out.
  /// - Parameter space: tells apart what is counted by different rates.
  public func key(_ value: UInt128, in space: UInt64) -> UInt64 {
    let (high, low) = (UInt64(truncatingIfNeeded: value >> 64), UInt64(truncatingIfNeeded: value))
    let mixed = Self.mix(Self.mix(high ^ secret.0, low ^ secret.1) ^ space, secret.0 ^ 0x9E37_79B9_7F4A_7C15)
    return max(mixed, 1)
  }

  private static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }

  /// Counts a request, if the rate allows it.
  /// - Parameter now: nanoseconds of a clock that all processes share.
  public func take(_ key: UInt64, _ rate: Rate, at now: UInt64) -> Rate.Standing {
    guard let slot = slot(of: key, at: now) else { return rate.standing(at: now, of: 0) }
    var end = slots[slot].end.load(ordering: .relaxed)
    while true {
      let (standing, new) = rate.take(1, at: now, from: end)
      guard standing.isAllowed else { return standing }
      let result = slots[slot].end.compareExchange(expected: end, desired: new, ordering: .relaxed)
      if result.exchanged { return standing }
      end = result.original
    }
  }

  /// Counts what was let in and turned out to weigh more.
  public func charge(_ count: UInt64, to key: UInt64, _ rate: Rate, at now: UInt64) {
    guard let slot = slot(of: key, at: now) else { return }
    var end = slots[slot].end.load(ordering: .relaxed)
    while true {
      let new = rate.charge(count, at: now, to: end)
      let result = slots[slot].end.compareExchange(expected: end, desired: new, ordering: .relaxed)
      if result.exchanged { return }
      end = result.original
    }
  }

  /// Goes on from what all hosts together have said of the key.
  public func settle(_ key: UInt64, _ standing: Rate.Standing, at now: UInt64) {
    guard let slot = slot(of: key, at: now) else { return }
    slots[slot].end.store(now + standing.reset, ordering: .relaxed)
  }

  /// How the key stands, without a request.
  public func standing(of key: UInt64, _ rate: Rate, at now: UInt64) -> Rate.Standing {
    rate.standing(at: now, of: find(key).map { slots[$0].end.load(ordering: .relaxed) } ?? 0)
  }

  private func group(of key: UInt64) -> Range<Int> {
    let start = Int(truncatingIfNeeded: (key >> 32) & groupMask) * Self.groupSize
    return start..<start + Self.groupSize
  }

  private func find(_ key: UInt64) -> Int? {
    for slot in group(of: key) where slots[slot].key.load(ordering: .relaxed) == key { return slot }
    return nil
  }

  private func slot(of key: UInt64, at now: UInt64) -> Int? {
    if let slot = find(key) { return slot }
    for _ in 0..<Self.groupSize {
      if let slot = claim(key, at: now) { return slot }
    }
    return nil
  }

  /// Takes the slot of a key that owes nothing any more; else that of the one that owes the least, which is forgiven first.
  /// - Returns: where the key is now: two processes may have claimed a slot each, and the first one counts. Nil when another
  /// process was faster and there has to be another try.
  private func claim(_ key: UInt64, at now: UInt64) -> Int? {
    let (slot, end) = cheapest(in: group(of: key), at: now)
    let owner = slots[slot].key.load(ordering: .relaxed)
    if owner == key { return slot }
    if end > now, !slots[slot].end.compareExchange(expected: end, desired: 0, ordering: .relaxed).exchanged {
      return nil
    }
    let result = slots[slot].key.compareExchange(expected: owner, desired: key, ordering: .relaxed)
    return result.exchanged || result.original == key ? find(key) : nil
  }

  private func cheapest(in group: Range<Int>, at now: UInt64) -> (slot: Int, end: UInt64) {
    var best = (slot: group.lowerBound, end: UInt64.max)
    for slot in group {
      let end = slots[slot].end.load(ordering: .relaxed)
      if end <= now { return (slot, end) }
      if end < best.end { best = (slot, end) }
    }
    return best
  }
}
