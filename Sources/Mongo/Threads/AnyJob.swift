/// A job as ``WorkerThreads`` sees it, whatever the type of its result. All of it may be called from any thread.
protocol AnyJob: AnyObject, Sendable {
    /// Does the work on the calling thread, unless nobody waits for it any more.
    func perform()

    /// Ends the wait with an error, unless the job has its outcome already.
    func fail(_ error: MongoError)

    /// Ends the wait if the time limit ran out.
    func expire(now: ContinuousClock.Instant)

    /// When to look at the time limit again; nil when the job has its outcome.
    func nextCheck(now: ContinuousClock.Instant) -> ContinuousClock.Instant?

    var isSettled: Bool { get }
}

/// A job as its own work sees it.
protocol RunningJob: Sendable {
    /// Runs a closure of the caller's inside of the job, outside of its time limit, which begins anew afterwards.
    ///
    /// Throws instead, `timedOut` or `cancelled`, when nobody awaits the job any more: so no closure runs after its
    /// caller went on. Only for the worker that runs the job.
    func runCallersCode(_ body: () throws -> Void) throws
}
