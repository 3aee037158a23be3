import FunctionKit

/// The merchant that the sandbox collects for.
enum Merchant {
  static let name = "LAKOO"
  static let userID = "6512ab90cd34ef5678901234"
  static let picture = "https://lakoo.invalid/logo.png"
}

extension InvoiceRecord {
  /// The invoice as the API shows it.
  /// - Parameter baseURL: where the sandbox is reached.
  func object(baseURL: String) -> JSON {
    var object: JSONObject = [
      "id": .string(id), "external_id": .string(externalId), "user_id": .string(Merchant.userID),
      "status": .string(status.rawValue), "merchant_name": .string(Merchant.name),
      "merchant_profile_picture_url": .string(Merchant.picture), "amount": .number(JSONNumber(amount)),
      "currency": "IDR", "expiry_date": .string(expiryDate.description),
      "invoice_url": .string("\(baseURL)/web/\(id)"), "should_exclude_credit_card": .bool(!offers(.card)),
      "should_send_email": false, "created": .string(created.description), "updated": .string(updated.description),
    ]
    for (name, value) in available { object[name] = value }
    if let method { object["payment_method"] = .string(method.group.rawValue) }
    for (name, value) in request.object?.members ?? [] where object[name] == nil && name != "payment_methods" {
      object[name] = value
    }
    return .object(object)
  }

  private func offers(_ group: PaymentMethod.Group) -> Bool { methods.contains { $0.group == group } }

  private var available: [(String, JSON)] {
    func list(_ group: PaymentMethod.Group, _ show: (String) -> JSON) -> JSON {
      .array(methods.filter { $0.group == group }.map { show($0.code) })
    }
    let amount = JSON.number(JSONNumber(amount))
    return [
      (
        "available_banks",
        list(.bank) {
          [
            "bank_code": .string($0), "collection_type": "POOL", "transfer_amount": amount,
            "bank_branch": "Virtual Account", "account_holder_name": .string(Merchant.name), "identity_amount": 0,
          ]
        }
      ),
      ("available_retail_outlets", list(.retail) { ["retail_outlet_name": .string($0), "transfer_amount": amount] }),
      ("available_ewallets", list(.ewallet) { ["ewallet_type": .string($0)] }),
      ("available_qr_codes", list(.qrCode) { ["qr_code_type": .string($0)] }),
      ("available_direct_debits", list(.directDebit) { ["direct_debit_type": .string($0)] }),
      ("available_paylaters", list(.paylater) { ["paylater_type": .string($0)] }),
    ]
  }
}
