package import API
import BSON
import Directory

/// An answer as HTTP has it, the same from both lanes.
package struct SendResponse: Sendable {
    package let status: Int
    package let body: [UInt8]
    /// The problem that the body shows; nil when it shows a message.
    package let problem: Problem?
}

extension SendAnswer {
    /// 200 for a completed message, 202 for one that runs, and the problem of one that failed with its `id`.
    package func response(in language: Language) -> SendResponse {
        switch self {
        case .refused(let problem): return Self.response(problem, language)
        case .message(let message):
            guard message.status != .failed else {
                var problem = message.problem ?? Problem(.internalError, ["request": message.id.description])
                problem.members["id"] = .string(message.id.description)
                return Self.response(problem, language)
            }
            return SendResponse(
                status: message.status == .completed ? 200 : 202,
                body: JSON.object(message.body(in: language)).bytes,
                problem: nil
            )
        }
    }

    private static func response(_ problem: Problem, _ language: Language) -> SendResponse {
        SendResponse(status: problem.code.status, body: problem.bytes(in: language), problem: problem)
    }
}
