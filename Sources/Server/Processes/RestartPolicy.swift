/// Decides what follows when a child process ends by itself. A pure state: time comes in as arguments.
package struct RestartPolicy: Sendable {
    /// How often in a row it may end before it counts as broken. With the pauses below that takes a quarter of a minute.
    package static let patience = 6
    /// What it has to run for to count as well again.
    static let wellAfter = Duration.seconds(60)

    /// The pause before the second start in a row; it doubles with every further one. The first is at once.
    private let pause: Duration
    private var endsInARow = 0

    package init(pause: Duration = .seconds(1)) {
        self.pause = pause
    }

    package enum Action: Equatable, Sendable {
        /// Start it again after a pause.
        case restart(after: Duration)
        /// Leave it: something is wrong that a start does not mend.
        case giveUp
    }

    /// It ended by itself, or could not be started, after having run for a while.
    package mutating func ended(ranFor time: Duration) -> Action {
        endsInARow = time >= Self.wellAfter ? 1 : endsInARow + 1
        if endsInARow >= Self.patience { return .giveUp }
        return .restart(after: endsInARow == 1 ? .zero : pause * (1 << (endsInARow - 2)))
    }
}
