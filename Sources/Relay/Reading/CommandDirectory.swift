import Directory

/// What a reader of texts asks about one company.
protocol CommandDirectory {
    /// The command of exactly this name, `/예약 회의실`.
    func route(named name: String) -> SnapshotRoute?
    /// By name.
    var bots: [SnapshotBot] { get }
    /// Those of exactly this name.
    func members(named name: String) -> [SnapshotMember]
    /// Those with this address, blind to case.
    func members(email: String) -> [SnapshotMember]
    func member(id: String) -> SnapshotMember?
}
