private import CCrash
private import Glibc

extension CrashReport {
  /// The stack in words, one line a frame: `#0 PaymentFunctions ChargeCard.handle(_:context:) + 132
  /// (libPaymentFunctions.so+0x1234)`; then the async functions that wait for it, as far as they are known. The process may
  /// be gone; the files that it had loaded must be there.
  /// - Parameter read: gives a file's bytes, empty for one that can't be read.
  public func backtrace(in modules: LoadedModules, read: (String) -> [UInt8] = contents(ofFile:)) -> [String] {
    var symbols = Symbols(modules: modules)
    let frames = stack.enumerated().map { index, address in
      "#\(index) " + (symbols.line(address, isReturn: index > 0, read) ?? "0x" + String(address, radix: 16))
    }
    // The first that makes no sense is past what can be trusted.
    var awaiting: [String] = []
    for address in callers {
      guard let line = symbols.line(address, isReturn: true, read) else { break }
      awaiting.append("awaited by " + line)
    }
    return frames + awaiting
  }
}

/// Functions by their addresses; each file is read once.
private struct Symbols {
  let modules: LoadedModules
  var tables: [String: SymbolTable] = [:]

  /// Nil for an address that is in no file.
  /// - Parameter isReturn: it is where a call returns to, which may be past the end of the function that called.
  mutating func line(_ address: UInt64, isReturn: Bool, _ read: (String) -> [UInt8]) -> String? {
    guard let module = modules.module(at: address) else { return nil }
    let place = address &- module.base
    let table = tables[module.path] ?? SymbolTable(read(module.path))
    tables[module.path] = table
    let symbol = table.symbol(at: isReturn ? place &- 1 : place)
    let function = symbol.map { "\(readable($0.name)) + \(place - $0.start) " } ?? ""
    return "\(function)(\(module.name)+0x\(String(place, radix: 16)))"
  }
}

/// The whole file; empty when it can't be read.
public func contents(ofFile path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1_048_576)
  while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
  return bytes
}

/// A Swift symbol in short; any other as it is.
private func readable(_ symbol: String) -> String {
  guard let text = lakoo_demangle(symbol, symbol.utf8.count) else { return symbol }
  defer { free(text) }
  return FunctionName(demangled: String(cString: text)).description
}
