import EventLoop
import HTTPServer
import Synchronization

extension TestServer {
  func handle(_ request: Request, _ responder: Responder) {
    switch request.path {
    case "/later": Task(executorPreference: loop) { responder.respond(echo(request)) }
    case "/slow":
      Task(executorPreference: loop) {
        try await self.loop.sleep(for: .milliseconds(20))
        responder.respond(echo(request))
      }
    case "/elsewhere": Thread { responder.respond(echo(request)) }.start()
    case "/twice":
      responder.respond(echo(request))
      responder.respond(Response(status: 404))
    case "/hold": held.withLock { $0.append(responder) }
    case "/drop": break
    case "/remember":
      remembered.withLock { $0.append(request) }
      responder.respond(echo(request))
    case "/status": responder.respond(Response(status: Int(request.query ?? "") ?? 0, body: .bytes([1, 2, 3])))
    case "/inject": responder.respond(Response(headers: [("X-A", "1\r\nX-B: 2")]))
    case "/inject-name": responder.respond(Response(headers: [("X-A: 1\r\nX-B", "2")]))
    case "/framing":
      responder.respond(
        Response(
          headers: [("Content-Length", "99"), ("transfer-encoding", "gzip"), ("CONNECTION", "upgrade"), ("date", "x")],
          body: .bytes(Array("ok".utf8))))
    case "/big":
      responder.respond(Response(body: .bytes([UInt8](repeating: 97, count: Int(request.query ?? "") ?? 0))))
    case "/stream", "/endless", "/broken": respondWithStream(request, responder)
    default: responder.respond(echo(request))
    }
  }

  /// `/stream?n` writes n pieces of 32 KiB, `/endless` never stops, `/broken` fails after one.
  private func respondWithStream(_ request: Request, _ responder: Responder) {
    let pieces = request.path == "/endless" ? Int.max : Int(request.query ?? "") ?? 2
    let isBroken = request.path == "/broken"
    responder.respond(
      Response(
        body: .stream { [self] writer in
          do {
            for piece in 0..<pieces {
              if isBroken, piece == 1 { throw Broken() }
              try await writer.write([UInt8](repeating: UInt8(97 + piece % 26), count: 32 * 1024))
              streamed.withLock { $0 += 32 * 1024 }
            }
          } catch let error as BodyWriter.Disconnected {
            cutStreams.withLock { $0 += 1 }
            throw error
          }
        }))
  }

  private struct Broken: Error {}
}

/// Says what the server understood of the request.
func echo(_ request: Request) -> Response {
  let head = request.head
  var headers = [
    ("X-Method", request.method.description), ("X-Path", request.path), ("X-Query", request.query ?? "none"),
    ("X-Host", head.host), ("X-Tag", "\(request.tag)"), ("X-Minor", "\(head.minorVersion)"),
    ("X-Peer", head.peer == nil ? "none" : "some"), ("X-Length", head.contentLength.map(String.init) ?? "chunked"),
  ]
  for (name, value) in request.headers where name.lowercased().hasPrefix("t-") { headers.append((name, value)) }
  return Response(headers: headers, body: .bytes(request.body))
}
