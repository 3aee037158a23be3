private import CLibPQ

/// What can be put on the wire. False means that the connection is of no use any more.
extension NativeConnection {
  func prepare(_ name: String, _ text: String) -> Bool { PQsendPrepare(raw, name, text, 0, nil) == 1 }

  func describe(_ name: String) -> Bool { PQsendDescribePrepared(raw, name) == 1 }

  func execute(_ name: String, _ binds: [String?]) -> Bool {
    withBinds(binds) { PQsendQueryPrepared(raw, name, Int32(binds.count), $0, nil, nil, 0) == 1 }
  }

  /// Parses and executes in one go, leaving no prepared statement behind.
  func execute(unprepared text: String, _ binds: [String?]) -> Bool {
    withBinds(binds) { PQsendQueryParams(raw, text, Int32(binds.count), nil, $0, nil, nil, 0) == 1 }
  }

  /// Ends a group of statements: the server commits what is not in a transaction, and forgets an error.
  func sync() -> Bool { PQpipelineSync(raw) == 1 }

  /// Sends a script of several statements by the simple protocol; not in pipeline mode.
  func execute(script: String) -> Bool { PQsendQuery(raw, script) == 1 }

  enum Put { case done, waiting, broken }

  func putCopy(_ bytes: ArraySlice<UInt8>) -> Put {
    let status = bytes.withUnsafeBytes {
      PQputCopyData(raw, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
    }
    return status == 1 ? .done : status == 0 ? .waiting : .broken
  }

  func endCopy(failure: String?) -> Put {
    let status = PQputCopyEnd(raw, failure)
    return status == 1 ? .done : status == 0 ? .waiting : .broken
  }

  /// Lays the binds out as C strings, one after the other, in memory that is kept for the next statement.
  private func withBinds(_ binds: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Bool) -> Bool {
    guard !binds.isEmpty else { return body(nil) }
    scratch.removeAll(keepingCapacity: scratch.capacity < 1 << 20)
    for case let bind? in binds {
      scratch.append(contentsOf: bind.utf8)
      scratch.append(0)
    }
    return scratch.withUnsafeBytes { text in
      withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: binds.count) { pointers in
        var offset = 0
        for (index, bind) in binds.enumerated() {
          pointers.initializeElement(at: index, to: bind == nil ? nil : text.cString(at: offset))
          if let bind { offset += bind.utf8.count + 1 }
        }
        return body(pointers.baseAddress)
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func cString(at offset: Int) -> UnsafePointer<CChar>? {
    baseAddress.map { ($0 + offset).assumingMemoryBound(to: CChar.self) }
  }
}
