internal import CLibUV
private import Glibc

/// A program started by the loop and watched until it ends.
public final class ChildProcess: @unchecked Sendable {
  /// How to start a program.
  public struct Options: Sendable {
    public var executable: String
    public var arguments: [String]
    /// The whole environment, `NAME=value`; nil hands on the host's own.
    public var environment: [String]?
    public var directory: String?
    /// User and group to run as; needs root.
    public var user: (id: UInt32, group: UInt32)?
    /// File that takes standard output and error; nil gathers both for ``ChildProcess/run(_:on:)``.
    public var outputDescriptor: Int32?
    /// Starts a process group of its own, so that a Ctrl-C in the terminal does not reach it.
    public var isDetached = false

    public init(executable: String, arguments: [String]) {
      self.executable = executable
      self.arguments = arguments
    }
  }

  private let memory = HandleMemory<uv_process_t>()
  private var onExit: (Int, Int32) -> Void
  private let outputs: [Stream]
  private var openOutputs = 0
  private var end: (status: Int, signal: Int32)?
  private var gathered: [UInt8] = []
  public private(set) var isRunning = false

  /// Starts it; `onExit` gets the exit status and the signal that ended it (0 for none).
  /// - Throws: ``LoopError`` when the program can't be started.
  public init(_ loop: EventLoop, _ options: Options, onExit: @escaping (Int, Int32) -> Void) throws(LoopError) {
    self.onExit = onExit
    outputs = options.outputDescriptor == nil ? [.pipe(loop), .pipe(loop)] : []
    let status = spawn(loop, options)
    memory.attach(self)
    if status < 0 {
      memory.close()
      for output in outputs { output.close() }
    }
    try check(status, "start \(options.executable)")
    isRunning = true
    openOutputs = outputs.count
    for output in outputs {
      output.startReading({ [self] bytes in bytes.withUnsafeBytes { gathered.append(contentsOf: $0) } }) { [self] _ in
        output.close()
        openOutputs -= 1
        tellIfOver()
      }
    }
  }

  public var processID: Int32 { isRunning ? memory.pointer.pointee.pid : 0 }

  /// What it has printed so far, when its output is gathered.
  public var text: String { String(decoding: gathered, as: UTF8.self) }

  public func kill(_ signal: Int32) {
    guard isRunning else { return }
    uv_process_kill(memory.pointer, signal)
  }

  private func ended(_ status: Int64, _ signal: Int32) {
    isRunning = false
    end = (Int(status), signal)
    memory.close()
    tellIfOver()
  }

  /// The end is told when the program has ended and all that it printed has been read.
  private func tellIfOver() {
    guard let end, openOutputs == 0 else { return }
    let tell = onExit
    onExit = { _, _ in }
    tell(end.status, end.signal)
  }

  private func spawn(_ loop: EventLoop, _ options: Options) -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] =
      ([options.executable] + options.arguments).map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = (options.environment ?? []).map { strdup($0) } + [nil]
    let directory = options.directory.map { strdup($0) }
    defer {
      for string in arguments + environment { free(string) }
      free(directory ?? nil)
    }
    var stdio = [uv_stdio_container_t](repeating: uv_stdio_container_t(), count: 3)
    stdio[0].flags = UV_IGNORE
    for index in 1...2 { stdio[index] = container(options, index) }
    var native = uv_process_options_t()
    native.exit_cb = { process, status, signal in
      owner(process!.pointee.data, as: ChildProcess.self).ended(status, signal)
    }
    native.cwd = UnsafePointer(directory ?? nil)
    native.flags = options.isDetached ? UV_PROCESS_DETACHED.rawValue : 0
    if let user = options.user {
      native.flags |= UV_PROCESS_SETUID.rawValue | UV_PROCESS_SETGID.rawValue
      native.uid = user.id
      native.gid = user.group
    }
    return options.executable.withCString { file in
      arguments.withUnsafeMutableBufferPointer { arguments in
        environment.withUnsafeMutableBufferPointer { environment in
          stdio.withUnsafeMutableBufferPointer { stdio in
            native.file = file
            native.args = arguments.baseAddress
            if options.environment != nil { native.env = environment.baseAddress }
            native.stdio = stdio.baseAddress
            native.stdio_count = 3
            return uv_spawn(loop.raw, memory.pointer, &native)
          }
        }
      }
    }
  }

  private func container(_ options: Options, _ index: Int) -> uv_stdio_container_t {
    var container = uv_stdio_container_t()
    if let descriptor = options.outputDescriptor {
      container.flags = UV_INHERIT_FD
      container.data.fd = descriptor
    } else {
      container.flags = uv_stdio_flags(UV_CREATE_PIPE.rawValue | UV_WRITABLE_PIPE.rawValue)
      container.data.stream = outputs[index - 1].raw
    }
    return container
  }

  /// Runs a program to its end.
  /// - Returns: its exit status (128 + signal when a signal ended it) and what it printed.
  public static func run(_ options: Options, on loop: EventLoop) async throws -> (status: Int, output: String) {
    let box = Box()
    let status: Int = try await withCheckedThrowingContinuation { continuation in
      do {
        box.process = try ChildProcess(loop, options) { status, signal in
          continuation.resume(returning: signal == 0 ? status : 128 + Int(signal))
        }
      } catch { continuation.resume(throwing: error) }
    }
    return (status, box.process?.text ?? "")
  }

  private final class Box: @unchecked Sendable { var process: ChildProcess? }
}
