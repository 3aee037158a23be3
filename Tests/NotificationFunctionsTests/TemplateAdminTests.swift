import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Templates and routes as their editors use them.
@Suite struct TemplateAdminTests {
  private static let admin = Caller(userID: sampleUser(900), role: .admin)
  private static let draft: JSON = [
    "code": "flash_sale", "name": "Obral", "type": "promotion", "category": "marketing", "title": "Obral {{name}}",
    "body": "{{count}} barang || {{count}} barang || {{count}} barang, mulai {{price}}", "sms": "Lakoo: obral {{name}}",
    "channels": ["in_app", "email"],
    "variables": [
      "name": ["type": "text", "required": true], "price": ["type": "rupiah", "required": true],
      "count": ["type": "count", "required": true],
    ],
  ]

  private static func create(_ notification: BundleUnderTest, _ changes: [(String, JSON)] = []) async throws
    -> TestReply
  {
    var body = draft.object ?? [:]
    for (name, value) in changes { body[name] = value }
    return try await notification.call("CreateTemplate", body: .object(body), caller: admin)
  }

  private static func act(
    _ function: String, _ template: TestReply, _ body: JSON? = nil, _ notification: BundleUnderTest
  ) async throws -> TestReply {
    try await notification.call(
      function, path: [("id", template.data["id"]?.string ?? "")], body: body, caller: admin)
  }

  @Test func `a draft is changed, put to use, and then stays as it is`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let first = try await Self.create(notification)
      #expect(first.status == 201, "\(first.json)")
      #expect(first.data["version"] == 1)
      #expect(first.data["status"] == "draft")
      #expect(
        try await Self.act("UpdateTemplate", first, ["title": "Obral besar {{name}}"], notification).status == 200)
      #expect(try await Self.act("ActivateTemplate", first, nil, notification).data["status"] == "active")
      let late = try await Self.act("UpdateTemplate", first, ["title": "x"], notification)
      #expect(late.status == 409)
      #expect(late.code == "template_active")
      let second = try await Self.create(notification)
      #expect(second.data["version"] == 2)
      #expect(try await Self.act("ActivateTemplate", second, nil, notification).data["status"] == "active")
      #expect(try await Self.act("GetTemplate", first, nil, notification).data["status"] == "retired")
      let active = try await notification.query(
        "select version from notification_template where code = 'flash_sale' and status = 'active'", as: Int.self)
      #expect(active == [2])
    }
  }

  @Test(arguments: [
    ("title", JSON.string("Obral {{nama}}"), "unknown_placeholder"),
    ("title", "Obral {{name", "unknown_placeholder"),
    ("sms", "Lakoo: 🎉", "sms_too_long"),
  ])
  func `what can't be filled is not put to use`(field: String, value: JSON, code: String) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let template = try await Self.create(notification, [(field, value)])
      let reply = try await Self.act("ActivateTemplate", template, nil, notification)
      #expect(reply.status == 422)
      #expect(reply.code == code)
      #expect(try await Self.act("GetTemplate", template, nil, notification).data["status"] == "draft")
    }
  }

  @Test func `all templates there are can be filled in every form`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let templates: [TemplateView] = try await notification.query(
        "select \(TemplateView.columns) from notification_template where status = 'active'")
      #expect(templates.count >= 120)
      for template in templates {
        #expect(throws: Never.self, "\(template.code) \(template.locale)") { try template.template.mustRender() }
        let values = template.variables.mapValues { variable -> TemplateValue in
          switch variable.type {
          case .text: .text("x")
          case .rupiah: .rupiah(1)
          case .count: .count(3)
          }
        }
        let text = try template.template.render(values)
        for part in [text.title, text.body, text.shortText ?? "", text.html ?? "", text.actionURL ?? ""] {
          #expect(!part.contains("{{"))
        }
      }
    }
  }

  @Test func `every route leads to templates in both languages`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let missing = try await notification.query(
        """
        select event_type from event_route cross join (values ('id'), ('en')) as language (locale)
        where not exists (select from notification_template template where template.code = template_code
          and template.locale = language.locale and status = 'active')
        """, as: String.self)
      #expect(missing.isEmpty)
    }
  }

  @Test func `a preview shows the form that counts right`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let template = try await Self.create(notification)
      let data: JSON = ["data": ["name": "<b>", "price": 25_000, "count": 3]]
      let preview = try await Self.act("PreviewTemplate", template, data, notification)
      #expect(preview.data["body"] == "3 barang, mulai Rp 25.000")
      #expect(preview.data["title"] == "Obral <b>")
      let missing = try await Self.act("PreviewTemplate", template, ["data": ["name": "x"]], notification)
      #expect(missing.code == "template_data_invalid")
    }
  }

  @Test func `a route is turned off without a deployment, and leads nowhere unknown`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      func set(_ body: JSON, _ event: String = "payment.paid") async throws -> TestReply {
        try await notification.call("SetRoute", path: [("eventType", event)], body: body, caller: Self.admin)
      }
      #expect(try await set(["templateCode": "nothing"]).code == "template_not_found")
      #expect(try await set(["enabled": false], "nothing.happened").status == 404)
      #expect(try await set(["enabled": false]).data["enabled"] == false)
      try await notification.pay(sampleUser(1))
      #expect(try await notification.messages(to: sampleUser(1)).isEmpty)
      #expect(try await set(["enabled": true, "channels": ["in_app"]]).status == 200)
      try await notification.pay(sampleUser(1))
      #expect(try await notification.messages(to: sampleUser(1)).map(\.channel) == ["in_app"])
      let routes = try await notification.call("ListRoutes", caller: Self.admin)
      #expect((routes.data.array?.count ?? 0) > 60)
    }
  }
}
