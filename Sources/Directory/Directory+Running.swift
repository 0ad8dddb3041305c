public import ServiceLifecycle

extension Directory: Service {
    /// Keeps the snapshot current and completes deletions that others left, until the process shuts down or the task is
    /// cancelled. To be called once. It never gives up: without MongoDB it tries on.
    public func run() async {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup { group in
                group.addTask { await self.follower.run() }
                group.addTask { await self.completeDeletions() }
                await group.waitForAll()
            }
        }
    }
}
