extension JSON {
    /// The members of a JSON object in their order, no name twice. Names are compared by their bytes.
    ///
    /// Small objects are searched from the front; beyond ``indexThreshold`` members an index is kept, so that an
    /// object of 100,000 members from a stranger costs no more per member than a small one.
    public struct Object: Sendable {
        private var members: [Member] = []
        /// Where a name stands in `members`; nil while there are few.
        private var index: [Name: Int]?

        /// About where hashing a name becomes cheaper than comparing it with all others.
        private static let indexThreshold = 16

        /// An object without members.
        public init() {}

        /// Of a name that stands twice, the later value counts, at the place of the first.
        public init(_ members: some Sequence<(String, JSON)>) {
            for (key, value) in members {
                self[key] = value
            }
        }

        /// How many members there are.
        public var count: Int { members.count }
        /// Whether there is no member.
        public var isEmpty: Bool { members.isEmpty }
        /// The names in their order.
        public var keys: [String] { members.map(\.key) }

        /// The member of that name. Setting replaces the value where it stands or appends it; nil removes the member.
        public subscript(key: String) -> JSON? {
            get {
                position(of: key).map { members[$0].value }
            }
            set {
                guard let newValue else { return remove(key) }
                append(key, newValue)
            }
        }

        /// Adds a member at the end; one of that name keeps its place and gets the new value.
        public mutating func append(_ key: String, _ value: JSON) {
            if let position = position(of: key) {
                members[position].value = value
            } else {
                appendNew(key, value)
            }
        }

        /// False, and nothing changed, when there is a member of that name already.
        mutating func appendUnlessPresent(_ key: String, _ value: JSON) -> Bool {
            guard position(of: key) == nil else { return false }
            appendNew(key, value)
            return true
        }

        private mutating func appendNew(_ key: String, _ value: JSON) {
            index?[Name(key)] = members.count
            members.append(Member(key: key, value: value))
            if index == nil, members.count > Self.indexThreshold { rebuildIndex() }
        }

        private mutating func remove(_ key: String) {
            guard let position = position(of: key) else { return }
            members.remove(at: position)
            if index != nil { rebuildIndex() }
        }

        private mutating func rebuildIndex() {
            var positions: [Name: Int] = [:]
            positions.reserveCapacity(members.count)
            for (position, member) in members.enumerated() {
                positions[Name(member.key)] = position
            }
            index = positions
        }

        private func position(of key: String) -> Int? {
            if let index { return index[Name(key)] }
            return members.firstIndex { $0.key.hasSameBytes(as: key) }
        }
    }
}

extension JSON.Object {
    fileprivate struct Member {
        let key: String
        var value: JSON
    }

    /// A name that equals another only when their bytes do.
    private struct Name: Hashable {
        private let string: String

        init(_ string: String) {
            self.string = string
        }

        static func == (left: Self, right: Self) -> Bool {
            left.string.hasSameBytes(as: right.string)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(bytesOf: string)
        }
    }
}

extension JSON.Object: Sequence {
    /// The members in their order.
    public struct Iterator: IteratorProtocol {
        private var members: IndexingIterator<[Member]>

        fileprivate init(_ members: [Member]) {
            self.members = members.makeIterator()
        }

        public mutating func next() -> (key: String, value: JSON)? {
            members.next().map { ($0.key, $0.value) }
        }
    }

    public func makeIterator() -> Iterator {
        Iterator(members)
    }
}

extension JSON.Object: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// The same for every order of the members.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var memberHasher = Hasher()
            memberHasher.combine(bytesOf: member.key)
            memberHasher.combine(member.value)
            sum &+= memberHasher.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
    /// Keeps the order; of a name that stands twice, the later value counts.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements)
    }
}
