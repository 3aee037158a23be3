import FaultTesting
import FunctionKit

/// All that people will do in a month, decided before it begins by the dice of one seed.
struct MonthPlan: Sendable {
  static let days = 28
  /// Goods are confirmed as received so many days after they were bought.
  static let delivery = 3
  /// The Monday by which all of it is settled.
  static let lastDay = 37

  let sellers: [Seller]
  let buyers: [Buyer]
  let sales: [Sale]
  /// How much each seller's wallet has, in percent, of what is withdrawn on a Tuesday.
  let withdrawn: Int
  let faultSeed: Int
  /// Who lets large withdrawals pass.
  let finance: ID

  init(sellers count: Int, orders: Int, _ world: World) {
    sellers = (0..<count).map { Seller(id: world.newID(), user: world.newID(), number: $0) }
    buyers = (0..<max(count, 8)).map { Buyer(id: world.newID(), hasMoney: $0 % 4 == 0) }
    withdrawn = world.random(in: 40...90)
    faultSeed = world.random(in: 1...1_000_000)
    finance = world.newID()
    var sales: [Sale] = []
    for number in 0..<orders {
      let day = number * Self.days / orders
      sales.append(Sale(number, on: day, by: buyers, from: sellers, world))
    }
    self.sales = sales
  }

  func sales(on day: Int) -> [Sale] { sales.filter { $0.day == day } }
}

struct Seller: Sendable {
  let id: ID
  let user: ID
  let number: Int

  /// Some banks fail now and then, and some send money back.
  var account: String {
    switch number % 10 {
    case 3: "654321"
    case 7: "123456"
    default: "10\(8_000_000 + number)"
    }
  }
}

struct Buyer: Sendable {
  let id: ID
  /// Whether a wallet was filled before the month began.
  let hasMoney: Bool
}

/// One order of one buyer, and what becomes of it.
struct Sale: Sendable {
  enum Fate: Sendable { case paid, late, left, cancelled }

  struct Line: Sendable {
    /// Nil for the house.
    var seller: Seller?
    var goods: Int
    var discount: Int
    var shipping: Int
  }

  enum GivingBack: Sendable {
    /// The whole order, the day after.
    case cancelled
    /// So many percent of the first line's goods, so many days later.
    case part(percent: Int, after: Int)
    /// The same, to a bank account that the buyer names.
    case bank(percent: Int, after: Int)

    var delay: Int {
      switch self {
      case .cancelled: 1
      case .part(_, let days), .bank(_, let days): days
      }
    }
  }

  let order: ID
  let number: Int
  let day: Int
  let buyer: Buyer
  let lines: [Line]
  let fate: Fate
  let channel: String
  let fromWallet: Int
  let givingBack: GivingBack?

  var isReceived: Bool {
    if case .cancelled? = givingBack { return false }
    return fate == .paid
  }

  init(_ number: Int, on day: Int, by buyers: [Buyer], from sellers: [Seller], _ world: World) {
    let buyer = buyers[world.random(in: 0...buyers.count - 1)]
    (order, self.number, self.day, self.buyer) = (world.newID(), number, day, buyer)
    var lines = [Line(from: sellers, world)]
    if world.oneIn(10) {
      let other = Line(from: sellers, world)
      if other.seller?.id != lines[0].seller?.id { lines.append(other) }
    }
    self.lines = lines
    channel = Self.channels[world.random(in: 0...Self.channels.count - 1)]
    let draw = world.random(in: 1...100)
    fate = draw <= 84 ? .paid : draw <= 92 ? .left : draw <= 96 ? .late : .cancelled
    fromWallet = buyer.hasMoney && world.oneIn(5) ? 15_000 : 0
    givingBack = fate == .paid ? GivingBack(day, world) : nil
  }

  private static let channels = [
    "BCA", "BNI", "MANDIRI", "QRIS", "DANA", "SHOPEEPAY", "OVO", "LINKAJA", "CREDIT_CARD", "ALFAMART", "AKULAKU",
  ]
}

extension Sale.Line {
  fileprivate init(from sellers: [Seller], _ world: World) {
    seller = world.oneIn(20) ? nil : sellers[world.random(in: 0...sellers.count - 1)]
    goods = world.random(in: 20_000...900_000)
    discount = world.oneIn(7) ? world.random(in: 1...goods / 4) : 0
    shipping = world.random(in: 5...40) * 1_000
  }
}

extension Sale.GivingBack {
  /// - Parameter day: when it was bought; what is given back late still is within the month's settlements.
  fileprivate init?(_ day: Int, _ world: World) {
    let (draw, percent) = (world.random(in: 1...100), world.random(in: 5...100))
    switch draw {
    case 1...5: self = .cancelled
    case 6...11: self = .part(percent: percent, after: 5)
    // By now the seller has been paid.
    case 12...15: self = .part(percent: percent, after: day < 18 ? 12 : 5)
    case 16: self = .bank(percent: percent, after: 6)
    default: return nil
    }
  }
}
