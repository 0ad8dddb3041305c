extension Operation {
    /// The calls that a process of this role serves.
    static func all(for role: Role) -> [Operation] {
        var operations: [Operation] = []
        if role.servesKeys { operations += companies + bots + members + keys }
        if role.servesRelay { operations += messages + me }
        return operations + server
    }
}
